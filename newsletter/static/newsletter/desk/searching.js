/* Where words stand in a text. */

const letter = "[\\p{L}\\p{N}_]";

/* All places as [start, end], in their order. */
export function placesOf(words, text, { matchCase, wholeWords }) {
  if (!words) return [];
  const literal = words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const pattern = wholeWords ? `(?<!${letter})${literal}(?!${letter})` : literal;
  const found = text.matchAll(new RegExp(pattern, matchCase ? "gu" : "giu"));
  return Array.from(found, ({ 0: { length }, index }) => [index, index + length]);
}

/* The text from the first place to the last, with other words in all of them. */
export function replaced(text, places, words) {
  let at = places[0][0];
  let written = "";
  for (const [start, end] of places) {
    written += text.slice(at, start) + words;
    at = end;
  }
  return written;
}
