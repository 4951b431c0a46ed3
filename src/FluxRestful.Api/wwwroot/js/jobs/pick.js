// Rows to act on: all of the page at once, all that fit, and how many that is.
function refresh() {
    for (const form of document.querySelectorAll("[data-pick]")) {
        const boxes = [...form.querySelectorAll("input[name=id]")];
        const picked = boxes.filter(box => box.checked).length;
        const all = form.querySelector("[data-pick-all]");
        all.hidden = boxes.length === 0;
        all.checked = picked > 0 && picked === boxes.length;
        all.indeterminate = picked > 0 && picked < boxes.length;

        const everything = form.querySelector("[data-pick-everything]");
        const offer = form.querySelector("[data-pick-all-matching]");
        if (picked < boxes.length) {
            everything.disabled = true;
        }

        if (offer) {
            offer.hidden = picked < boxes.length || !everything.disabled;
        }

        const bar = form.querySelector("[data-pick-bar]");
        bar.classList.add("scripted");
        bar.classList.toggle("open", picked > 0);
        const text = picked === 0 ? "" : everything.disabled ? `${picked} selected on this page` : `All ${offer?.dataset.pickAllMatching ?? picked} that match are selected`;
        const count = form.querySelector("[data-pick-count]");
        if (count.textContent !== text) {
            count.textContent = text;
        }
    }
}

document.addEventListener("change", event => {
    if (event.target.matches("[data-pick-all]")) {
        for (const box of event.target.form.querySelectorAll("input[name=id]")) {
            box.checked = event.target.checked;
        }
    }

    refresh();
});
document.addEventListener("click", event => {
    const offer = event.target.closest("[data-pick-all-matching]");
    if (offer) {
        offer.form.querySelector("[data-pick-everything]").disabled = false;
        refresh();
        offer.form.querySelector("[data-pick-bar] .danger")?.focus();
    }
});
document.addEventListener("part-updated", refresh);
document.addEventListener("htmx:after:swap", refresh);
refresh();
