// The way to the search, which itself is loaded when somebody searches.
export function mindSearch(view) {
    const form = document.querySelector("[data-log-form]");
    const field = document.getElementById("log-search");
    const found = () => document.getElementById("log-found");
    let search = null;
    const load = () => search ??= import("./find.js").then(made => made.makeSearch(view));
    const find = async hit => (await load()).find(hit);

    form.addEventListener("focusin", load, { once: true });
    form.addEventListener("submit", event => {
        if (!form.elements.only.checked && !event.submitter?.closest(".drop") && field.value !== "") {
            event.preventDefault();
            find(1);
        }
    });
    form.addEventListener("click", event => {
        const link = event.target.closest("[data-log-hit]");
        if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
            event.preventDefault();
            find(Number(link.hash.slice(2)));
        }
    });
    document.addEventListener("keydown", event => {
        if (event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem("flux-restful-keys") === "off") {
            return;
        }

        if (event.key === "/") {
            event.preventDefault();
            field.focus();
        } else if (event.key === "n" || event.key === "N") {
            const to = found().dataset[event.key === "n" ? "next" : "previous"];
            to && find(Number(to));
        }
    });

    if (found().dataset.line) {
        load().then(made => made.show(Number(found().dataset.line)));
    }
}
