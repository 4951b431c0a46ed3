// The form that makes a job: sent once, kept when the session is lost, and what is wrong with it is where the focus goes.
import { addVariable, startFields } from "./fields.js";

const form = document.querySelector("[data-submit-form]");
const kept = "flux-restful-submit";

if (form) {
    document.getElementById("errors")?.focus();
    startFields(form);

    form.addEventListener("submit", event => {
        if (["check", "change"].includes(event.submitter?.name) || event.submitter?.dataset.preset !== undefined) {
            return;
        }

        for (const button of form.querySelectorAll("[data-submit]")) {
            // After the form has been taken as it is.
            setTimeout(() => { button.disabled = true; });
            setTimeout(() => { button.disabled = false; }, 10000);
        }
    });

    // Each kind of job has its own: what is a default in one would be a wish in another.
    const key = `${kept}-${form.dataset.submitForm}`;
    const restored = sessionStorage.getItem(key);
    const query = new URLSearchParams(location.search);
    if (restored && !query.has("from") && !query.has("preset") && !document.getElementById("errors")) {
        const names = [];
        for (const [name, value] of JSON.parse(restored)) {
            const field = form.elements[name];
            if (name === "variable") {
                names.push(value);
            } else if (name === "value") {
                addVariable(form, names.shift(), value);
            } else if (field instanceof RadioNodeList || field && field.type !== "hidden" && field.type !== "checkbox") {
                field.value = value;
            }
        }
    }

    form.addEventListener("input", () => {
        const typed = [...new FormData(form)].filter(([name]) => !["key", "kind", "__RequestVerificationToken"].includes(name));
        sessionStorage.setItem(key, JSON.stringify(typed));
    });

    for (const label of form.querySelectorAll("[data-upload]")) {
        label.hidden = false;
        const input = label.querySelector("input");
        input.addEventListener("change", async () => {
            const [file] = input.files;
            if (file) {
                const field = document.getElementById(input.dataset.uploadTo);
                const most = Number(input.dataset.uploadMost);
                field.value = file.size > most ? field.value : await file.text();
                field.setCustomValidity(file.size > most ? "The file is larger than 1 MiB." : "");
                field.reportValidity();
                field.dispatchEvent(new Event("input", { bubbles: true }));
                input.value = "";
            }
        });
    }
} else if (new URLSearchParams(location.search).has("new") || new URLSearchParams(location.search).has("submitted")) {
    for (const kind of ["command", "script", "jobspec"]) {
        sessionStorage.removeItem(`${kept}-${kind}`);
    }
}
