// The server writes times in UTC; here they become relative while they are fresh, with the local and the UTC time on hover. Durations that run go on.
const local = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });

export function duration(seconds) {
    const s = Math.max(0, Math.floor(seconds));
    const two = n => String(n).padStart(2, "0");
    return s < 60 ? `${s} s`
        : s < 3600 ? `${Math.floor(s / 60)} m ${two(s % 60)} s`
        : s < 86400 ? `${Math.floor(s / 3600)} h ${two(Math.floor(s % 3600 / 60))} m`
        : `${Math.floor(s / 86400)} d ${two(Math.floor(s % 86400 / 3600))} h`;
}

function ago(seconds) {
    return seconds < 5 ? "just now"
        : seconds < 60 ? `${Math.floor(seconds)} s ago`
        : seconds < 3600 ? `${Math.floor(seconds / 60)} m ago`
        : `${Math.floor(seconds / 3600)} h ago`;
}

export function refresh(root = document) {
    const now = Date.now();
    for (const time of root.querySelectorAll("time[data-ago]")) {
        const at = Date.parse(time.dateTime);
        const seconds = (now - at) / 1000;
        if (!time.dataset.utc) {
            time.dataset.utc = time.title;
            time.title = `${time.title} (${local.format(at)} here)`;
        }

        if (seconds >= -30 && seconds < 86400) {
            time.textContent = ago(Math.max(0, seconds));
        }
    }

    for (const running of root.querySelectorAll("[data-since]")) {
        const seconds = now / 1000 - Number(running.dataset.since);
        running.textContent = duration(seconds);
    }
}

refresh();
setInterval(() => document.hidden || refresh(), 1000);
document.addEventListener("htmx:after:swap", () => refresh());
