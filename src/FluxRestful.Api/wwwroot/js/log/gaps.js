// What is missing between two blocks: how much, and the way to have it.
export const Block = 1000;
export const plain = new Intl.NumberFormat("en-US");

export function makeGap(from, to, why = "not shown") {
    const gap = document.createElement("p");
    gap.className = "gap";
    Object.assign(gap.dataset, { from, to });
    const link = document.createElement("a");
    link.href = `${location.pathname}?from=${from}#L${from}`;
    gap.append("… ", document.createElement("span"), ` ${why}: `, link);
    tellGap(gap);
    return gap;
}

export function tellGap(gap) {
    const count = Number(gap.dataset.to) - Number(gap.dataset.from) + 1;
    gap.querySelector("span").textContent = count === 1 ? "1 line" : `${plain.format(count)} lines`;
    gap.querySelector("a").textContent = count > Block ? `load the first ${plain.format(Block)}` : "load";
}
