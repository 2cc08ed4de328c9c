/* The desk: everything that makes its page more than a form. */

import "./saving.js";
import "./preview.js";
import "./places.js";
import "./writing.js";
import "./pictures.js";
