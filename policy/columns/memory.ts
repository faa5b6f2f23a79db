import { DomainError } from "@wuxin/kernel";
import { arrayOver, bytesOf, type ColumnKind } from "./forms.ts";
import { type WasmMemory, webAssembly } from "./webassembly.ts";

const PAGE = 65_536;
/** Room at the beginning for what each thread works in. What is not touched takes no memory. */
export const SCRATCH_BYTES = 2 ** 22;
export const MOST_THREADS = 8;
/** After each array: rows beyond the last that four at a time may read. */
const GAP = 64;

const known = new WeakMap<ArrayBufferLike, ColumnMemory>();

/**
 * Memory for columns and results that the machine works on in place. Columns elsewhere are right as well: they are
 * copied block by block. Shared, it serves several threads.
 */
export class ColumnMemory {
  readonly memory: WasmMemory;
  readonly shared: boolean;
  private free = SCRATCH_BYTES * MOST_THREADS;

  /** @param bytes of all arrays together; each takes up to 128 more */
  constructor(bytes: number) {
    const wasm = webAssembly();
    if (!wasm) throw new DomainError("policy-no-webassembly", "这里没有 WebAssembly。请用普通数组。");
    this.shared = typeof SharedArrayBuffer === "function";
    const pages = Math.ceil((this.free + bytes) / PAGE) + 1;
    this.memory = new wasm.Memory({ initial: pages, maximum: pages, shared: this.shared });
    known.set(this.memory.buffer, this);
  }

  /** An array of zeros. @throws DomainError `policy-memory-full` */
  array<K extends ColumnKind>(kind: K, length: number): ReturnType<typeof arrayOver<K>> {
    const at = Math.ceil(this.free / GAP) * GAP;
    const end = at + length * bytesOf(kind);
    if (end + GAP > this.memory.buffer.byteLength)
      throw new DomainError("policy-memory-full", "成列计算的内存不够。请按全部数组的字节数重新申请。");
    this.free = end + GAP;
    return arrayOver(kind, this.memory.buffer, at, length);
  }
}

/** The memory in which an array lies, if it was made there. */
export function memoryOf(array: { readonly buffer: ArrayBufferLike }): ColumnMemory | undefined {
  return known.get(array.buffer);
}
