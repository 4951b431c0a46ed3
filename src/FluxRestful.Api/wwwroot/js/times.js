// The server writes times in UTC; here they become local and, while they are fresh, relative, with the local and the UTC time on hover, as the preferences
// have it. Durations that run go on.
const { zone, times, now: told } = document.documentElement.dataset;

// By the server's clock: the browser's may be hours off. A difference of seconds is the way that the page took.
const ahead = Date.now() - Number(told);
const skew = Math.abs(ahead) > 30000 ? ahead : 0;

/** What time it is for the server, in milliseconds. */
export const serverNow = () => Date.now() - skew;

/** Never in the order of months and days that some countries have. */
export function date(at, withSeconds) {
    const text = zone === "utc" ? new Date(at).toISOString().slice(0, 19).replace("T", " ") : localDate(at);
    return (withSeconds ? text : text.slice(0, 16)) + (zone === "utc" ? " UTC" : "");
}

function localDate(at) {
    const d = new Date(at);
    return new Date(at - d.getTimezoneOffset() * 60000).toISOString().slice(0, 19).replace("T", " ");
}

function duration(seconds) {
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
    const now = serverNow();
    for (const time of root.querySelectorAll("time[datetime]:is([data-ago], [data-exact], [data-date])")) {
        const at = Date.parse(time.dateTime);
        const seconds = (now - at) / 1000;
        if (!time.dataset.utc) {
            time.dataset.utc = time.title;
            time.title = `${time.title} (${localDate(at)} here)`;
        }

        const isFresh = times !== "date" && "ago" in time.dataset && seconds >= -30 && seconds < 86400;
        const text = isFresh ? ago(Math.max(0, seconds)) : date(at, "exact" in time.dataset);
        if (time.textContent !== text) {
            time.textContent = text;
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
