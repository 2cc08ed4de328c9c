/* The blocks that can be put into a text. Each is plain Markdown, written in a certain way: see
   `threads.text.conventions` for those that look like more than they are. */

import { askForPage } from "./cards.js";
import { addFootnote } from "./footnotes.js";
import { insertBlock } from "./inserting.js";
import { text } from "./page.js";
import { askForPicture } from "./pictures.js";
import { askForPart } from "./quotes.js";

const table = "| What | How many |\n|---|---|\n| One | 1 |";

/* `also`: other words that it is found by. */
export const blocks = [
  { name: "Heading", says: "begins a section", also: "title section h2", does: write("## ", "Heading") },
  { name: "Quote of a part", says: "words of the thread", also: "status citation", does: askForPart },
  { name: "Picture", says: "with its description", also: "image photo", does: () => askForPicture() },
  { name: "Link card", says: "a page and what it is", also: "url preview bookmark", does: askForPage },
  { name: "Footnote", says: "a note at the end", also: "source", does: addFootnote },
  {
    name: "Pull quote",
    says: "a sentence to remember",
    also: "callout highlight",
    does: write("> **", "The sentence to remember", "**"),
  },
  {
    name: "Call to action",
    says: "a link as a button",
    also: "button cta",
    does: write("**[", "Read the book", "](https://)**"),
  },
  {
    name: "Subscribe button",
    says: "for who is no reader yet",
    also: "sign up cta",
    does: write("**[", "Subscribe", `](${text.dataset.subscribe})**`),
  },
  { name: "Blank", says: "a question to answer", also: "todo gap", does: write("[blank: ", "?", "]") },
  { name: "Table", says: "rows and columns", also: "grid", does: () => insertBlock(table, "What") },
];

function write(before, words, after = "") {
  return () => insertBlock(before + words + after, words);
}
