// The part of an output that is in the page: blocks of lines in their order, and gaps between them that say what is missing. Blocks are fetched where one
// scrolls to, and far ones dropped, so that the page stays light however long the output is.
import { fetchPart } from "../requests.js";
import { Block, makeGap, plain, tellGap } from "./gaps.js";

const Most = 50000;
const Lead = 500;
const Edge = 24;

export const numberOf = line => Number(line.id.slice(1));
export const parseBlock = html => new DOMParser().parseFromString(html, "text/html").querySelector(".lines");

export class LogWindow {
    follows = false;
    missed = 0;
    isBusy = false;
    settling = 0;

    constructor(log) {
        this.log = log;
        this.address = new URL(log.dataset.log, location.href);
        this.isLive = log.dataset.live !== undefined;
        this.only = this.address.searchParams.get("only") === "1";
        this.filtered = ["stream", "rank"].some(name => this.address.searchParams.get(name)) || this.only;
        this.lineHeight = parseFloat(getComputedStyle(log).lineHeight) || 18;
        const block = log.querySelector(".lines");
        this.take(block);
        this.seen = Number(block.dataset.last);
        this.top = log.scrollTop;
        this.height = log.scrollHeight;
    }

    get first() { return this.edge(this.log.firstElementChild, "first"); }
    get last() { return this.edge(this.log.lastElementChild, "last"); }
    edge(element, which) { return element?.matches(".lines") && element.childElementCount > 0 ? Number(element.dataset[which]) : 0; }
    get count() { return [...this.log.children].reduce((sum, block) => sum + (block.matches(".lines") ? block.childElementCount : 0), 0); }
    isAtEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < Edge; }
    line(number) { return document.getElementById(`L${number}`); }

    /** What a block says of the whole; and its own height, before it is drawn. */
    take(block) {
        this.total = Math.max(this.total ?? 0, Number(block.dataset.total));
        this.matching = Number(block.dataset.matching);
        block.style.containIntrinsicSize = `auto ${Math.round(block.childElementCount * this.lineHeight)}px`;
    }

    async fetch(query) {
        const url = new URL(this.address);
        for (const [name, value] of Object.entries(query)) {
            url.searchParams.set(name, value);
        }

        const html = await fetchPart(url);
        const block = html === null ? null : parseBlock(html);
        if (block) {
            this.take(block);
        }

        return block;
    }

    /** Changes what is there without moving what one looks at. */
    keepPlace(change) {
        const box = this.log.getBoundingClientRect();
        const anchor = document.elementFromPoint(box.left + box.width / 2, Math.min(innerHeight - 1, Math.max(0, box.top + 8)))?.closest(".line");
        const before = anchor?.getBoundingClientRect().top;
        change();
        if (anchor?.isConnected) {
            this.log.scrollTop += anchor.getBoundingClientRect().top - before;
        }
    }

    /** Lines at the end, as they come. */
    append(block, isNew = true) {
        document.querySelector("[data-log-empty]")?.remove();
        const arrived = block.childElementCount;
        const end = this.log.lastElementChild;
        if (end?.matches(".lines") && end.childElementCount + arrived <= Block && (end.childElementCount === 0 || !this.only)) {
            end.dataset.first = end.childElementCount > 0 ? end.dataset.first : block.dataset.first;
            end.dataset.last = block.dataset.last;
            end.append(...block.children);
            end.style.containIntrinsicSize = `auto ${Math.round(end.childElementCount * this.lineHeight)}px`;
        } else {
            this.log.append(block);
        }

        this.total = Math.max(this.total, Number(block.dataset.total));
        this.matching = Number(block.dataset.matching);
        this.trim();
        if (this.follows) {
            this.toEnd();
        } else if (isNew) {
            this.missed += arrived;
        }
    }

    /** Lines that were left out; beside another gap they are one. */
    skip(from, to) {
        const end = this.log.lastElementChild;
        if (end?.matches(".gap[data-to]")) {
            end.dataset.to = to;
            tellGap(end);
        } else {
            this.log.append(makeGap(from, to, "not shown live"));
        }
    }

    async fill(gap) {
        const [from, to] = [Number(gap.dataset.from), Number(gap.dataset.to)];
        const block = await this.fetch({ from, limit: Math.min(Block, to - from + 1) });
        if (!block || !gap.isConnected) {
            return;
        }

        const next = this.put(block, gap, from, to);
        if (!next || next > to) {
            gap.remove();
        }

        this.tell();
    }

    // Before a gap, only what belongs there; where it goes on.
    put(block, gap, from, to) {
        for (const line of [...block.children].filter(line => line.id && (numberOf(line) < from || numberOf(line) > to))) {
            line.remove();
        }

        if (block.childElementCount === 0) {
            return 0;
        }

        block.dataset.last = numberOf(block.lastElementChild);
        this.keepPlace(() => gap.before(block));
        gap.dataset.from = Number(block.dataset.last) + 1;
        tellGap(gap);
        return Number(gap.dataset.from);
    }

    async once(work) {
        if (!this.isBusy) {
            this.isBusy = true;
            try {
                await work();
            } finally {
                this.isBusy = false;
            }

            this.tell();
        }
    }

    earlier(limit = Block) {
        return this.once(async () => {
            const before = this.first;
            const block = before > 1 ? await this.fetch({ before, limit }) : null;
            const fresh = block ? [...block.children].filter(line => line.id && numberOf(line) < before) : [];
            if (fresh.length > 0) {
                block.replaceChildren(...fresh);
                block.dataset.last = numberOf(fresh.at(-1));
                this.keepPlace(() => this.log.prepend(block));
                this.trim(true);
            }

            if (block && (fresh.length === 0 || this.first <= 1)) {
                document.querySelector("[data-log-earlier]")?.remove();
            }
        });
    }

    later(limit = Block) {
        return this.once(async () => {
            const from = this.last + 1;
            const block = await this.fetch({ from, limit });
            const fresh = block ? [...block.children].filter(line => !line.id || numberOf(line) >= from) : [];
            if (fresh.some(line => line.id)) {
                block.replaceChildren(...fresh);
                this.keepPlace(() => this.append(block, false));
            }

            if (block && (fresh.length === 0 || this.last >= this.total)) {
                document.querySelector("[data-log-later]")?.remove();
            }
        });
    }

    /** Brings a line into the page, with what is around it, and to the middle of the view. */
    async goTo(number) {
        if (!this.line(number)) {
            const from = Math.max(1, number - Lead);
            const block = await this.fetch({ from });
            if (!block || block.childElementCount === 0) {
                return null;
            }

            this.insert(block);
        }

        const line = this.line(number);
        this.follows = false;
        if (line) {
            this.center(line);
        }

        this.tell();
        return line;
    }

    // Twice: what had not been drawn before has its true height only then. The page around it moves only if the log is not to be seen.
    center(line) {
        const move = () => {
            const [box, at] = [this.log.getBoundingClientRect(), line.getBoundingClientRect()];
            this.log.scrollTop += at.top - box.top - (box.height - at.height) / 2;
        };
        move();
        requestAnimationFrame(() => {
            move();
            const box = this.log.getBoundingClientRect();
            if (box.bottom < 100 || box.top > innerHeight - 100) {
                this.log.scrollIntoView({ block: "nearest" });
            }
        });
    }

    // Among what is there, without what is there already.
    insert(block) {
        for (const line of [...block.children].filter(line => line.id && this.line(numberOf(line)))) {
            line.remove();
        }

        if (block.childElementCount === 0) {
            return;
        }

        const [first, last] = [numberOf(block.firstElementChild), numberOf(block.lastElementChild)];
        Object.assign(block.dataset, { first, last });
        const after = [...this.log.children].find(other => Number(other.dataset.to ?? other.dataset.last) >= first);
        if (after?.dataset.to) {
            const to = Number(after.dataset.to);
            const from = Number(after.dataset.from);
            after.before(...(from < first ? [makeGap(from, first - 1)] : []), block);
            after.dataset.from = last + 1;
            last < to ? tellGap(after) : after.remove();
        } else if (after) {
            const next = Number(after.dataset.first);
            after.before(block, ...(last + 1 < next ? [makeGap(last + 1, next - 1)] : []));
        } else {
            this.log.append(...(this.last && this.last + 1 < first ? [makeGap(this.last + 1, first - 1)] : []), block);
        }

        this.trim();
    }

    /** Drops the blocks that are farthest from what one looks at. */
    trim(atEnd = false) {
        let count = this.count;
        while (count > Most && this.log.childElementCount > 2) {
            const end = atEnd ? this.log.lastElementChild : this.log.firstElementChild;
            count -= end.matches(".lines") ? end.childElementCount : 0;
            if (!atEnd) {
                this.keepPlace(() => end.remove());
            } else if (this.isLive) {
                // What comes later comes behind it.
                const [from, to] = [Number(end.dataset.from ?? end.dataset.first), Number(end.dataset.to ?? end.dataset.last)];
                end.remove();
                this.skip(from, to);
                return;
            } else {
                end.remove();
            }
        }
    }

    /** At once, and again when what came into view has been drawn and has its true height. */
    toEnd() {
        this.missed = 0;
        const move = () => { this.log.scrollTop = this.log.scrollHeight; };
        move();
        cancelAnimationFrame(this.settling);
        this.settling = requestAnimationFrame(() => { this.settling = requestAnimationFrame(move); });
    }

    tell() {
        const count = document.querySelector("[data-log-count]");
        const [first, last] = [this.first, this.last];
        count.textContent = this.filtered ? `${plain.format(this.matching)} of ${plain.format(this.total)} lines`
            : !last || this.count >= this.total ? `${plain.format(this.total)} ${this.total === 1 ? "line" : "lines"}`
            : `Lines ${plain.format(first)}–${plain.format(last)} of ${plain.format(this.total)}${this.log.querySelector(".gap[data-to]") ? ", with gaps" : ""}`;
        const button = document.querySelector("[data-log-follow]");
        button.hidden = !this.isLive && this.isAtEnd();
        button.textContent = this.missed > 0 ? `↓ ${plain.format(this.missed)} new ${this.missed === 1 ? "line" : "lines"}` : this.follows ? "Following" : this.isLive ? "↓ Follow" : "↓ End";
        button.setAttribute("aria-pressed", String(this.follows));
    }
}
