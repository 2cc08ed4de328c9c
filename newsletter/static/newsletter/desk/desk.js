/* The desk: everything that makes its page more than a form. */

import "./saving.js";
import "./restoring.js";
import "./presence.js";
import "./preview.js";
import "./places.js";
import "./blanks.js";
import "./writing.js";
import "./keys.js";
import "./slash.js";
import "./dropping.js";
import "./finding.js";
import "./focus.js";
import "./counting.js";
import "./standing.js";
import "./ribbon.js";
import "./roving.js";
import "./sources.js";
import "./living.js";
