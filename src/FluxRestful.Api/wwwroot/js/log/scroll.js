// Where one looks in a log, and that it stays there.
const Edge = 24;

/** To be extended by what knows the parts. */
export class Scroller {
    follows = false;
    missed = 0;
    settling = 0;
    leaves = false;

    constructor(log) {
        this.log = log;
        this.top = log.scrollTop;
        this.height = log.scrollHeight;
    }

    isAtEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < Edge; }

    /** Somebody turns up: at once, for a browser scrolls by and by, and a line that comes meanwhile would bring the end back. */
    leave() {
        cancelAnimationFrame(this.settling);
        this.leaves = this.log.scrollTop > 0;
        this.follows &&= !this.leaves;
    }

    /** Somebody wants the end, or has come near it. */
    follow() {
        this.leaves = false;
        this.follows = this.isLive;
        this.missed = 0;
    }

    /** Changes what is there without moving what one looks at. */
    keepPlace(change) {
        if (this.follows) {
            change();
            this.toEnd();
            return;
        }

        const anchor = this.topmost();
        const before = anchor?.getBoundingClientRect().top;
        change();
        if (anchor?.isConnected) {
            this.log.scrollTop += anchor.getBoundingClientRect().top - before;
        }
    }

    // The first line to be seen, also where the log itself is not.
    topmost() {
        const top = this.log.getBoundingClientRect().top + 8;
        const piece = this.parts.find(part => part.getBoundingClientRect().bottom > top);
        if (!piece?.matches(".lines")) {
            return null;
        }

        let [low, high] = [0, piece.childElementCount - 1];
        while (low < high) {
            const middle = (low + high) >> 1;
            piece.children[middle].getBoundingClientRect().bottom > top ? high = middle : low = middle + 1;
        }

        return piece.children[low];
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

    /** At once, and again when what came into view has been drawn and has its true height. */
    toEnd() {
        this.missed = 0;
        const move = () => { this.log.scrollTop = this.log.scrollHeight; };
        move();
        cancelAnimationFrame(this.settling);
        this.settling = requestAnimationFrame(() => { this.settling = requestAnimationFrame(move); });
    }
}
