// Draws each chart from its own table, with uPlot. No animation; the picture follows theme, width and, once a minute, the server.
import "./nodes.js";
import { fetchPart } from "../requests.js";
import { date, refresh } from "../times.js";

const height = 190;
const lengths = { "1h": 3600, "24h": 86400, "7d": 7 * 86400, "30d": 30 * 86400 };
// Where only days are told, each is told once.
const days = [1, 2, 3, 5, 7, 10, 15, 30].map(count => count * 86400);
const zone = document.documentElement.dataset.zone;
const drawn = [];

const faint = colour => colour.replace("rgb(", "rgba(").replace(")", ", .55)");

/** The columns of the table, the oldest row first; where rows are missing, nothing is drawn between. */
function read(figure) {
    const rows = [...figure.querySelectorAll("tbody tr")].reverse();
    const width = figure.querySelectorAll("thead th").length;
    const columns = Array.from({ length: width }, () => []);
    const step = Number(figure.dataset.step);
    for (const row of rows) {
        const at = Date.parse(row.querySelector("time").dateTime) / 1000;
        const before = columns[0].at(-1);
        if (before !== undefined && at - before > step * 1.5 && figure.id !== "chart-waits") {
            columns.forEach((column, i) => column.push(i === 0 ? before + step : null));
        }

        columns[0].push(at);
        [...row.querySelectorAll("td")].forEach((cell, i) => columns[i + 1].push(Number(cell.textContent)));
    }

    return columns;
}

/** Each series on top of those before it. */
function stack(columns) {
    const sum = columns[0].map(() => 0);
    return [columns[0], ...columns.slice(1).map(column => column.map((value, i) => value === null ? null : sum[i] += value))];
}

function tick(seconds, isLong) {
    const at = new Date(seconds * 1000);
    const options = isLong ? { day: "numeric", month: "short" } : { hour: "2-digit", minute: "2-digit", hour12: false };
    return at.toLocaleString("en-GB", zone === "utc" ? { ...options, timeZone: "UTC" } : options);
}

function draw(figure) {
    const place = figure.querySelector(".chart-picture");
    if (!place || !figure.querySelector("tbody tr")) {
        return;
    }

    const form = figure.dataset.form;
    const raw = read(figure);
    const isStacked = form !== "line";
    const data = isStacked ? stack(raw) : raw;
    const style = getComputedStyle(figure);
    const swatches = [...figure.querySelectorAll(".swatch")];
    const colours = swatches.map(swatch => getComputedStyle(swatch).backgroundColor);
    const words = swatches.map(swatch => swatch.parentElement.textContent);
    const readout = figure.querySelector(".readout");
    const isLong = ["7d", "30d"].includes(figure.dataset.range);
    const grid = { stroke: getComputedStyle(figure.querySelector("thead th")).borderBottomColor, width: 1 };
    const axis = { stroke: getComputedStyle(readout).color, font: `12px ${style.fontFamily}`, grid, ticks: { show: false } };
    const order = colours.map((_, i) => i + 1);
    const series = i => ({
        label: words[i - 1], stroke: colours[i - 1], width: form === "bars" ? 0 : 1.5, points: { show: form === "line" && raw[0].length < 40 },
        fill: form === "line" ? undefined : form === "bars" ? colours[i - 1] : faint(colours[i - 1]),
        paths: form === "bars" ? uPlot.paths.bars({ size: [.8, 28], align: 1 }) : form === "area" ? uPlot.paths.stepped({ align: 1 }) : undefined,
    });
    if (form === "bars") {
        // The tallest is drawn first and the others over it.
        order.reverse();
    }

    // To the end of the last step; the first few of them do not fill the whole width. Steps without a wait are left out: there the range says it.
    const step = Number(figure.dataset.step);
    const isSparse = figure.id === "chart-waits";
    const end = isSparse ? Math.max(Number(figure.dataset.until), raw[0].at(-1)) : raw[0].at(-1) + step;
    const start = Math.min(raw[0][0], end - (isSparse ? lengths[figure.dataset.range] : 12 * step));
    const options = {
        width: place.clientWidth, height, pxAlign: true, legend: { show: false }, cursor: { drag: { x: false, y: false }, points: { show: form === "line" }, y: false },
        padding: [8, isLong ? 24 : 18, 0, 0], tzDate: seconds => zone === "utc" ? uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC") : new Date(seconds * 1000),
        scales: { x: { time: true, range: () => [start, end] }, y: { range: (_, __, max) => [0, Math.max(1, max * 1.08)] } },
        axes: [
            { ...axis, size: 32, space: isLong ? 64 : 52, ...(isLong ? { incrs: days } : {}), values: (_, splits) => splits.map(at => tick(at, isLong)) },
            { ...axis, size: 46, values: (_, splits) => splits.map(n => Number.isInteger(n) ? n >= 10000 ? `${n / 1000}k` : String(n) : isSparse ? String(Math.round(n * 100) / 100) : "") },
        ],
        series: [{}, ...order.map(series)],
        bands: form === "area" ? order.slice(1).map(i => ({ series: [i, i - 1] })) : [],
        hooks: { setCursor: [plot => {
            const at = plot.cursor.idx;
            readout.textContent = at == null || raw[1][at] == null ? "" : `${date(raw[0][at] * 1000)}: ${words.map((word, i) => `${word.toLowerCase()} ${raw[i + 1][at]}`).join(", ")}`;
        }] },
    };
    place.replaceChildren();
    drawn.push(new uPlot(options, [data[0], ...order.map(i => data[i])], place));
}

function drawAll() {
    drawn.splice(0).forEach(plot => plot.destroy());
    document.querySelectorAll("figure.chart").forEach(draw);
}

async function ask() {
    const section = document.getElementById("history");
    if (!section || document.hidden) {
        return;
    }

    const html = await fetchPart(section.dataset.history);
    if (html !== null && !section.contains(document.activeElement)) {
        const open = [...section.querySelectorAll("figure:has(details[open])")].map(figure => figure.id);
        section.replaceWith(document.importNode(new DOMParser().parseFromString(html, "text/html").body.firstElementChild, true));
        open.forEach(id => document.querySelector(`#${id} details`)?.setAttribute("open", ""));
        refresh();
        drawAll();
    }
}

let width = innerWidth;
addEventListener("resize", () => {
    if (innerWidth !== width) {
        width = innerWidth;
        drawAll();
    }
});
new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
setInterval(ask, 60000);
drawAll();
