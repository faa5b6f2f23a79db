export const bitOf: { readonly FIRST: number; readonly SECOND: number; readonly LAST: number };
export const WORD_OF: { readonly SHIFT: number };
export const PASSED_AT: number;
export const BITS_AT: number;
export function wordsFor(people: number): number;
export function note(words: Int32Array, high: number, low: number): void;
