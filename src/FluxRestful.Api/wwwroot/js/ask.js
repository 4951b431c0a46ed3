// A question that has a page of its own is asked in a dialog over this one: the same form, the same answer.
import { fetchPart } from "./requests.js";

async function ask(address, opener) {
    const html = await fetchPart(address);
    if (html === null) {
        return;
    }

    const dialog = document.createElement("dialog");
    dialog.className = "ask";
    dialog.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    const title = dialog.querySelector(".ask-title");
    if (title) {
        title.id = "ask-title";
        dialog.setAttribute("aria-labelledby", title.id);
    }

    dialog.addEventListener("click", event => {
        if (event.target === dialog || event.target.closest("[data-ask-close]")) {
            event.preventDefault();
            dialog.close();
        }
    });
    dialog.addEventListener("submit", event => { event.submitter.disabled = true; });
    dialog.addEventListener("close", () => { dialog.remove(); opener?.focus(); });
    document.body.append(dialog);
    dialog.showModal();
}

document.addEventListener("submit", event => {
    const form = event.target;
    if (form.matches("[data-pick]")) {
        event.preventDefault();
        ask(`${form.action}?${new URLSearchParams(new FormData(form))}`, event.submitter);
    }
});

document.addEventListener("click", event => {
    const link = event.target.closest("a[data-ask]");
    if (link && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        ask(link.href, link);
    }
});
