/* Pasting from a browser keeps links, pictures and lists: the clipboard's HTML goes to the
   server, which answers Markdown. Plain text, and what has nothing to keep, pastes as ever. */

const worthKeeping = "a[href], img[src], ul, ol, h1, h2, h3, h4, blockquote, pre, strong, em, table";

export function token() {
  return document.querySelector("main [name=csrfmiddlewaretoken]").value;
}

/* Typed, as it were: so that undo takes it back. */
export function insert(textarea, text) {
  textarea.focus();
  if (!document.execCommand("insertText", false, text)) {
    textarea.setRangeText(text, textarea.selectionStart, textarea.selectionEnd, "end");
    textarea.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
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
