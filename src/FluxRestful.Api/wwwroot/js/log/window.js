// The part of an output that is in the page: pieces of lines in their order, and gaps between them that say what is missing. Blocks are fetched where one
// scrolls to, and far ones dropped, so that the page stays light however long the output is.
import { fetchPart } from "../requests.js";
import { Block, endOf, isGap, makeGap, makePieces, measure, numbered, parse, plain, setGap, startOf } from "./parts.js";
import { Scroller } from "./scroll.js";

const Most = 50000;

// Who follows looks at the end: what comes does not wait for the layout of all that was.
const MostFollowed = 5000;
const Lead = 500;

export class LogWindow extends Scroller {
    isBusy = false;

    constructor(log) {
        super(log);
        this.address = new URL(log.dataset.log, location.href);
        this.isLive = log.dataset.live !== undefined;
        this.filtered = ["stream", "rank"].some(name => this.address.searchParams.get(name)) || this.address.searchParams.get("only") === "1";
        this.lineHeight = parseFloat(getComputedStyle(log).lineHeight) || 18;
        this.begun = log.querySelector(".begun");
        const block = log.querySelector(".lines");
        this.total = 0;
        this.take(block);
        this.seen = Number(block.dataset.last);
        if (block.childElementCount === 0) {
            block.remove();
        } else {
            measure(block, this.lineHeight);
        }
    }

    /** Pieces and gaps, one after the other without a hole; none is empty. */
    get parts() { return [...this.log.children].filter(part => part !== this.begun); }
    get pieces() { return this.parts.filter(part => !isGap(part)); }
    get first() { return this.pieces.length > 0 ? startOf(this.pieces[0]) : 0; }
    get last() { return this.pieces.length > 0 ? endOf(this.pieces.at(-1)) : 0; }
    get end() { return this.begun.previousElementSibling; }
    get count() { return this.pieces.reduce((sum, piece) => sum + piece.childElementCount, 0); }
    line(number) { return document.getElementById(`L${number}`); }

    /** What a block says of the whole. */
    take(block) {
        this.total = Math.max(this.total, Number(block.dataset.total));
        this.matching = Number(block.dataset.matching);
    }

    async fetch(query) {
        const url = new URL(this.address);
        for (const [name, value] of Object.entries(query)) {
            url.searchParams.set(name, value);
        }

        const html = await fetchPart(url);
        const block = html === null ? null : parse(html).block;
        block && this.take(block);
        return block;
    }

    /** Puts lines where they belong, which are all there are from the one number to the other. What is there already stays. */
    insert(lines, from, to) {
        const some = until => lines.filter(([number]) => number >= from && number <= until);
        for (const part of this.parts.filter(part => endOf(part) >= from)) {
            // Between two parts there is no hole: what is none's is before the first.
            if (from <= to && from < startOf(part)) {
                const until = Math.min(to, startOf(part) - 1);
                this.place(some(until), from, until, part);
                until + 1 < startOf(part) && part.before(makeGap(until + 1, startOf(part) - 1));
                from = until + 1;
            }

            if (from <= to && isGap(part)) {
                const until = Math.min(to, endOf(part));
                startOf(part) < from && part.before(makeGap(startOf(part), from - 1));
                this.place(some(until), from, until, part);
                until < endOf(part) ? setGap(part, until + 1, endOf(part)) : part.remove();
            }

            from = Math.max(from, endOf(part) + 1);
        }

        if (from <= to) {
            this.end && this.skip(endOf(this.end) + 1, from - 1);
            this.place(some(to), from, to, this.begun);
        }
    }

    place(lines, from, to, next) {
        const before = next.previousElementSibling;
        if (lines.length > 0) {
            next.before(...makePieces(lines, from, to, before, this.lineHeight));
        } else if (before && !isGap(before)) {
            before.dataset.last = to;
        }
    }

    /** Lines at the end, as they come. */
    append(block, from, to) {
        document.querySelector("[data-log-empty]")?.remove();
        this.take(block);
        const lines = numbered(block);
        this.insert(lines, from, to);
        this.trim();
        this.follows ? this.toEnd() : this.missed += lines.length;
    }

    /** What has no end yet, behind all lines; none if null. */
    setBegun(begun) {
        if (begun?.childElementCount > 0 || this.begun.childElementCount > 0) {
            document.querySelector("[data-log-empty]")?.remove();
            this.begun.replaceChildren(...begun?.children ?? []);
            this.follows && this.toEnd();
        }
    }

    /** Lines that were left out; beside another gap they are one. Of what passed between two gaps somebody who follows has seen the most: it joins them. */
    skip(from, to, passed = false) {
        from = Math.max(from, this.end ? endOf(this.end) + 1 : from);
        if (from > to) {
            return;
        }

        const gap = passed && this.follows && getSelection().isCollapsed ? this.parts.findLast(isGap) : null;
        const since = gap ? this.parts.slice(this.parts.indexOf(gap) + 1) : [];
        if (gap && since.reduce((sum, piece) => sum + piece.childElementCount, 0) <= Block) {
            since.forEach(piece => piece.remove());
        }

        isGap(this.end) ? setGap(this.end, startOf(this.end), to) : this.begun.before(makeGap(from, to, "not shown live"));
    }

    async fill(gap, fromEnd) {
        const [from, to] = [startOf(gap), endOf(gap)];
        const limit = Math.min(Block, to - from + 1);
        const block = await this.fetch(fromEnd ? { before: to + 1, limit } : { from, limit });
        if (!block) {
            return;
        }

        // Of lines that fit a filter it ends where the next one lies beyond.
        const all = numbered(block);
        const lines = all.filter(([number]) => number >= from && number <= to);
        const isAll = this.filtered && (lines.length < all.length || lines.length === 0);
        if (lines.length > 0 || isAll) {
            this.keepPlace(() => this.insert(lines, isAll || !fromEnd ? from : lines[0][0], isAll || fromEnd ? to : lines.at(-1)[0]));
        }

        this.trim();
        this.tell();
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
            const lines = block ? numbered(block).filter(([number]) => number < before) : [];
            if (lines.length > 0) {
                this.keepPlace(() => this.insert(lines, lines[0][0], before - 1));
                this.trim();
            }

            if (block && (lines.length === 0 || this.first <= 1)) {
                document.querySelector("[data-log-earlier]")?.remove();
            }
        });
    }

    later(limit = Block) {
        return this.once(async () => {
            const from = this.last + 1;
            const block = await this.fetch({ from, limit });
            const lines = block ? numbered(block).filter(([number]) => number >= from) : [];
            if (lines.length > 0) {
                this.keepPlace(() => this.insert(lines, from, lines.at(-1)[0]));
                this.trim();
            }

            if (block && (lines.length === 0 || this.last >= this.total)) {
                document.querySelector("[data-log-later]")?.remove();
            }
        });
    }

    /** Brings a line into the page, with what is around it, and to the middle of the view. */
    async goTo(number) {
        if (!this.line(number)) {
            const from = Math.max(1, number - Lead);
            const block = await this.fetch({ from });
            const lines = block ? numbered(block) : [];
            if (lines.length === 0) {
                return null;
            }

            this.follows = false;
            this.insert(lines, from, lines.at(-1)[0]);
        }

        const line = this.line(number);
        this.follows = false;
        line && this.center(line);
        this.trim();
        this.tell();
        return line;
    }

    /** Drops what is farthest from what one looks at. It comes again when one scrolls there. */
    trim() {
        const most = this.follows ? MostFollowed : Most;
        let count = this.count;
        if (count <= most) {
            return;
        }

        const fromEnd = !this.follows && this.log.scrollTop < (this.log.scrollHeight - this.log.clientHeight) / 2;
        const parts = fromEnd ? this.parts.reverse() : this.parts;
        const dropped = [];
        for (let at = 0; count > most || isGap(parts[at]); at++) {
            dropped.push(parts[at]);
            count -= isGap(parts[at]) ? 0 : parts[at].childElementCount;
        }

        this.keepPlace(() => dropped.forEach(part => part.remove()));
        if (fromEnd && this.isLive) {
            // What comes later comes behind it.
            this.skip(startOf(dropped.at(-1)), endOf(dropped[0]));
        }
    }

    tell() {
        const count = document.querySelector("[data-log-count]");
        const [first, last] = [this.first, this.last];
        count.textContent = this.filtered ? `${plain.format(this.matching)} of ${plain.format(this.total)} lines`
            : !last || this.count >= this.total ? `${plain.format(this.total)} ${this.total === 1 ? "line" : "lines"}`
            : `Lines ${plain.format(first)}–${plain.format(last)} of ${plain.format(this.total)}${this.parts.some(isGap) ? ", with gaps" : ""}`;
        const button = document.querySelector("[data-log-follow]");
        button.hidden = !this.isLive && this.isAtEnd();
        button.textContent = this.missed > 0 ? `↓ ${plain.format(this.missed)} new ${this.missed === 1 ? "line" : "lines"}` : this.follows ? "Following" : this.isLive ? "↓ Follow" : "↓ End";
        button.setAttribute("aria-pressed", String(this.follows));
    }
}
