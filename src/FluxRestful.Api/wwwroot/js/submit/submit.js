// The form that makes a job: sent once, kept when the session is lost, and what is wrong with it is where the focus goes.
import { addVariable, startFields } from "./fields.js";

const form = document.querySelector("[data-submit-form]");
const kept = "flux-restful-submit";

if (form) {
    document.getElementById("errors")?.focus();

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
    // A copy or a preset is as it was, unless somebody has just signed in again over it.
    const isFresh = (query.has("from") || query.has("preset")) && !new URL(document.referrer || location).pathname.startsWith("/login");
    if (restored && !isFresh && !document.getElementById("errors")) {
        const names = [];
        for (const [name, value] of JSON.parse(restored)) {
            const field = form.elements[name];
            // What was typed where nobody looks is to be seen.
            if (value !== (field?.defaultValue ?? "")) {
                (field instanceof RadioNodeList ? field[0] : field)?.closest("details")?.setAttribute("open", "");
            }

            if (name === "variable") {
                names.push(value);
            } else if (name === "value") {
                addVariable(form, names.shift(), value);
            } else if (field?.type === "checkbox") {
                field.checked = true;
            } else if (field instanceof RadioNodeList || field && field.type !== "hidden") {
                field.value = value;
            }
        }
    }

    startFields(form);
    form.addEventListener("input", () => {
        const typed = [...new FormData(form)].filter(([name]) => !["key", "kind", "__RequestVerificationToken"].includes(name));
        try {
            sessionStorage.setItem(key, JSON.stringify(typed));
        } catch {
            // There is more than a browser keeps; half of it would be worse than nothing.
            sessionStorage.removeItem(key);
        }
    });

    for (const label of form.querySelectorAll("[data-upload]")) {
        label.hidden = false;
        const input = label.querySelector("input");
        // What is there already can be sent all the same.
        const clear = () => document.getElementById(input.dataset.uploadTo).setCustomValidity("");
        form.addEventListener("input", clear);
        form.addEventListener("click", clear, true);
        input.addEventListener("change", async () => {
            const [file] = input.files;
            if (file) {
                const field = document.getElementById(input.dataset.uploadTo);
                const isTooLarge = file.size > Number(input.dataset.uploadMost);
                field.value = isTooLarge ? field.value : await file.text();
                field.dispatchEvent(new Event("input", { bubbles: true }));
                field.setCustomValidity(isTooLarge ? "The file is larger than 1 MiB." : "");
                field.reportValidity();
                input.value = "";
            }
        });
    }
}
