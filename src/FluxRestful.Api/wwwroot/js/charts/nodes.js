// The map of nodes: a click leads to the jobs of the node; a map of thousands is drawn here, from two letters for each node.
const cell = 12;
const letters = "fmagdxe";

function colour(name) {
    const probe = document.createElement("span");
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
}

function draw() {
    const canvas = document.querySelector("canvas.node-map");
    if (!canvas) {
        return;
    }

    const code = canvas.dataset.nodes;
    const columns = Math.max(1, Math.floor(canvas.parentElement.clientWidth / cell));
    const count = code.length / 2;
    const scale = devicePixelRatio;
    const [ground, used, away, down, mark] = ["--sunken", "--map-used", "--pending-soft", "--failed-soft", "--text"].map(colour);
    canvas.width = columns * cell * scale;
    canvas.height = Math.ceil(count / columns) * cell * scale;
    canvas.style.width = `${columns * cell}px`;
    canvas.dataset.columns = columns;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    pen.lineWidth = 1;
    pen.strokeStyle = mark;
    for (let i = 0; i < count; i++) {
        const state = letters.indexOf(code[2 * i]);
        const [x, y, size] = [i % columns * cell, Math.floor(i / columns) * cell, cell - 2];
        pen.fillStyle = state === 5 ? down : state > 2 ? away : ground;
        pen.fillRect(x, y, size, size);
        const share = Number(code[2 * i + 1]) / 9 * size;
        if (share > 0) {
            pen.fillStyle = used;
            pen.fillRect(x, y + size - share, size, share);
        }

        if (state > 2) {
            pen.beginPath();
            pen.moveTo(x + 1, y + size - 1);
            pen.lineTo(x + size - 1, y + 1);
            if (state === 5) {
                pen.moveTo(x + 1, y + 1);
                pen.lineTo(x + size - 1, y + size - 1);
            }

            pen.stroke();
        }
    }
}

function hostAt(event) {
    const canvas = event.target.closest("canvas.node-map");
    if (!canvas) {
        return event.target.closest(".node-map [data-host]")?.dataset.host;
    }

    const i = Math.floor(event.offsetY / cell) * Number(canvas.dataset.columns) + Math.floor(event.offsetX / cell);
    const host = canvas.dataset.hosts.split(" ")[i];
    canvas.title = host ? `${host}, rank ${i}` : "";
    return host;
}

document.addEventListener("mousemove", event => { event.target instanceof HTMLCanvasElement && hostAt(event); });
document.addEventListener("click", event => {
    const host = event.target instanceof Element && hostAt(event);
    if (host) {
        location.href = `/jobs?state=all&node=${encodeURIComponent(host)}`;
    }
});
document.addEventListener("part-updated", draw);
addEventListener("resize", draw);
new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
draw();
