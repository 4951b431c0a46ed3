// Rows to act on: all of the page at once, and how many there are.
function refresh() {
    for (const form of document.querySelectorAll("[data-pick]")) {
        const boxes = [...form.querySelectorAll("input[name=id]")];
        const picked = boxes.filter(box => box.checked).length;
        const all = form.querySelector("[data-pick-all]");
        if (all) {
            all.hidden = boxes.length === 0;
            all.checked = picked > 0 && picked === boxes.length;
            all.indeterminate = picked > 0 && picked < boxes.length;
        }

        const button = form.querySelector("[data-pick-button]");
        if (button) {
            button.hidden = picked === 0;
        }

        const count = form.querySelector("[data-pick-count]");
        if (count) {
            count.textContent = picked > 0 ? `${picked} selected` : "";
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
document.addEventListener("part-updated", refresh);
document.addEventListener("htmx:after:swap", refresh);
refresh();
