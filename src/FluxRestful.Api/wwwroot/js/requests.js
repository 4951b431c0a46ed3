// What became of a part that was asked for. The page stays as it is; what went wrong is said in the strip above it.
const strip = document.getElementById("strip");

export function tell(text) {
    strip.textContent = text;
    strip.hidden = text.length === 0;
}

async function tellProblem(status, html) {
    const problem = new DOMParser().parseFromString(html ?? "", "text/html").querySelector(".alert");
    if (!problem) {
        tell(status ? `The server answered with ${status}.` : "The server cannot be reached. What you see is what was last known.");
        return;
    }

    for (const link of problem.querySelectorAll("[data-sign-in]")) {
        link.href = `/login?return=${encodeURIComponent(location.pathname + location.search)}`;
    }

    strip.replaceChildren(problem);
    strip.hidden = false;
}

document.addEventListener("htmx:response:error", event => tellProblem(event.detail.ctx.response.status, event.detail.ctx.text));
document.addEventListener("htmx:error", () => tellProblem(0));
// What is not swapped in for its status passes here too: then there is something to tell.
document.addEventListener("htmx:after:swap", event => event.detail?.ctx?.response?.status >= 400 || tell(""));

/** Fetches a part of a page as text; null when it was not to be had, which has then been said. */
export async function fetchPart(address, options = {}) {
    try {
        const response = await fetch(address, { ...options, headers: { Accept: "text/html", "HX-Request": "true", ...options.headers } });
        const text = await response.text();
        if (response.ok) {
            tell("");
            return text;
        }

        await tellProblem(response.status, text);
    } catch {
        await tellProblem(0);
    }

    return null;
}
