/* Pasting from a browser keeps links, pictures and lists: the clipboard's HTML goes to the
   server, which answers Markdown. Plain text, and what has nothing to keep, pastes as ever. */

const worthKeeping = "a[href], img[src], ul, ol, h1, h2, h3, h4, blockquote, pre, strong, em, table";

const long = 2000; // characters

export function token() {
  return document.querySelector("main [name=csrfmiddlewaretoken]").value;
}

/* Typed, as it were: so that undo takes it back. */
export function insert(textarea, text) {
  textarea.focus();
  if (text.length > long && insertLong(textarea, text)) return;
  if (!document.execCommand("insertText", false, text)) {
    textarea.setRangeText(text, textarea.selectionStart, textarea.selectionEnd, "end");
    textarea.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

/* Chromium types a long text line by line, which takes seconds; what comes as HTML it sets at once,
   nearly always to the letter. Where not, or elsewhere, the slow way remains. */
function insertLong(textarea, text) {
  const { value, selectionStart, selectionEnd } = textarea;
  const wanted = value.slice(0, selectionStart) + text + value.slice(selectionEnd);
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  if (!document.execCommand("insertHTML", false, html)) return false;
  if (textarea.value === wanted) return true;
  document.execCommand("undo");
  textarea.setSelectionRange(selectionStart, selectionEnd);
  return false;
}

export async function toMarkdown(url, html) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": token() },
    body: new URLSearchParams({ html }),
  });
  if (!answer.ok) throw new Error(`${answer.status} from ${url}`);
  return (await answer.json()).markdown;
}

function richHtml(clipboard) {
  const html = clipboard.getData("text/html");
  if (!html) return "";
  // Parsed in a document of its own: nothing in it runs or loads.
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return parsed.querySelector(worthKeeping) ? parsed.body.innerHTML : "";
}

export function keepMarkup(textarea, kept = () => {}) {
  textarea.addEventListener("paste", async (event) => {
    const html = richHtml(event.clipboardData);
    if (!html) return;
    event.preventDefault();
    const plain = event.clipboardData.getData("text/plain");
    let text = plain;
    try {
      text = await toMarkdown(textarea.dataset.paste, html);
      kept();
    } catch {
      // The words matter more than their links.
    }
    insert(textarea, text);
  });
}
