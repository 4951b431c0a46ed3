// What a log consists of: pieces of lines, and gaps that say how much is missing and load it. Both know which numbers they cover, from the one to the other.
export const Block = 1000;
export const plain = new Intl.NumberFormat("en-US");

// A browser lays out the pieces that are near to what is seen: small ones, so that little is to be done however much comes.
const Piece = 200;

export const numberOf = line => Number(line.id.slice(1));
export const isGap = part => part?.dataset.to !== undefined;
export const startOf = part => Number(part.dataset.from ?? part.dataset.first);
export const endOf = part => Number(part.dataset.to ?? part.dataset.last);

/** What the server sent: a block of lines, and lines that have begun. */
export function parse(html) {
    const body = new DOMParser().parseFromString(html, "text/html");
    return { block: body.querySelector(".lines"), begun: body.querySelector(".begun") };
}

/** The lines of a block with their numbers; what stands between two lines goes with the one behind it. */
export function numbered(block) {
    let number = Infinity;
    return [...block.children].reverse().map(child => [number = child.id ? numberOf(child) : number, child]).reverse();
}

/** Pieces of lines that cover these numbers. A piece that has room takes the first of them. */
export function makePieces(lines, from, to, before, lineHeight) {
    const pieces = [];
    let piece = before?.matches(".lines") && before.childElementCount + lines.length <= Piece ? before : null;
    for (let at = 0; at < lines.length; at += Piece) {
        const some = lines.slice(at, at + Piece);
        if (!piece) {
            piece = document.createElement("div");
            piece.className = "lines";
            piece.dataset.first = at === 0 ? from : some[0][0];
            pieces.push(piece);
        }

        piece.append(...some.map(([, line]) => line));
        piece.dataset.last = at + Piece < lines.length ? lines[at + Piece][0] - 1 : to;
        measure(piece, lineHeight);
        piece = null;
    }

    return pieces;
}

/** How high it is about, before it is drawn. */
export function measure(piece, lineHeight) {
    piece.style.containIntrinsicSize = `auto ${Math.round(piece.childElementCount * lineHeight)}px`;
}

export function makeGap(from, to, why = "not shown") {
    const gap = document.createElement("p");
    gap.className = "gap";
    gap.append("… ", document.createElement("span"), ` ${why}: `, document.createElement("a"), " ", document.createElement("a"));
    gap.lastElementChild.dataset.last = "";
    setGap(gap, from, to);
    return gap;
}

export function setGap(gap, from, to) {
    Object.assign(gap.dataset, { from, to });
    const count = to - from + 1;
    const [first, last] = gap.querySelectorAll("a");
    gap.querySelector("span").textContent = count === 1 ? "1 line" : `${plain.format(count)} lines`;
    first.textContent = count > Block ? `load the first ${plain.format(Block)}` : "load";
    first.href = `${location.pathname}?from=${from}#L${from}`;
    last.hidden = count <= Block;
    last.textContent = `the last ${plain.format(Block)}`;
    last.href = `${location.pathname}?before=${to + 1}`;
}
