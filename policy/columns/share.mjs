import { CHUNK, loopOf } from "./loop.mjs";

/** Chunks that a thread takes at a time. */
const BLOCK = 16;

/**
 * Computes blocks until none is left. `control`: 0 next chunk, 1 threads that have finished, 2 a thread failed.
 * `tripped`: 1 for each chunk in which a guard tripped.
 */
export function shareOut(bound, control, tripped, count) {
  const loop = loopOf(bound);
  for (;;) {
    const first = Atomics.add(control, 0, BLOCK);
    if (first * CHUNK >= count) return;
    for (let k = first; k < first + BLOCK && k * CHUNK < count; k++) {
      if (loop(k * CHUNK, Math.min(count, (k + 1) * CHUNK)) < 0) tripped[k] = 1;
    }
  }
}
