/** The watch list in shared memory: 17 digits of each ID as two integers, open addressing, read by every thread. */
import { cleaned, packId } from "./keys.mjs";
import { note, wordsFor } from "./maybe.mjs";
import { slotOf, type Table } from "./scanner.mjs";

export interface WatchList {
  /** Two people with one number: the first. */
  add(person: number, high: number, low: number): void;
  readonly table: Table;
}

/** @param most people that it has room for */
export function createWatchList(most: number): WatchList {
  let size = 1024;
  while (size < most * 2) size *= 2;
  const mask = size - 1;
  const slots = new Int32Array(new SharedArrayBuffer(size * 8)).fill(-1);
  const people = new Int32Array(new SharedArrayBuffer(size * 4)).fill(-1);
  const maybe = new Int32Array(new SharedArrayBuffer(wordsFor(most) * 4));
  return {
    add(person, high, low) {
      let s = slotOf(high, low, mask);
      while (slots[2 * s] !== -1) {
        if (slots[2 * s] === high && slots[2 * s + 1] === low) return;
        s = (s + 1) & mask;
      }
      slots[2 * s] = high;
      slots[2 * s + 1] = low;
      people[s] = person;
      note(maybe, high, low);
    },
    table: {
      ids: slots.buffer as SharedArrayBuffer,
      people: people.buffer as SharedArrayBuffer,
      mask,
      maybe: maybe.buffer as SharedArrayBuffer,
    },
  };
}

/** @param ids of 18 characters; a place in the list is the person's number. */
export function watchTable(ids: readonly string[]): Table {
  const list = createWatchList(ids.length);
  ids.forEach((id, person) => {
    const key = packId(cleaned(id));
    // An old certificate without 18 digits finds nobody by number.
    if (typeof key !== "string") list.add(person, key.high, key.low);
  });
  return list.table;
}
