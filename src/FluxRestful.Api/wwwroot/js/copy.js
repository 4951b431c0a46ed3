// navigator.clipboard is absent on plain http unless it is localhost, so there is a second way.
async function copy(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        const area = document.createElement("textarea");
        area.value = text;
        area.className = "sr";
        document.body.append(area);
        area.select();
        const done = document.execCommand("copy");
        area.remove();
        return done;
    }
}

document.addEventListener("click", async event => {
    const button = event.target.closest("[data-copy], [data-copy-from]");
    if (!button) {
        return;
    }

    const text = button.dataset.copy ?? document.getElementById(button.dataset.copyFrom).textContent;
    const done = await copy(text);
    const status = document.getElementById("toasts");
    const note = document.createElement("p");
    note.className = "toast";
    note.textContent = done ? "Copied" : "The browser does not let this page copy";
    status.append(note);
    setTimeout(() => note.remove(), 2500);
    button.focus();
});
