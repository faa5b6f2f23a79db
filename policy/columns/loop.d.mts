import type { Numbers } from "./facts.ts";
import type { WasmMemory, WasmModule } from "./webassembly.ts";

export const CHUNK: number;
export const MOST_MEMBERS: number;
export const MOST_IN_BLOCK: number;
export const PADDING: number;

/** A column, or a result, of a program. */
export interface BoundArray {
  readonly array: Numbers;
  /** Its address, where it lies in the program's memory. */
  readonly at?: number;
  readonly bytes: number;
  readonly member: boolean;
  /** Entries that a block reads beyond its last household. */
  readonly more: number;
  /** Place in the scratch memory, and in the table of addresses. */
  readonly place: number;
  readonly entry: number;
}

/** A program and the arrays it works on; can be sent to another thread when they are shared. */
export interface Bound {
  readonly module: WasmModule;
  /** Where columns lie that need no copy; otherwise each thread has a memory of its own. */
  readonly memory?: WasmMemory;
  /** Where this thread's scratch memory begins. */
  readonly scratch: number;
  readonly scratchBytes: number;
  readonly offsets: Int32Array;
  readonly members: number;
  readonly inputs: readonly BoundArray[];
  readonly outputs: readonly BoundArray[];
}

export function loopOf(bound: Bound): (from: number, to: number) => number;
