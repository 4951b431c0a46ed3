// The search, without leaving the place: the server counts and finds, in the whole output; the line it names is fetched if it is not here.
import { fetchPart } from "../requests.js";

const Around = 200;

export function makeSearch(view) {
    const form = document.querySelector("[data-log-form]");
    const field = document.getElementById("log-search");
    const found = () => document.getElementById("log-found");

    async function find(hit) {
        const url = new URL(view.address);
        url.pathname += "/found";
        const given = new FormData(form);
        for (const name of ["q", "case", "re"]) {
            given.get(name) ? url.searchParams.set(name, given.get(name)) : url.searchParams.delete(name);
        }

        url.searchParams.set("hit", hit);
        const html = await fetchPart(url);
        const answer = html === null ? null : new DOMParser().parseFromString(html, "text/html").getElementById("log-found");
        if (!answer) {
            return;
        }

        found().replaceWith(answer);
        field.setAttribute("aria-invalid", String(answer.matches(".field-error")));
        const here = new URL(location.href);
        for (const name of ["q", "case", "re"]) {
            given.get(name) ? here.searchParams.set(name, given.get(name)) : here.searchParams.delete(name);
        }

        here.hash = answer.dataset.line ? `#L${answer.dataset.line}` : "";
        history.replaceState(null, "", here);
        await show(Number(answer.dataset.line));
    }

    async function show(number) {
        view.log.querySelector(".hit")?.classList.remove("hit");
        const line = number ? await view.goTo(number) : null;
        line?.classList.add("hit");
        paint(number);
    }

    // The very letters, where the browser can mark them without changing the page.
    function paint(number) {
        const text = field.value;
        if (!CSS.highlights) {
            return;
        }

        CSS.highlights.delete("found");
        if (!number || text.length === 0 || form.elements.re.checked) {
            return;
        }

        const fold = letters => form.elements.case.checked ? letters : letters.toLowerCase();
        const ranges = [];
        for (let at = number - Around; at <= number + Around; at++) {
            const line = view.line(at)?.querySelector(".text");
            const nodes = line ? document.createTreeWalker(line, NodeFilter.SHOW_TEXT) : null;
            while (nodes?.nextNode()) {
                const letters = fold(nodes.currentNode.data);
                for (let i = letters.indexOf(fold(text)); i >= 0; i = letters.indexOf(fold(text), i + text.length)) {
                    const range = new Range();
                    range.setStart(nodes.currentNode, i);
                    range.setEnd(nodes.currentNode, Math.min(nodes.currentNode.length, i + text.length));
                    ranges.push(range);
                }
            }
        }

        CSS.highlights.set("found", new Highlight(...ranges));
    }

    return { find, show };
}
