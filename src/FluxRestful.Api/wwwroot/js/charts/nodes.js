// The map of nodes: a click leads to the jobs of the node; a map of thousands is drawn here, from two letters for each node, as NodeCell draws one.
const cell = 12;
const letters = "fmagdxe";
const words = ["Free", "Partly used", "In use", "Draining", "Drained", "Down", "Excluded"];
const [draining, down, excluded] = [3, 5, 6];
let pointed = null;

function colour(name) {
    const probe = document.createElement("span");
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
}

function drawAll() {
    const maps = document.querySelectorAll("canvas.node-map");
    if (maps.length > 0) {
        const [ground, used, away, lost, out, line, mark] = ["--sunken", "--map-used", "--pending-soft", "--failed-soft", "--canceled-soft", "--line-strong", "--text"].map(colour);
        const grounds = [ground, ground, ground, away, away, lost, out];
        maps.forEach(map => draw(map, grounds, used, line, mark));
        // An update takes the words away that the pointer has brought.
        pointed && hostAt(pointed);
    }
}

function draw(canvas, grounds, used, line, mark) {
    const code = canvas.dataset.nodes;
    const count = code.length / 2;
    const style = getComputedStyle(canvas.parentElement);
    const width = canvas.parentElement.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const columns = Math.max(1, Math.min(count, Math.floor(width / cell)));
    const rows = Math.ceil(count / columns);
    const scale = devicePixelRatio;
    canvas.width = columns * cell * scale;
    canvas.height = rows * cell * scale;
    canvas.style.width = `${columns * cell}px`;
    canvas.dataset.columns = columns;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    for (let i = 0; i < count; i++) {
        const state = letters.indexOf(code[2 * i]);
        const [x, y, size] = [i % columns * cell, Math.floor(i / columns) * cell, cell - 2];
        pen.fillStyle = grounds[state];
        pen.fillRect(x, y, size, size);
        const share = Number(code[2 * i + 1]) / 9 * size;
        if (share > 0) {
            pen.fillStyle = used;
            pen.fillRect(x, y + size - share, size, share);
        }

        pen.lineWidth = .5;
        pen.strokeStyle = line;
        pen.strokeRect(x + .25, y + .25, size - .5, size - .5);
        if (state >= draining) {
            pen.lineWidth = 1;
            pen.strokeStyle = mark;
            pen.beginPath();
            pen.moveTo(x + 2, y + (state === excluded ? size / 2 : size - 2));
            pen.lineTo(x + size - 2, y + (state === excluded ? size / 2 : 2));
            if (state === down) {
                pen.moveTo(x + 2, y + 2);
                pen.lineTo(x + size - 2, y + size - 2);
            }

            pen.stroke();
        }
    }
}

function hostAt({ target, offsetX, offsetY }) {
    const canvas = target.closest("canvas.node-map");
    if (!canvas) {
        return target.closest(".node-map [data-host]")?.dataset.host;
    }

    const columns = Number(canvas.dataset.columns);
    const size = canvas.clientWidth / columns;
    const i = Math.floor(offsetY / size) * columns + Math.floor(offsetX / size);
    const host = canvas.dataset.hosts.split(" ")[i];
    canvas.title = host ? `${host}, rank ${canvas.dataset.ranks.split(" ")[i]}: ${words[letters.indexOf(canvas.dataset.nodes[2 * i])]}` : "";
    return host;
}

document.addEventListener("mousemove", ({ target, offsetX, offsetY }) => {
    pointed = target instanceof HTMLCanvasElement ? { target, offsetX, offsetY } : null;
    pointed && hostAt(pointed);
});
document.addEventListener("click", event => {
    const host = event.target instanceof Element && hostAt(event);
    if (host) {
        location.href = `/jobs?state=all&node=${encodeURIComponent(host)}`;
    }
});
document.addEventListener("part-updated", drawAll);
addEventListener("resize", drawAll);
new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
drawAll();
