/* Where the journal's entries lie: a database of this browser. localStorage may reach the disk only
   half a minute after it was written. */

const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open("desk", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("journal", { keyPath: "key" });
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
opened.catch(() => {}); // who asks it something hears of it

export async function ask(mode, question) {
  // Strict: on the disk, not only on its way there.
  const transaction = (await opened).transaction("journal", mode, { durability: "strict" });
  const request = question(transaction.objectStore("journal"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/* As long as this page is there, no other one takes the entry for left behind. */
export function claim(key) {
  navigator.locks?.request(key, () => new Promise(() => {}));
}
