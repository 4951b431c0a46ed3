// What a job writes, as it writes it. Batches wait for the screen; where they come faster than it takes them, the oldest are left out, and that is said.
import { parse } from "./parts.js";

const MostWaiting = 5;
const SayEvery = 5000;

/** Why there is nothing yet: the head of the page says so, which the server sends again when the state changes. */
function tellEmpty() {
    const empty = document.querySelector("[data-log-part]") ? null : document.querySelector("[data-log-empty]");
    if (empty) {
        empty.textContent = document.getElementById("job").dataset.empty;
    }
}

export function watch(view, says) {
    const lost = document.querySelector("[data-log-lost]");
    const waiting = [];
    let source = null;
    let isOver = false;
    let isDue = false;
    let isSilent = false;
    let begun = null;
    tellEmpty();
    document.addEventListener("part-updated", tellEmpty);

    // One batch a frame, so that whoever scrolls or types is never kept waiting.
    function draw() {
        isDue = false;
        const batch = waiting.shift();
        if (batch?.html) {
            const sent = parse(batch.html);
            view.append(sent.block, batch.from, batch.to);
            view.setBegun(sent.begun);
            say();
        } else if (batch) {
            view.skip(batch.from, batch.to, true);
            view.setBegun(null);
        }

        if (waiting.length > 0) {
            schedule();
        } else if (begun !== null) {
            view.setBegun(parse(begun).begun);
            begun = null;
        }

        if (waiting.length === 0 && isOver) {
            view.isLive = false;
            view.follows = false;
            view.log.dataset.ended = "yes";
        }

        view.tell();
    }

    function schedule() {
        if (!isDue) {
            isDue = true;
            requestAnimationFrame(draw);
        }
    }

    // At most three lines in five seconds; what comes meanwhile is said afterwards, the last of it.
    function say() {
        if (says() && !isSilent) {
            isSilent = true;
            const last = view.last;
            // The last piece may have begun with the last line; none is empty.
            const lines = view.pieces.slice(-3).flatMap(piece => [...piece.children].slice(-3)).slice(-3);
            document.getElementById("announce").textContent = lines.map(line => line.lastElementChild.textContent).join("\n");
            setTimeout(() => {
                isSilent = false;
                view.last > last && say();
            }, SayEvery);
        }
    }

    function wait(batch) {
        waiting.push(batch);
        view.seen = batch.to;
        begun = null;
        while (waiting.length > MostWaiting) {
            const [one, two] = waiting.splice(0, 2);
            waiting.unshift({ from: one.from, to: two.to });
        }

        schedule();
    }

    function open() {
        if (isOver || source || document.hidden) {
            return;
        }

        const url = new URL(view.log.dataset.live, location.href);
        url.searchParams.set("from", view.seen + 1);
        source = new EventSource(url);
        source.onopen = () => { lost.hidden = true; };
        source.onerror = () => {
            lost.hidden = isOver;
            if (source?.readyState === EventSource.CLOSED) {
                close();
                setTimeout(open, 5000);
            }
        };
        source.addEventListener("lines", event => wait({ from: view.seen + 1, to: Number(event.lastEventId), html: event.data }));
        source.addEventListener("begun", event => {
            begun = event.data;
            schedule();
        });
        source.addEventListener("skipped", event => {
            const { from, to } = JSON.parse(event.data);
            wait({ from, to });
        });
        source.addEventListener("end", event => {
            isOver = true;
            document.querySelector("[data-log-part]")?.remove();
            tellEmpty();
            close();
            schedule();
        });
    }

    function close() {
        source?.close();
        source = null;
    }

    // A browser has few connections to a server: a tab that nobody looks at has none, and goes on where it was.
    document.addEventListener("visibilitychange", () => document.hidden ? close() : open());
    addEventListener("pagehide", close);
    open();
}
