// One stream for all tabs of a browser: a browser has only six connections to a server over HTTP/1.1.
const tabs = new Set();
let source = null;
let state = "off";
let last = null;

function tell(message) {
    for (const tab of tabs) {
        tab.postMessage(message);
    }
}

function open() {
    source = new EventSource("/ui/events");
    source.onopen = () => tell({ state: state = "on" });
    source.onerror = () => {
        tell({ state: state = "lost" });
        // Closed for good: the session is over, or the server said no. Ask again now and then.
        if (source.readyState === EventSource.CLOSED) {
            setTimeout(open, 5000 + Math.random() * 5000);
        }
    };
    source.addEventListener("jobs", event => tell({ jobs: last = JSON.parse(event.data) }));
}

self.onconnect = event => {
    const tab = event.ports[0];
    tabs.add(tab);
    tab.onmessage = message => {
        if (message.data === "bye") {
            tabs.delete(tab);
            if (tabs.size === 0) {
                source?.close();
                source = null;
            }
        }
    };
    tab.postMessage({ state });
    if (last) {
        tab.postMessage({ jobs: last, isOld: true });
    }

    if (!source) {
        open();
    }
};
