/* The board: everything that makes its page more than a form. */

import "./acting.js";
import "./cards.js";
import "./keys.js";
import "./lifting.js";
import "./dragging.js";
