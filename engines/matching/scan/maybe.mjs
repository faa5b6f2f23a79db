/**
 * Which IDs are perhaps watched, in few enough bits to stay near the processor: two bits of one 32-bit word for each
 * person. Says never no to a watched one, and yes to about one in a hundred others.
 */

/** Multipliers of the first eight digits, the next eight, and the seventeenth. */
export const bitOf = { FIRST: 0x9e3779b1 | 0, SECOND: 0x85ebca6b | 0, LAST: 0x27d4eb2f };
/** The hash's bits above this choose the word; 5 and 5 bits below it the places in it. */
export const WORD_OF = { SHIFT: 10 };
/** Where the fast lane says how many rows it passed; the bits begin behind it. */
export const PASSED_AT = 0;
export const BITS_AT = 64;

function hashOf(high, low) {
  const first = Math.floor(high / 10);
  const second = (high % 10) * 10_000_000 + Math.floor(low / 10);
  const h = Math.imul(first, bitOf.FIRST) ^ Math.imul(second, bitOf.SECOND) ^ Math.imul(low % 10, bitOf.LAST);
  return h ^ (h >>> 15);
}

/** Words for so many people: about twenty bits each, a power of two. */
export function wordsFor(people) {
  let words = 256;
  while (words * 32 < people * 20 && words < 1 << 22) words *= 2;
  return words;
}

/** @param words Int32Array whose length is a power of two; high and low as `packId` gives them */
export function note(words, high, low) {
  const h = hashOf(high, low);
  words[(h >>> WORD_OF.SHIFT) & (words.length - 1)] |= (1 << (h & 31)) | (1 << ((h >>> 5) & 31));
}
