// Whether Flux is there, as the notices say; and problems that pass by themselves: the page counts down and asks again.
import { refresh, serverNow } from "./times.js";

const away = document.getElementById("away");
document.addEventListener("jobs-notice", event => {
    if (away && away.hidden !== event.detail.live) {
        if (!event.detail.live) {
            const time = away.querySelector("time");
            time.dateTime = new Date(serverNow()).toISOString();
            time.title = time.dateTime;
            refresh(away);
        }

        away.hidden = event.detail.live;
    }
});

const again = document.querySelector("[data-retry]");
if (again) {
    let left = Number(again.dataset.retry);
    const tick = setInterval(() => {
        if (document.hidden) {
            return;
        }

        left--;
        again.textContent = left > 0 ? `Asking again in ${left} s` : "Asking again";
        if (left <= 0) {
            clearInterval(tick);
            location.reload();
        }
    }, 1000);
}
