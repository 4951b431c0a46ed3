// The form that makes a job: sent once, kept when the session is lost, and what is wrong with it is where the focus goes.
const form = document.querySelector("[data-submit-form]");
const kept = "flux-restful-submit";

if (form) {
    document.getElementById("errors")?.focus();

    form.addEventListener("submit", event => {
        if (event.submitter?.name === "check") {
            return;
        }

        for (const button of form.querySelectorAll("[data-submit]")) {
            // After the form has been taken as it is.
            setTimeout(() => { button.disabled = true; });
            setTimeout(() => { button.disabled = false; }, 10000);
        }
    });

    const restored = sessionStorage.getItem(kept);
    if (restored && !location.search && !document.getElementById("errors")) {
        for (const [name, value] of JSON.parse(restored)) {
            const field = form.elements[name];
            if (field instanceof RadioNodeList || field && field.type !== "hidden" && field.type !== "checkbox") {
                field.value = value;
            }
        }
    }

    form.addEventListener("input", () => {
        const typed = [...new FormData(form)].filter(([name]) => !["key", "__RequestVerificationToken"].includes(name));
        sessionStorage.setItem(kept, JSON.stringify(typed));
    });
} else if (new URLSearchParams(location.search).has("new")) {
    sessionStorage.removeItem(kept);
}
