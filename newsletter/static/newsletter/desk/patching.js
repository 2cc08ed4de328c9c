/* A page becomes another one by what differs between them: to set a long text anew would hold up
   the next key, and lose the place that its reader had scrolled to. */

/* The children of `shown` become those of `fresh`, which is of the same document. */
export function patch(shown, fresh) {
  const [before, after] = [[...shown.childNodes], [...fresh.childNodes]];
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head].isEqualNode(after[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail).isEqualNode(after.at(-1 - tail))) tail += 1;

  const gone = before.slice(head, before.length - tail);
  const come = after.slice(head, after.length - tail);
  if (gone.length === come.length && gone.every((node, index) => isAlike(node, come[index]))) {
    gone.forEach((node, index) => patch(node, come[index]));
    return;
  }
  const next = before[before.length - tail] ?? null;
  for (const node of gone) node.remove();
  for (const node of come) shown.insertBefore(node, next);
}

/* The same element, but for what is in it. */
function isAlike(one, other) {
  return one.nodeType === Node.ELEMENT_NODE && one.cloneNode(false).isEqualNode(other.cloneNode(false));
}
