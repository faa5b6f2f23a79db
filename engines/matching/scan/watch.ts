/** The watch list in shared memory: 17 digits of each ID as two integers, open addressing, read by every thread. */
import { cleaned, packId } from "./keys.mjs";
import { note, wordsFor } from "./maybe.mjs";
import { slotOf, type Table } from "./scanner.mjs";

/** @param ids of 18 characters; a place in the list is the person's number. Two people with one number: the first. */
export function watchTable(ids: readonly string[]): Table {
  let size = 1024;
  while (size < ids.length * 2) size *= 2;
  const mask = size - 1;
  const slots = new Int32Array(new SharedArrayBuffer(size * 8)).fill(-1);
  const people = new Int32Array(new SharedArrayBuffer(size * 4)).fill(-1);
  const maybe = new Int32Array(new SharedArrayBuffer(wordsFor(ids.length) * 4));
  ids.forEach((id, person) => {
    const key = packId(cleaned(id));
    if (typeof key === "string") return; // an old certificate without 18 digits finds nobody by number
    let s = slotOf(key.high, key.low, mask);
    while (slots[2 * s] !== -1) {
      if (slots[2 * s] === key.high && slots[2 * s + 1] === key.low) return;
      s = (s + 1) & mask;
    }
    slots[2 * s] = key.high;
    slots[2 * s + 1] = key.low;
    people[s] = person;
    note(maybe, key.high, key.low);
  });
  return {
    ids: slots.buffer as SharedArrayBuffer,
    people: people.buffer as SharedArrayBuffer,
    mask,
    maybe: maybe.buffer as SharedArrayBuffer,
  };
}
