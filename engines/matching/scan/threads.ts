/**
 * One file over several threads. A range may begin inside a quoted field, where no local look can tell a line end from
 * text; so each thread guesses, and the ranges are then held to each other: where one ends the next must have begun. A
 * range that guessed wrongly is read again from the right place.
 */
import fs from "node:fs";
import { Worker } from "node:worker_threads";
import { passingModule } from "./passing.ts";
import { compiled, type Found, type Layout, type RangeJob, type Table } from "./scanner.mjs";

export interface Scanners {
  /** Calls `found` once for each range, in the order of the file, with the number of the row before it. */
  scan(file: FileToScan, found: (f: Found, rowsBefore: number) => void): Promise<void>;
  close(): Promise<void>;
}
export interface FileToScan {
  readonly path: string;
  /** Behind the heading. */
  readonly start: number;
  readonly layout: Layout;
  readonly table: Table | null;
  readonly keys: ReadonlyMap<string, number> | null;
  /** Where to split, if not at every 16 MB. */
  readonly rangeBytes?: number;
}

const RANGE = 16 << 20;

interface Waiting {
  resolve(f: Found): void;
  reject(e: Error): void;
}

export function createScanners(threads = 2): Scanners {
  const passing = compiled(passingModule());
  const idle: Worker[] = [];
  const queue: { job: RangeJob; waiting: Waiting }[] = [];
  const all: Worker[] = [];
  const busy = new Map<Worker, Waiting>();
  for (let n = 0; n < threads; n++) hire();

  function hire(): void {
    const w = new Worker(new URL("./worker.mjs", import.meta.url), {
      execArgv: [],
      workerData: { passing },
    });
    w.unref();
    w.on("message", (m: { found?: Found; error?: string }) => {
      const waiting = busy.get(w);
      busy.delete(w);
      idle.push(w);
      if (m.found) waiting?.resolve(m.found);
      else waiting?.reject(new Error(m.error));
      next();
    });
    w.on("error", (e: Error) => {
      busy.get(w)?.reject(e);
      busy.delete(w);
      all.splice(all.indexOf(w), 1);
      hire();
      next();
    });
    all.push(w);
    idle.push(w);
  }
  function next(): void {
    while (idle.length > 0 && queue.length > 0) {
      const { job, waiting } = queue.shift()!;
      const w = idle.pop()!;
      busy.set(w, waiting);
      w.ref();
      w.postMessage(job);
    }
    for (const w of idle) w.unref();
  }
  const run = (job: RangeJob) =>
    new Promise<Found>((resolve, reject) => {
      queue.push({ job, waiting: { resolve, reject } });
      next();
    });

  return {
    async scan(file, found) {
      const size = fs.statSync(file.path).size;
      const step = file.rangeBytes ?? RANGE;
      const { path, layout, table, keys } = file;
      const jobs: RangeJob[] = [];
      for (let from = file.start; from < size; from += step)
        jobs.push({
          ...{ path, layout, table, keys, from },
          to: Math.min(size, from + step),
          guess: from !== file.start,
        });
      // A few ranges ahead of the one being taken in, so that what was found does not pile up.
      const ahead: Promise<Found>[] = [];
      let sent = 0;
      const send = () => {
        while (sent < jobs.length && ahead.length < threads + 2) {
          const p = run(jobs[sent++]!);
          p.catch(() => {}); // awaited in its turn
          ahead.push(p);
        }
      };
      let at = file.start;
      let rows = 0;
      for (const job of jobs) {
        send();
        let f = await ahead.shift()!;
        if (at >= job.to) continue; // one row reached over this whole range
        if (f.first !== at) f = await run({ ...job, from: at, guess: false });
        found(f, rows);
        if (f.fatal) {
          await Promise.allSettled(ahead);
          return;
        }
        rows += f.rows;
        at = f.next;
      }
    },
    close: async () => {
      await Promise.all(all.map((w) => w.terminate()));
    },
  };
}
