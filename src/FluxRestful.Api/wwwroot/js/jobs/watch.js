// Tells on the desktop that a job has ended which somebody asked to be told of, also while nobody looks at the tab and after it has gone on to other pages. What has changed says the
// stream that all tabs share; which job it was, the part of its page that everybody sees.
const kept = "flux-restful-watched";
const ends = ["completed", "failed", "canceled", "timeout"];
const watched = () => JSON.parse(sessionStorage.getItem(kept) ?? "[]");
const keep = ids => ids.length > 0 ? sessionStorage.setItem(kept, JSON.stringify(ids)) : sessionStorage.removeItem(kept);
let ended = null;
let isAsking = false;

/** The button of this page as it stands, whenever the part around it was fetched anew. */
function show() {
    const button = document.querySelector("[data-watch]");
    button?.setAttribute("aria-pressed", String(watched().includes(button.dataset.watch)));
}

function say(text) {
    let line = document.getElementById("watch-says");
    if (!line) {
        line = Object.assign(document.createElement("p"), { id: "watch-says", className: "muted" });
        line.role = "status";
        document.getElementById("job")?.after(line);
    }

    // Once it is there, so that it is read out.
    setTimeout(() => { line.textContent = text; });
}

async function look() {
    if (isAsking) {
        return;
    }

    isAsking = true;
    for (const id of watched()) {
        const response = await fetch(`/ui/jobs/${id}`, { headers: { Accept: "text/html", "HX-Request": "true" } }).catch(() => null);
        const part = response?.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
        // A job that is not there any more has nothing to tell.
        if (response?.status === 404 || part?.querySelector("#job")?.dataset.state === "Inactive") {
            keep(watched().filter(other => other !== id));
            if (part) {
                tell(id, part.title.replace(/ · FluxRestful$/, ""), part.querySelector(".job-sentence").textContent);
            }
        }
    }

    isAsking = false;
    show();
}

function tell(id, title, sentence) {
    const note = new Notification(title, { body: sentence, tag: id });
    note.onclick = () => {
        focus();
        location.assign(`/jobs/${id}`);
    };
    if (document.querySelector(`#job[data-part="/ui/jobs/${id}"]`)) {
        say("The job has ended: the desktop was told.");
    }
}

/** Somebody pressed the button of a job. */
export async function press(button) {
    const id = button.dataset.watch;
    if (watched().includes(id)) {
        keep(watched().filter(other => other !== id));
        say("Nobody will be told when this job ends.");
    } else if (await Notification.requestPermission() === "granted") {
        keep([...watched(), id]);
        say("You will be told on the desktop when this job ends, as long as this tab is open.");
        look();
    } else {
        say("The browser does not allow this site to notify you; its settings for the site say so.");
    }

    show();
}

document.addEventListener("part-updated", show);
document.addEventListener("jobs-notice", ({ detail }) => {
    const now = ends.reduce((sum, end) => sum + detail[end], 0);
    if (now !== ended && watched().length > 0) {
        ended = now;
        look();
    }
});
show();
look();
