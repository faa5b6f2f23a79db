import { Worker } from "node:worker_threads";
import type { ColumnMachine, TypedHouseholds, TypedResult } from "./index.ts";
import { CHUNK } from "./loop.mjs";
import { MOST_THREADS, SCRATCH_BYTES } from "./memory.ts";
import { STATE, shareOut } from "./share.mjs";

/** Programs and memories that helpers keep, so that a month computed again needs no new instance. */
const HELD = 64;

/**
 * Further threads for the columnar machine. The calling thread works too, so two threads are one helper. Columns and
 * results must lie in shared memory (a `ColumnMemory`, or `allocate(households, "shared")`); where they do not, the
 * calling thread does it all.
 */
export class ColumnThreads {
  private readonly workers: Worker[];
  /** Objects that all helpers have, by number, oldest first. */
  private readonly held = new Map<object, number>();
  private numbered = 0;

  /** @param threads in all, the caller's included; at most 8 */
  constructor(threads: number) {
    const helpers = Math.max(0, Math.min(threads, MOST_THREADS) - 1);
    this.workers = Array.from(
      { length: helpers },
      () => new Worker(new URL("./worker.mjs", import.meta.url), { execArgv: [] }),
    );
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
    into: Record<string, TypedResult> = machine.allocate(households, "shared"),
  ): Record<string, TypedResult> {
    const whole = machine.shareable(households, into);
    if (!whole || this.workers.length === 0) return machine.evaluate(households, into);
    const { count } = households;
    const { module, memory, ...bound } = whole;
    const sent: { key: number; value: object }[] = [];
    const key = (value: object) => this.keyOf(value, sent);
    const keys = { module: key(module), ...(memory ? { memory: key(memory) } : {}) };
    const dropped = this.forget();
    const next = new Int32Array(new SharedArrayBuffer(4));
    const states = new Int32Array(new SharedArrayBuffer(4 * this.workers.length));
    const tripped = new Uint8Array(new SharedArrayBuffer(Math.ceil(count / CHUNK) || 1));
    for (const [helper, w] of this.workers.entries()) {
      const own = { ...bound, scratch: (helper + 1) * (memory ? SCRATCH_BYTES : 0) };
      w.postMessage({ sent, dropped, ...keys, bound: own, next, states, helper, tripped, count });
    }
    shareOut(whole, next, tripped, count);
    let failed = false;
    for (const helper of this.workers.keys()) {
      if (Atomics.compareExchange(states, helper, STATE.idle, STATE.unneeded) === STATE.idle) continue;
      Atomics.wait(states, helper, STATE.working);
      failed ||= Atomics.load(states, helper) === STATE.failed;
    }
    if (failed) return machine.evaluate(households, into);
    for (const [k, bad] of tripped.entries())
      if (bad === 1) machine.evaluate(households, into, k * CHUNK, Math.min(count, (k + 1) * CHUNK));
    return into;
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((w) => w.terminate()));
  }

  private keyOf(value: object, sent: { key: number; value: object }[]): number {
    let key = this.held.get(value);
    if (key === undefined) {
      key = this.numbered++;
      this.held.set(value, key);
      sent.push({ key, value });
    }
    return key;
  }

  private forget(): number[] {
    const old = [...this.held].slice(0, Math.max(0, this.held.size - HELD));
    for (const [value] of old) this.held.delete(value);
    return old.map(([, key]) => key);
  }
}
