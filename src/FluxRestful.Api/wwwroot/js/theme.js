// Light or dark without a round trip; the cookie is what the server would have set.
document.addEventListener("submit", event => {
    const form = event.target;
    if (!form.matches("[data-theme-switch]")) {
        return;
    }

    event.preventDefault();
    const theme = event.submitter.value;
    document.cookie = `flux-restful-theme=${theme}; path=/; max-age=31536000; samesite=lax`;
    document.documentElement.dataset.theme = theme;
    for (const button of form.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(button === event.submitter));
    }
});
