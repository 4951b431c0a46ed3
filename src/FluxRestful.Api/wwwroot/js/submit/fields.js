// What the submit form's fields do without the server where scripts run: rows of variables, sliders beside numbers, jobs picked to wait for.
import { fetchPart } from "../requests.js";

const changed = field => field.dispatchEvent(new Event("input", { bubbles: true }));

/** A row for a variable; the first one is used again while it is empty, and a row of the same name. */
export function addVariable(form, name = "", value = "") {
    const body = form.querySelector("[data-variables]");
    const rows = [...body.rows];
    let row = rows.find(one => name && one.querySelector("input").value === name) ?? (name ? rows.find(isEmpty) : null);
    if (!row) {
        row = rows[0].cloneNode(true);
        body.append(row);
    }

    row.querySelector("input").value = name;
    row.querySelector("textarea").value = value;
    number(body);
    return row;
}

const isEmpty = row => !row.querySelector("input").value && !row.querySelector("textarea").value;

function number(body) {
    [...body.rows].forEach((row, i) => {
        row.querySelector("input").setAttribute("aria-label", `Name of variable ${i + 1}`);
        row.querySelector("textarea").setAttribute("aria-label", `Value of variable ${i + 1}`);
        row.querySelector("button").setAttribute("aria-label", `Remove variable ${i + 1}`);
        row.querySelector("button").value = `drop-variable-${i}`;
    });
}

function startVariables(form) {
    const body = form.querySelector("[data-variables]");
    if (!body) {
        return;
    }

    form.querySelector("[data-add-variable]").addEventListener("click", event => {
        event.preventDefault();
        addVariable(form).querySelector("input").focus();
    });
    body.addEventListener("click", event => {
        const button = event.target.closest("[data-drop-variable]");
        if (!button) {
            return;
        }

        event.preventDefault();
        const row = button.closest("tr");
        if (body.rows.length === 1) {
            row.querySelector("input").value = row.querySelector("textarea").value = "";
        } else {
            const next = row.nextElementSibling ?? row.previousElementSibling;
            row.remove();
            next.querySelector("button").focus();
        }

        number(body);
        changed(body);
    });
    const block = form.querySelector("[data-variables-block]");
    block.addEventListener("change", async () => {
        // The server reads it; what is no block stays, and the check says why.
        const sent = block.value;
        const token = form.elements.__RequestVerificationToken.value;
        const rows = sent && await fetchPart("/ui/submit/variables", { method: "POST", body: new URLSearchParams({ environment: sent, __RequestVerificationToken: token }) });
        if (rows && block.value === sent) {
            for (const [name, value] of JSON.parse(rows)) {
                addVariable(form, name, value);
            }

            block.value = "";
            changed(block);
        }
    });
}

function startSliders(form) {
    for (const slider of form.querySelectorAll("[data-slider]")) {
        const field = document.getElementById(slider.dataset.slider);
        slider.addEventListener("input", () => { field.value = slider.value; });
        field.addEventListener("input", () => { slider.value = field.value || slider.min; });
    }

    const bound = () => {
        const bounds = document.getElementById("bounds")?.dataset ?? {};
        for (const slider of form.querySelectorAll("[data-bound]")) {
            const field = document.getElementById(slider.dataset.slider);
            const most = bounds[slider.dataset.bound];
            slider.hidden = !(Number(most) > Number(slider.min));
            if (most) {
                slider.max = most;
                slider.value = field.value || slider.min;
            }
        }
    };
    bound();
    document.addEventListener("htmx:after:swap", bound);
}

function startDependencies(form) {
    form.querySelector("[data-add-dependency]")?.addEventListener("click", event => {
        event.preventDefault();
        const job = form.querySelector("[data-after-job]");
        const line = document.getElementById("dependencies");
        const picked = `${form.querySelector("[data-after-kind]").value}:${job.value}`;
        if (job.value && !line.value.split(" ").includes(picked)) {
            line.value = `${line.value.trim()} ${picked}`.trim();
        }

        job.value = "";
        changed(line);
    });
}

export function startFields(form) {
    startVariables(form);
    startSliders(form);
    startDependencies(form);
}
