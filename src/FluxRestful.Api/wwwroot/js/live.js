// Hears from the stream that something has changed, and has the part of the page that shows it fetched again. Nothing moves under the user's hand.
import { fetchPart } from "./requests.js";
import { refresh } from "./times.js";

const words = { on: "Live", off: "", lost: "Reconnecting…" };
const sign = document.getElementById("live");
const base = new URL(".", import.meta.url);
let before = null;
let waiting = 0;
let due = false;

function show(state) {
    if (sign) {
        sign.hidden = state === "off";
        sign.dataset.state = state;
        sign.querySelector(".live-word").textContent = words[state];
    }
}

const part = () => document.querySelector("[data-part]");

/** Whether an update that moves rows would disturb what the user does with the list. */
function isBusy(element) {
    return element.dataset.first === "no"
        || element.matches(":hover")
        || element.contains(document.activeElement)
        || element.querySelector("input[name=id]:checked") !== null
        || document.querySelector("dialog.ask[open]") !== null
        || !getSelection().isCollapsed && element.contains(getSelection().anchorNode);
}

const rowsOf = root => [...root.querySelectorAll("tbody tr[id]")];

/** Rows that are there and changed are replaced where they are; whether rows would come, go or move. */
function updateInPlace(element, fresh) {
    const now = new Map(rowsOf(fresh).map(row => [row.id, row]));
    for (const row of rowsOf(element)) {
        const other = now.get(row.id);
        if (other && other.dataset.state !== row.dataset.state && !row.contains(document.activeElement) && !row.querySelector("input:checked")) {
            const copy = document.importNode(other, true);
            copy.classList.add("changed");
            row.replaceWith(copy);
        }
    }

    return rowsOf(element).map(row => row.id).join() !== [...now.keys()].join();
}

export async function update(element = part(), isForced = false) {
    due = false;
    const html = element ? await fetchPart(element.dataset.part) : null;
    if (html === null) {
        return;
    }

    if (element.dataset.first && !isForced && isBusy(element)) {
        if (updateInPlace(element, new DOMParser().parseFromString(html, "text/html"))) {
            offer(element);
        }
    } else {
        waiting = 0;
        document.getElementById("updates")?.remove();
        await htmx.swap({ text: html, target: element, sourceElement: element, swap: "outerMorph" });
    }

    refresh();
    document.dispatchEvent(new CustomEvent("part-updated"));
}

function offer(element) {
    waiting++;
    let button = document.getElementById("updates");
    if (!button) {
        button = document.createElement("button");
        button.id = "updates";
        button.className = "updates small-button";
        button.addEventListener("click", () => update(part(), true));
        element.before(button);
    }

    button.textContent = `${waiting === 1 ? "1 update" : `${waiting} updates`}: show`;
}

let announcedAt = 0;
function announce(now) {
    if (before && Date.now() - announcedAt > 10000) {
        const ended = ["completed", "failed", "canceled", "timeout"].map(word => [word, now[word] - before[word]]).filter(([, count]) => count > 0);
        if (ended.length > 0) {
            announcedAt = Date.now();
            const region = document.getElementById("announce");
            region.textContent = ended.map(([word, count], i) => `${count}${i === 0 ? count === 1 ? " job" : " jobs" : ""} ${word}`).join(", ");
        }
    }
}

function changed(counts, isOld) {
    announce(counts);
    before = counts;
    const element = part();
    if (isOld || !element) {
        return;
    }

    if (document.hidden) {
        due = true;
    } else {
        update(element);
    }
}

document.addEventListener("visibilitychange", () => document.hidden || due && update());

if (document.body.dataset.signedIn) {
    if ("SharedWorker" in window) {
        const worker = new SharedWorker(new URL("live-worker.js", base), { name: "flux-restful" });
        worker.port.onmessage = ({ data }) => {
            if (data.state) {
                show(data.state);
            }

            if (data.jobs) {
                document.dispatchEvent(new CustomEvent("jobs-notice", { detail: data.jobs }));
                changed(data.jobs, data.isOld);
            }
        };
        worker.port.start();
        addEventListener("pagehide", () => worker.port.postMessage("bye"));
        addEventListener("pageshow", event => event.persisted && location.reload());
    } else {
        setInterval(() => document.hidden || update(), 5000);
    }
}
