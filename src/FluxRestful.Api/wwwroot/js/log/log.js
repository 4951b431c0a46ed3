// A job's output: what is in the page, what comes, where one looks, and how.
import { LogWindow } from "./window.js";
import { mindSearch } from "./search.js";
import { mark, mindMarks } from "./marks.js";

const FullWindow = 2000;
const log = document.getElementById("log");
const option = name => document.querySelector(`[data-log-${name}]`);

/** A switch that is remembered. */
function remember(name, isOnAtFirst, apply) {
    const box = option(name);
    box.checked = (localStorage.getItem(`flux-restful-${name}`) ?? (isOnAtFirst ? "on" : "off")) === "on";
    const change = () => {
        localStorage.setItem(`flux-restful-${name}`, box.checked ? "on" : "off");
        apply(box.checked);
    };
    box.addEventListener("change", change);
    apply(box.checked);
    return box;
}

/** A choice that is remembered, for every log of the page. */
function choose(name) {
    const field = option(name);
    const key = `flux-restful-log-${name}`;
    field.value = localStorage.getItem(key) ?? "";
    const apply = () => document.querySelectorAll(".log").forEach(each => { each.dataset[name] = field.value; });
    field.addEventListener("change", () => {
        localStorage.setItem(key, field.value);
        apply();
    });
    apply();
}

for (const part of document.querySelectorAll("[data-needs-script]")) {
    part.hidden = false;
}

["size", "look"].forEach(choose);
document.addEventListener("click", event => {
    for (const drop of document.querySelectorAll("details.drop[open]")) {
        drop.open = drop.contains(event.target);
    }
});
document.addEventListener("keydown", event => {
    const drop = event.key === "Escape" ? document.querySelector("details.drop[open]") : null;
    if (drop) {
        drop.open = false;
        drop.querySelector("summary").focus();
    }
});

function start() {
    const view = new LogWindow(log);
    const wrap = remember("wrap", true, isOn => log.classList.toggle("no-wrap", !isOn));
    remember("tall", false, isOn => log.classList.toggle("tall", isOn));
    const say = remember("say", false, () => {});

    log.addEventListener("scroll", () => {
        const isAtEnd = view.isAtEnd();
        if (isAtEnd && !view.leaves) {
            view.follow();
        } else if (log.scrollTop < view.top - 2 && log.scrollHeight >= view.height) {
            // Up, and not because what is above has become shorter.
            view.follows = false;
        }

        [view.top, view.height] = [log.scrollTop, log.scrollHeight];
        if (log.scrollTop < 400 && view.first > 1) {
            view.earlier();
        } else if (isAtEnd && !view.isLive && (option("later") || (!view.filtered && view.last < view.total))) {
            view.later();
        }

        view.tell();
    }, { passive: true });

    log.addEventListener("scrollend", () => {
        view.leaves = false;
        if (view.isAtEnd()) {
            view.follow();
            view.tell();
        }
    });
    log.addEventListener("wheel", event => event.deltaY < 0 ? view.leave() : event.deltaY > 0 && (view.leaves = false), { passive: true });
    const follow = option("follow");
    follow.addEventListener("click", () => {
        view.follows = view.isLive && !(view.follows && view.isAtEnd());
        view.toEnd();
        view.tell();
    });
    let isGoing = false;
    log.addEventListener("keydown", event => {
        if (event.ctrlKey || event.metaKey || event.altKey) {
            return;
        }

        if (event.key === "G" || event.key === "End") {
            // The browser's own way there goes on while lines come, and past a log that is at its end it moves the page.
            event.preventDefault();
            view.follow();
            view.toEnd();
            view.tell();
        } else if (["ArrowUp", "PageUp", "Home"].includes(event.key) || event.key === " " && event.shiftKey) {
            view.leave();
        } else if (event.key === "f") {
            follow.click();
        } else if (event.key === "w") {
            wrap.click();
        } else if (event.key === "t") {
            const times = document.querySelector("[data-log-form]").elements.time;
            times.selectedIndex = (times.selectedIndex + 1) % times.length;
            times.form.submit();
        } else if (event.key === "g" && isGoing) {
            view.follows = false;
            view.goTo(1);
        }

        isGoing = event.key === "g";
    });
    log.addEventListener("click", async event => {
        const gap = event.target.closest(".gap[data-to]");
        const link = event.target.closest("a");
        const cut = event.target.closest("[data-log-whole]");
        if (gap && link) {
            event.preventDefault();
            await view.fill(gap, link.dataset.last !== undefined);
        } else if (cut) {
            event.preventDefault();
            const line = cut.closest(".line");
            const whole = await view.fetch({ from: line.id.slice(1), limit: 1, whole: 1 });
            whole && line.replaceWith(whole.firstElementChild);
        }
    });
    option("earlier")?.addEventListener("click", event => { event.preventDefault(); view.earlier(); });
    option("later")?.addEventListener("click", event => { event.preventDefault(); view.later(); });

    mindMarks(view);
    mindSearch(view);
    const at = log.dataset.at;
    if (location.hash) {
        mark(view);
    } else if (at === "end") {
        view.follows = view.isLive;
        view.toEnd();
    } else if (at !== "start") {
        const line = view.line(at.slice(1));
        if (line) {
            view.center(line);
            line.classList.add("hit");
        }
    }

    if (view.isLive) {
        import("./live.js").then(live => live.watch(view, () => say.checked));
    }

    view.tell();
    // The page came with a few lines, to be there soon; the rest of a window comes when nothing else is to be done.
    const soon = window.requestIdleCallback ?? (work => setTimeout(work, 200));
    soon(() => fillWindow(view, at), { timeout: 1000 });
}

async function fillWindow(view, at) {
    const rest = FullWindow - view.count;
    const isInside = at !== "start" && at !== "end";
    if (at !== "start" && view.first > 1 && rest > 0) {
        await view.earlier(isInside && !view.isLive && view.last < view.total ? Math.ceil(rest / 2) : rest);
    }

    if (at !== "end" && !view.isLive && option("later") && view.count < FullWindow) {
        await view.later(FullWindow - view.count);
    }
}

if (log) {
    start();
}
