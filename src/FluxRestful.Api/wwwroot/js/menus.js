// The browser opens and closes popovers; this tells assistive technology on which side their buttons are.
addEventListener("toggle", event => {
    for (const button of document.querySelectorAll(`[popovertarget="${event.target.id}"][aria-expanded]`)) {
        button.setAttribute("aria-expanded", String(event.newState === "open"));
    }
}, true);
