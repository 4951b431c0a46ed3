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
import "./jobs/list.js";
import "./keys.js";
import "./submit/submit.js";
