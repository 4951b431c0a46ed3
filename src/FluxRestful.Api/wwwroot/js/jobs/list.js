// The list of jobs: its address follows the search, it can be held still, and whoever waits for it sees that it comes.
import { isPaused, pause } from "../live.js";

const form = document.querySelector("[data-search]");
const part = () => document.querySelector("[data-here]");

function showPause() {
    const button = document.querySelector("[data-pause]");
    if (button) {
        button.hidden = false;
        button.setAttribute("aria-pressed", String(isPaused()));
    }
}

/** Whose menu this is, before it opens. */
function fill(menu, button) {
    const row = button.closest("tr");
    const id = row.id.slice("job-".length);
    menu.opener = button;
    for (const item of menu.querySelectorAll("[data-row]")) {
        const isLink = item.localName === "a";
        const text = item.dataset.row.replace("ID", isLink ? encodeURIComponent(id) : id).replace("RETURN", encodeURIComponent(menu.dataset.return));
        item.setAttribute(isLink ? "href" : "data-copy", text);
    }

    for (const [selector, isOver] of [["[data-row-cancel]", "ended" in row.dataset], ["[data-row-clone]", "purged" in row.dataset]]) {
        const item = menu.querySelector(selector);
        if (item) {
            item.hidden = isOver;
        }
    }
}

function showMenus() {
    for (const button of document.querySelectorAll(".row-more[hidden]")) {
        button.hidden = false;
    }
}

if (form) {
    document.addEventListener("click", event => {
        const button = event.target.closest(".row-more");
        if (button) {
            fill(document.getElementById("row-menu"), button);
        }
    }, true);
    document.addEventListener("htmx:after:swap", showMenus);
    document.addEventListener("part-updated", showMenus);
    showMenus();

    // What was just typed goes on; what is begun anew can be gone back from.
    let field = null;
    document.addEventListener("htmx:after:swap", () => {
        const here = part()?.dataset.here;
        if (here && here !== location.pathname + location.search) {
            history[field === document.activeElement ? "replaceState" : "pushState"](null, "", here);
            field = document.activeElement;
        }

        document.title = part()?.dataset.title ?? document.title;
    });
    addEventListener("popstate", () => location.reload());

    let late = 0;
    const busy = is => {
        clearTimeout(late);
        if (is) {
            late = setTimeout(() => part()?.setAttribute("aria-busy", "true"), 300);
        } else {
            part()?.removeAttribute("aria-busy");
        }
    };
    document.addEventListener("htmx:before:request", () => busy(true));
    document.addEventListener("htmx:finally:request", () => busy(false));

    document.addEventListener("click", event => {
        if (event.target.closest("[data-pause]")) {
            pause(!isPaused());
            showPause();
        }
    });
    document.addEventListener("htmx:after:swap", showPause);
    document.addEventListener("part-updated", showPause);
    showPause();
}
