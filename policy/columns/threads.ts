import { Worker } from "node:worker_threads";
import type { ColumnMachine, TypedHouseholds, TypedResult } from "./index.ts";
import { CHUNK } from "./loop.mjs";
import { shareOut } from "./share.mjs";

/**
 * Further threads for the columnar machine. The calling thread works too, so two threads are one helper. Columns and
 * results must lie in shared memory (`allocate(households, true)`); where they do not, the calling thread does it all.
 */
export class ColumnThreads {
  private readonly workers: Worker[];

  /** @param threads in all, the caller's included */
  constructor(threads: number) {
    this.workers = Array.from({ length: Math.max(0, threads - 1) }, () => {
      const worker = new Worker(new URL("./worker.mjs", import.meta.url), { execArgv: [] });
      return worker;
    });
  }

  /** Resolves when every helper runs. */
  async ready(): Promise<void> {
    await Promise.all(
      this.workers.map(
        (w) =>
          new Promise<void>((resolve, reject) => {
            // Once it runs, it does not keep the process alive.
            w.once("online", () => {
              w.unref();
              resolve();
            });
            w.once("error", reject);
          }),
      ),
    );
  }

  /** The same as `machine.evaluate`, shared out. @throws as it does */
  evaluate(
    machine: ColumnMachine,
    households: TypedHouseholds,
    into: Record<string, TypedResult> = machine.allocate(households, true),
  ): Record<string, TypedResult> {
    const bound = machine.shareable(households, into);
    if (!bound || this.workers.length === 0) return machine.evaluate(households, into);
    const { count } = households;
    const control = new Int32Array(new SharedArrayBuffer(12));
    const tripped = new Uint8Array(new SharedArrayBuffer(Math.ceil(count / CHUNK) || 1));
    for (const w of this.workers) w.postMessage({ bound, control, tripped, count });
    shareOut(bound, control, tripped, count);
    for (let done = Atomics.load(control, 1); done < this.workers.length; done = Atomics.load(control, 1))
      Atomics.wait(control, 1, done);
    if (Atomics.load(control, 2) !== 0) return machine.evaluate(households, into);
    for (const [k, bad] of tripped.entries())
      if (bad === 1) machine.evaluate(households, into, k * CHUNK, Math.min(count, (k + 1) * CHUNK));
    return into;
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((w) => w.terminate()));
  }
}
