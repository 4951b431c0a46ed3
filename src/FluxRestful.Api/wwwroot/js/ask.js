// A question that has a page of its own is asked in a dialog over this one: the same form, the same answer.
import { fetchPart } from "./requests.js";

async function ask(address, opener) {
    // A menu closes when the dialog opens: then its button is where one was.
    const menu = opener?.closest("[popover]");
    const back = menu?.opener ? menu.opener : menu ? document.querySelector(`[popovertarget="${menu.id}"]`) : opener;
    menu?.hidePopover();
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
    dialog.addEventListener("submit", event => {
        if (event.target.matches("[data-ask-stays]")) {
            event.preventDefault();
            answer(dialog, event.target, event.submitter);
        }

        event.submitter.disabled = true;
    });
    dialog.addEventListener("close", () => { dialog.remove(); back?.focus(); });
    document.body.append(dialog);
    dialog.showModal();
}

/** What was not done is said where it was asked, and what was typed is still there. */
async function answer(dialog, form, submitter) {
    const body = new URLSearchParams(new FormData(form, submitter));
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html", "HX-Request": "true" } }).catch(() => null);
    if (response?.ok) {
        location.assign(response.url);
        return;
    }

    const fresh = response ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
    const next = fresh?.querySelector("[data-ask-form]");
    const problem = fresh?.querySelector(".alert") ?? Object.assign(document.createElement("p"), { className: "alert alert-error", textContent: "The server cannot be reached." });
    if (next) {
        form.replaceWith(next);
        next.querySelector("[name=value]")?.focus();
    } else {
        submitter.disabled = false;
        form.prepend(problem);
    }
}

document.addEventListener("submit", event => {
    const form = event.target;
    if (form.matches("[data-pick]") && !event.submitter?.hasAttribute("formaction")) {
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
