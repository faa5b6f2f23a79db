/**
 * One file over several threads. A range may begin inside a quoted field, where no local look can tell a line end from
 * text; so each thread guesses, and the ranges are then held to each other: where one ends the next must have begun. A
 * range that guessed wrongly is read again from the right place.
 */
import fs from "node:fs";
import { Worker } from "node:worker_threads";
import { passingModule } from "./passing.ts";
import { compiled, type Found, type Plan, type Range } from "./scanner.mjs";

export interface Scanners {
  /**
   * Calls `found` once for each range, in the order of the file, with the number of the row before it. What it is given
   * is lent: the next range is written into the same buffers.
   */
  scan(file: FileToScan, found: (f: Found, rowsBefore: number) => void): Promise<void>;
  close(): Promise<void>;
}
export interface FileToScan extends Plan {
  /** Behind the heading. */
  readonly start: number;
  /** Where to split, if not at every 8 MB. */
  readonly rangeBytes?: number;
}

const RANGE = 8 << 20;
/** A thread reads bytes and makes few objects; what it may take beyond its buffers. */
const LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 256 };

interface Asked {
  readonly plan: Plan;
  readonly range: Range;
  resolve(f: Found): void;
  reject(e: Error): void;
}

/** @param perThread bytes of a file for which one thread more is worth its start and warming up */
export function createScanners(threads = 2, perThread = 256 << 20): Scanners {
  const passing = compiled(passingModule());
  const idle: Worker[] = [];
  const queue: Asked[] = [];
  const all: Worker[] = [];
  const busy = new Map<Worker, Asked>();
  const knows = new WeakMap<Worker, Plan>();
  hire();

  function hire(): void {
    const w = new Worker(new URL("./worker.mjs", import.meta.url), {
      ...{ execArgv: [], resourceLimits: LIMITS, workerData: { passing } },
    });
    w.unref();
    w.on("message", (m: { found?: Found; error?: string }) => {
      const asked = busy.get(w);
      busy.delete(w);
      idle.push(w);
      if (m.found) asked?.resolve(m.found);
      else asked?.reject(new Error(m.error));
      next();
    });
    w.on("error", (e: Error) => {
      busy.get(w)?.reject(e);
      busy.delete(w);
      all.splice(all.indexOf(w), 1);
      if (idle.includes(w)) idle.splice(idle.indexOf(w), 1);
      hire();
      next();
    });
    all.push(w);
    idle.push(w);
  }
  function next(): void {
    while (idle.length > 0 && queue.length > 0) {
      const asked = queue.shift()!;
      const w = idle.pop()!;
      const { plan, range } = asked;
      busy.set(w, asked);
      w.ref();
      w.postMessage({ range, ...(knows.get(w) !== plan && { plan }) }, range.room ?? []);
      knows.set(w, plan);
    }
    for (const w of idle) w.unref();
  }
  const run = (plan: Plan, range: Range) =>
    new Promise<Found>((resolve, reject) => {
      queue.push({ plan, range, resolve, reject });
      next();
    });

  return {
    async scan({ start, rangeBytes: step = RANGE, ...plan }, found) {
      const size = fs.statSync(plan.path).size;
      while (all.length < Math.min(threads, 1 + Math.floor(size / perThread))) hire();
      const ranges: Range[] = [];
      for (let from = start; from < size; from += step)
        ranges.push({ from, to: Math.min(size, from + step), guess: from !== start });
      const empty: ArrayBuffer[][] = [];
      // A few ranges ahead of the one being taken in, so that what was found does not pile up.
      const ahead: Promise<Found>[] = [];
      let sent = 0;
      const send = () => {
        while (sent < ranges.length && ahead.length < all.length + 1) {
          const p = run(plan, { ...ranges[sent++]!, room: empty.pop() });
          p.catch(() => {}); // awaited in its turn
          ahead.push(p);
        }
      };
      const emptied = (f: Found) =>
        empty.push([f.persons.buffer, f.values.buffer, f.kept.buffer, f.keptEnds.buffer]);
      let at = start;
      let rows = 0;
      for (const range of ranges) {
        send();
        let f = await ahead.shift()!;
        if (at < range.to) {
          if (f.first !== at) {
            emptied(f);
            f = await run(plan, { ...range, from: at, guess: false, room: empty.pop() });
          }
          found(f, rows);
          if (f.fatal) {
            await Promise.allSettled(ahead);
            return;
          }
          rows += f.rows;
          at = f.next;
        } // else one row reached over this whole range
        emptied(f);
      }
    },
    close: async () => {
      await Promise.all(all.map((w) => w.terminate()));
    },
  };
}
