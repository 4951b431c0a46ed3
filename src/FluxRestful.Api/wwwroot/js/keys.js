// Single keys, never in a field and never with a modifier; `?` says which.
const goes = { o: "/", j: "/jobs", s: "/jobs/submit", c: "/cluster" };
let isGoing = false;

const rows = () => [...document.querySelectorAll("table.jobs tbody tr")];

function move(step) {
    const all = rows();
    const at = all.findIndex(row => row.contains(document.activeElement));
    all[Math.min(all.length - 1, Math.max(0, at + step))]?.querySelector(".c-name a")?.focus();
}

function currentRow() {
    return document.activeElement.closest?.("table.jobs tbody tr");
}

const keys = {
    "/": () => document.getElementById("text")?.focus(),
    j: () => move(1),
    k: () => move(-1),
    x: () => currentRow()?.querySelector("input[name=id]")?.click(),
    y: () => (currentRow()?.querySelector("[data-copy]") ?? document.querySelector("[data-copy-id]"))?.click(),
    c: () => {
        currentRow()?.querySelector(".row-more")?.click();
        document.querySelector(currentRow() ? "[data-row-cancel]:not([hidden])" : "a[data-ask][data-key=c]")?.click();
    },
    "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing
        || event.target.closest?.("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]:not([popover])")
        || localStorage.getItem("flux-restful-keys") === "off") {
        return;
    }

    if (isGoing) {
        isGoing = false;
        if (goes[event.key]) {
            event.preventDefault();
            location.href = goes[event.key];
        }

        return;
    }

    if (event.key === "g") {
        isGoing = true;
        setTimeout(() => { isGoing = false; }, 2000);
    } else if (keys[event.key]) {
        event.preventDefault();
        keys[event.key]();
    }
});

const sheet = document.getElementById("keys");
const off = document.getElementById("keys-off");
if (sheet && off) {
    off.checked = localStorage.getItem("flux-restful-keys") === "off";
    off.addEventListener("change", () => localStorage.setItem("flux-restful-keys", off.checked ? "off" : "on"));
}
