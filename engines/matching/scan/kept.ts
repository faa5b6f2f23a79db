/**
 * The rows that a scan keeps, until they are stored. Many thousand people have twenty rows each: so they wait on disk,
 * beside the file that is being read, in parts of a few thousand people; a short list never gets so far.
 */
import fs from "node:fs";

export interface Kept {
  add(person: number, row: Uint8Array): void;
  /** What came of this person so far was another's. */
  forget(person: number): void;
  /** The people of whom something is kept, part after part, each once. */
  parts(): Iterable<ReadonlyMap<number, readonly Uint8Array[]>>;
}

const PEOPLE = 2048;
const IN_MEMORY = 1 << 17;
/** Person and length before each row; this length says that the rows before do not count. */
const HEAD = 8;
const FORGET = -1;

interface Part {
  bytes: Buffer;
  length: number;
  /** Some of it is on disk. What a killed run left there counts for nothing. */
  spilled: boolean;
}

export function createKept(beside: string): Kept {
  const parts: Part[] = [];
  const fileOf = (n: number) => `${beside}.kept-${n}`;

  function write(person: number, length: number, row?: Uint8Array): void {
    const n = Math.floor(person / PEOPLE);
    parts[n] ??= { bytes: Buffer.allocUnsafeSlow(1 << 12), length: 0, spilled: false };
    const part = parts[n];
    const needed = HEAD + (row?.length ?? 0);
    if (part.length + needed > part.bytes.length) {
      if (part.length + needed > IN_MEMORY && part.length > 0) {
        fs.writeFileSync(fileOf(n), part.bytes.subarray(0, part.length), {
          flag: part.spilled ? "a" : "w",
          mode: 0o600,
        });
        part.spilled = true;
        part.length = 0;
      }
      if (part.length + needed > part.bytes.length) {
        const bigger = Buffer.allocUnsafeSlow(
          Math.max(Math.min(part.bytes.length * 2, IN_MEMORY), part.length + needed),
        );
        part.bytes.copy(bigger, 0, 0, part.length);
        part.bytes = bigger;
      }
    }
    part.bytes.writeInt32LE(person, part.length);
    part.bytes.writeInt32LE(length, part.length + 4);
    if (row) part.bytes.set(row, part.length + HEAD);
    part.length += needed;
  }

  function read(n: number, part: Part): Map<number, Uint8Array[]> {
    const inMemory = part.bytes.subarray(0, part.length);
    const all = part.spilled ? Buffer.concat([fs.readFileSync(fileOf(n)), inMemory]) : inMemory;
    const rows = new Map<number, Uint8Array[]>();
    for (let at = 0; at < all.length; ) {
      const [person, length] = [all.readInt32LE(at), all.readInt32LE(at + 4)];
      at += HEAD;
      if (length === FORGET) {
        rows.set(person, []);
        continue;
      }
      const own = rows.get(person);
      const row = all.subarray(at, at + length);
      if (own) own.push(row);
      else rows.set(person, [row]);
      at += length;
    }
    return rows;
  }

  return {
    add: (person, row) => write(person, row.length, row),
    forget: (person) => write(person, FORGET),
    *parts() {
      for (const [n, part] of parts.entries()) if (part) yield read(n, part);
    },
  };
}
