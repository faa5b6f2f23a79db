import { CHUNK, loopOf } from "./loop.mjs";

/** Chunks that a thread takes at a time. */
const BLOCK = 4;

/** Where a helper stands: not begun, at work, finished, failed; or not needed, because all was done before it began. */
export const STATE = { idle: 0, working: 1, done: 2, failed: 3, unneeded: 4 };

/** Computes blocks until none is left. `next`: the next chunk; `tripped`: 1 for each chunk in which a guard tripped. */
export function shareOut(bound, next, tripped, count) {
  const loop = loopOf(bound);
  for (;;) {
    const first = Atomics.add(next, 0, BLOCK);
    if (first * CHUNK >= count) return;
    for (let k = first; k < first + BLOCK && k * CHUNK < count; k++) {
      if (loop(k * CHUNK, Math.min(count, (k + 1) * CHUNK)) < 0) tripped[k] = 1;
    }
  }
}
