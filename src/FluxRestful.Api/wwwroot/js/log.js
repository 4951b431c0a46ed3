// A job's output: new lines are asked for while the job runs, by number, so that none is lost or comes twice; earlier ones when they are scrolled to.
import { fetchPart } from "./requests.js";

const MostLines = 50000;
const Block = 1000;
const Behind = 5000;
const Quick = 250;
const Slow = 2000;

const log = document.getElementById("log");
const followButton = document.querySelector("[data-log-follow]");
const count = document.querySelector("[data-log-count]");
const filtered = new URL(log.dataset.log, location.href).search !== "";
let block = log.querySelector(".lines");
let next = Number(block.dataset.next) || null;
let pause = Quick;
let missed = 0;
let isLoading = false;
let follows = log.dataset.ended !== "yes" && !location.hash;

const address = query => {
    const url = new URL(log.dataset.log, location.href);
    for (const [name, value] of Object.entries(query)) {
        url.searchParams.set(name, value);
    }

    return url;
};

async function fetchLines(query) {
    const html = await fetchPart(address(query));
    return html === null ? null : new DOMParser().parseFromString(html, "text/html").querySelector(".lines");
}

const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 24;

function toEnd() {
    log.scrollTop = log.scrollHeight;
}

function tellState() {
    followButton.hidden = log.dataset.ended === "yes" && isAtEnd();
    followButton.textContent = missed > 0 ? `↓ ${missed} new ${missed === 1 ? "line" : "lines"}` : follows ? "Following" : "↓ Follow";
    followButton.setAttribute("aria-pressed", String(follows));
}

function tellTotal(lines) {
    const shown = log.querySelectorAll(".line");
    if (shown.length > 0) {
        const number = line => Number(line.id.slice(1));
        count.textContent = filtered ? `${lines.dataset.matching} of ${lines.dataset.total} lines`
            : shown.length === Number(lines.dataset.total) ? `${lines.dataset.total} ${lines.dataset.total === "1" ? "line" : "lines"}`
            : `Lines ${number(shown[0])}–${number(shown[shown.length - 1])} of ${lines.dataset.total}`;
    }
}

function append(lines) {
    const fresh = [...lines.children];
    document.querySelector("[data-log-empty]")?.remove();
    while (fresh.length > 0) {
        if (block.children.length >= Block) {
            block = document.createElement("div");
            block.className = "lines";
            log.append(block);
        }

        block.append(...fresh.splice(0, Block - block.children.length));
    }

    while (log.querySelectorAll(".line").length > MostLines && log.firstElementChild !== block) {
        log.firstElementChild.remove();
    }

    if (follows) {
        missed = 0;
        toEnd();
    } else {
        missed += lines.childElementCount || 0;
    }
}

function skip(from, to) {
    const gap = document.createElement("p");
    gap.className = "gap";
    const link = document.createElement("a");
    link.href = `${location.pathname}?from=${from}#L${from}`;
    link.textContent = "show them";
    gap.append(`… ${to - from + 1} lines not shown live: `, link);
    log.append(gap);
    block = document.createElement("div");
    block.className = "lines";
    log.append(block);
}

async function poll() {
    if (document.hidden) {
        document.addEventListener("visibilitychange", poll, { once: true });
        return;
    }

    const lines = await fetchLines({ from: next });
    if (lines) {
        const arrived = lines.childElementCount;
        const total = Number(lines.dataset.total);
        const upTo = Number(lines.dataset.next) || total + 1;
        if (!filtered && total - upTo > Behind) {
            const last = await fetchLines({});
            if (last) {
                append(lines);
                skip(upTo, Number(last.dataset.first) - 1);
                append(last);
                next = Number(last.dataset.next) || null;
                tellTotal(last);
            }
        } else {
            if (arrived > 0) {
                append(lines);
            }

            next = Number(lines.dataset.next) || null;
            tellTotal(lines);
        }

        pause = arrived > 0 ? Quick : Math.min(Slow, pause * 1.5);
        if (lines.dataset.status === "ended" || lines.dataset.status === "never-ran") {
            log.dataset.ended = next === null || arrived === 0 ? "yes" : "";
        }
    } else {
        pause = Slow;
    }

    tellState();
    if (next !== null && log.dataset.ended !== "yes") {
        setTimeout(poll, pause);
    }
}

async function earlier() {
    const first = Number(log.querySelector(".line")?.id.slice(1) ?? 1);
    if (isLoading || first <= 1) {
        return;
    }

    isLoading = true;
    const lines = await fetchLines({ before: first });
    isLoading = false;
    if (lines?.childElementCount > 0) {
        const height = log.scrollHeight;
        log.prepend(lines);
        log.scrollTop += log.scrollHeight - height;
        tellTotal(lines);
    }

    if (!lines || lines.dataset.first === "1" || lines.childElementCount === 0) {
        document.querySelector("[data-log-earlier]")?.remove();
    }
}

async function later() {
    const lines = await fetchLines({ from: next });
    if (lines) {
        append(lines);
        next = Number(lines.dataset.next) || null;
        tellTotal(lines);
        if (next === null || next > Number(lines.dataset.total)) {
            document.querySelector("[data-log-later]")?.remove();
        }
    }
}

function mark() {
    const range = /^#L(\d+)(?:-L(\d+))?$/.exec(location.hash);
    for (const line of log.querySelectorAll(".marked")) {
        line.classList.remove("marked");
    }

    if (range) {
        for (let n = Number(range[1]); n <= Math.min(Number(range[2] ?? range[1]), Number(range[1]) + 5000); n++) {
            document.getElementById(`L${n}`)?.classList.add("marked");
        }

        document.getElementById(`L${range[1]}`)?.scrollIntoView({ block: "center" });
    }
}

log.addEventListener("scroll", () => {
    const atEnd = isAtEnd();
    if (log.dataset.ended !== "yes") {
        follows = atEnd;
    }

    if (atEnd) {
        missed = 0;
    }

    if (log.scrollTop < 100 && document.querySelector("[data-log-earlier]")) {
        earlier();
    }

    tellState();
}, { passive: true });
log.addEventListener("click", event => {
    const number = event.target.closest("a.no");
    const start = /^#L(\d+)/.exec(location.hash);
    if (number && event.shiftKey && start) {
        event.preventDefault();
        const [from, to] = [Number(start[1]), Number(number.hash.slice(2))].sort((a, b) => a - b);
        location.hash = `#L${from}-L${to}`;
    }
});
log.addEventListener("keydown", event => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) {
        if (event.key === "G" || event.key === "End") {
            toEnd();
        } else if (event.key === "f") {
            followButton.click();
        } else if (event.key === "w") {
            wrap.click();
        }
    }
});
followButton.addEventListener("click", () => {
    follows = log.dataset.ended !== "yes" && !(follows && isAtEnd());
    missed = 0;
    toEnd();
    tellState();
});
document.querySelector("[data-log-earlier]")?.addEventListener("click", event => { event.preventDefault(); earlier(); });
document.querySelector("[data-log-later]")?.addEventListener("click", event => { event.preventDefault(); later(); });
addEventListener("hashchange", mark);

const wrap = document.querySelector("[data-log-wrap]");
wrap.closest("[data-needs-script]").hidden = false;
wrap.checked = localStorage.getItem("flux-restful-wrap") !== "off";
const applyWrap = () => log.classList.toggle("no-wrap", !wrap.checked);
wrap.addEventListener("change", () => {
    localStorage.setItem("flux-restful-wrap", wrap.checked ? "on" : "off");
    applyWrap();
});
for (const control of document.querySelectorAll("[data-submits]")) {
    control.addEventListener("change", () => control.form.requestSubmit());
}

applyWrap();
mark();
if (follows) {
    toEnd();
}

tellState();
if (next !== null && log.dataset.ended !== "yes") {
    // Where only some lines are wanted, or older ones, nothing comes by itself.
    setTimeout(poll, Quick);
}
