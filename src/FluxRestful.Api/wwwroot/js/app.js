// What every page has. Each module finds its own elements and improves them; a page without scripts works too.
import "./menus.js";
import "./theme.js";
import "./reveal.js";
import "./requests.js";
import "./times.js";
import "./copy.js";
import "./jobs/pick.js";
import "./ask.js";
import "./away.js";
import "./live.js";
import "./keys.js";
import "./submit/sent.js";

// Who asks to be told when a job ends; the rest comes when somebody does.
if (isSecureContext && "Notification" in window && "SharedWorker" in window) {
    const watch = () => import("./jobs/watch.js");
    document.body.dataset.notify = "";
    document.addEventListener("click", async event => {
        const button = event.target.closest("[data-watch]");
        button && (await watch()).press(button);
    });
    sessionStorage.getItem("flux-restful-watched") && watch();
}
