// Lines that an address names: #L120, #L120-L140. Shift and click on a number reaches from the marked line to it.
import { numberOf } from "./parts.js";

const MostMarked = 5000;
const range = () => /^#L(\d+)(?:-L(\d+))?$/.exec(location.hash);

export async function mark(view) {
    for (const line of view.log.querySelectorAll(".marked")) {
        line.classList.remove("marked");
    }

    const named = range();
    if (named) {
        const first = Number(named[1]);
        await view.goTo(first);
        for (let number = first; number <= Math.min(Number(named[2] ?? first), first + MostMarked); number++) {
            view.line(number)?.classList.add("marked");
        }
    }
}

export function mindMarks(view) {
    addEventListener("hashchange", () => mark(view));
    view.log.addEventListener("click", event => {
        const number = event.target.closest("a.no");
        const start = range();
        if (number && event.shiftKey && start) {
            event.preventDefault();
            const [from, to] = [Number(start[1]), numberOf(number.parentElement)].sort((a, b) => a - b);
            location.hash = `#L${from}-L${to}`;
        }
    });
}
