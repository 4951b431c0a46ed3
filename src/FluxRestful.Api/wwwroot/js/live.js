// Hears from the stream that something has changed, and has the part of the page that shows it fetched again. Nothing moves under the user's hand.
import { fetchPart } from "./requests.js";
import { refresh } from "./times.js";

const words = { on: "Live", off: "", lost: "Reconnecting…", paused: "Updates paused" };
const held = "flux-restful-paused";
const sign = document.getElementById("live");
const base = new URL(".", import.meta.url);
let before = null;
let due = false;
let stream = "off";
let failures = 0;
let retry = 0;
let shownAt = Date.now();

/** Only a list of jobs can be held still. */
export const isPaused = () => part()?.dataset.first !== undefined && localStorage.getItem(held) === "yes";

export function pause(is) {
    localStorage.setItem(held, is ? "yes" : "no");
    show(stream);
    if (!is) {
        update(part(), true);
    }
}

function show(now) {
    stream = now;
    const state = now === "on" && isPaused() ? "paused" : now;
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
        || document.querySelector("dialog.ask[open], [popover]:popover-open") !== null
        || !getSelection().isCollapsed && element.contains(getSelection().anchorNode);
}

const rowsOf = root => [...root.querySelectorAll("tbody tr[id]")];

/** Rows that are there and changed are replaced where they are, and what only counts is counted anew; answers how many rows would come, or go. */
function updateInPlace(element, fresh) {
    const now = new Map(rowsOf(fresh).map(row => [row.id, row]));
    for (const row of rowsOf(element)) {
        const other = now.get(row.id);
        if (other && other.dataset.state !== row.dataset.state && !row.contains(document.activeElement) && !row.querySelector("input:checked, :popover-open")) {
            const copy = document.importNode(other, true);
            copy.classList.add("changed");
            row.replaceWith(copy);
        }
    }

    const counts = [...fresh.querySelectorAll(".tabs .count")];
    element.querySelectorAll(".tabs .count").forEach((count, i) => { count.textContent = counts[i]?.textContent ?? count.textContent; });
    const shown = rowsOf(element).map(row => row.id);
    const come = [...now.keys()].filter(id => !shown.includes(id)).length;
    return Math.max(come, shown.filter(id => !now.has(id)).length, shown.join() === [...now.keys()].join() ? 0 : 1);
}

/** What the user has unfolded in it is unfolded in what comes too; null: nothing is. */
function withOpen(element, fresh) {
    const keyOf = details => `${details.parentElement.closest("[id]")?.id} ${details.firstElementChild.ariaLabel ?? details.firstElementChild.textContent}`;
    const open = new Set([...element.querySelectorAll("details[open]")].map(keyOf));
    if (open.size === 0) {
        return null;
    }

    for (const details of fresh.querySelectorAll("details")) {
        details.open ||= open.has(keyOf(details));
    }

    return (fresh.querySelector("title")?.outerHTML ?? "") + fresh.body.innerHTML;
}

export async function update(element = part(), isForced = false) {
    due = false;
    clearTimeout(retry);
    const html = element ? await fetchPart(element.dataset.part) : null;
    if (html === null) {
        tryAgain(element);
        return;
    }

    failures = 0;
    shownAt = Date.now();
    const fresh = new DOMParser().parseFromString(html, "text/html");
    document.title = fresh.querySelector("[data-title]")?.dataset.title ?? document.title;
    if (element.dataset.first && !isForced && isBusy(element)) {
        offer(element, updateInPlace(element, fresh));
    } else {
        document.getElementById("updates")?.remove();
        await htmx.swap({ text: withOpen(element, fresh) ?? html, target: element, sourceElement: element, swap: "outerMorph" });
    }

    refresh();
    document.dispatchEvent(new CustomEvent("part-updated"));
}

/** What is shown stays; how old it is stands above it, and when it is asked for again. */
function tryAgain(element) {
    const strip = document.getElementById("strip");
    if (!element || strip.hidden || strip.querySelector("[data-sign-in]")) {
        return;
    }

    const at = Date.now() + Math.min(60, 2 ** ++failures) * 1000;
    const note = document.createElement("span");
    note.append(` Data from ${new Date(shownAt).toLocaleTimeString([], { hourCycle: "h23" })}. `);
    const button = document.createElement("button");
    button.className = "small-button";
    button.textContent = "Retry now";
    button.addEventListener("click", () => update());
    const clock = document.createElement("span");
    clock.ariaHidden = "true";
    note.append(button, clock);
    strip.append(note);
    const tick = () => {
        const left = Math.ceil((at - Date.now()) / 1000);
        clock.textContent = ` or in ${left} s`;
        if (left > 0) {
            retry = setTimeout(tick, 1000);
        } else if (document.hidden) {
            due = true;
        } else {
            update();
        }
    };
    tick();
}

function offer(element, count) {
    let button = document.getElementById("updates");
    if (count === 0) {
        button?.remove();
        return;
    }

    if (!button) {
        button = document.createElement("button");
        button.id = "updates";
        button.className = "updates small-button";
        button.addEventListener("click", () => update(part(), true));
        element.before(button);
    }

    button.textContent = `${count === 1 ? "1 update" : `${count} updates`} — show`;
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
    } else if (!isPaused()) {
        update(element);
    }
}

document.addEventListener("visibilitychange", () => document.hidden || due && !isPaused() && update());

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
        setInterval(() => document.hidden || isPaused() || update(), 5000);
    }
}
