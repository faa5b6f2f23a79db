/**
 * ZIP archives (APPNOTE 6.3: deflate, names in UTF-8), written as their content comes: sums and sizes of an entry
 * stand behind it. The same content gives the same bytes. Beyond 4 GB in ZIP64's form.
 */
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";

/** What stands in an archive: where it begins, what it adds up to. */
export interface ZipEntry {
  readonly name: string;
  readonly at: number;
  readonly crc: number;
  readonly plain: number;
  readonly packed: number;
}

const UTF8 = 0x0800;
const BEHIND = 0x0008;
const DEFLATE = 8;
/** 1980-01-01 */
const DAY = 0x21;
const MOST = 0xffff_ffff;
const signed = (letters: string, length: number): Buffer => {
  const b = Buffer.alloc(4 + length);
  b.write(`PK${letters}`, "latin1");
  return b;
};
/** What head and directory say alike; `at` is where it goes in `b`. */
function common(
  b: Buffer,
  at: number,
  name: Buffer,
  e: Omit<ZipEntry, "name" | "at">,
  version: number,
): void {
  b.writeUInt16LE(version, at);
  b.writeUInt16LE(UTF8 | BEHIND, at + 2);
  b.writeUInt16LE(DEFLATE, at + 4);
  b.writeUInt16LE(DAY, at + 8);
  b.writeUInt32LE(e.crc, at + 10);
  b.writeUInt32LE(Math.min(e.packed, MOST), at + 14);
  b.writeUInt32LE(Math.min(e.plain, MOST), at + 18);
  b.writeUInt16LE(name.length, at + 22);
}

/** Before the deflated content of an entry. */
export function zipHead(name: string): Buffer {
  const label = Buffer.from(name, "utf8");
  const b = signed("\x03\x04", 26);
  common(b, 4, label, { crc: 0, plain: 0, packed: 0 }, 20);
  return Buffer.concat([b, label]);
}

/** Behind it. */
export function zipTail({ crc, plain, packed }: Pick<ZipEntry, "crc" | "plain" | "packed">): Buffer {
  const large = plain >= MOST || packed >= MOST;
  const b = signed("\x07\x08", large ? 20 : 12);
  b.writeUInt32LE(crc, 4);
  if (large) {
    b.writeBigUInt64LE(BigInt(packed), 8);
    b.writeBigUInt64LE(BigInt(plain), 16);
  } else {
    b.writeUInt32LE(packed, 8);
    b.writeUInt32LE(plain, 12);
  }
  return b;
}

/** After the last entry; `at`: bytes of the archive before it. */
export function zipEnd(entries: readonly ZipEntry[], at: number): Buffer {
  const list = Buffer.concat(entries.map(listed));
  const end = signed("\x05\x06", 18);
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 10);
  end.writeUInt32LE(Math.min(list.length, MOST), 12);
  end.writeUInt32LE(Math.min(at, MOST), 16);
  if (at < MOST) return Buffer.concat([list, end]);
  const large = signed("\x06\x06", 52);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(45, 12);
  large.writeUInt16LE(45, 14);
  for (const [i, n] of [entries.length, entries.length, list.length, at].entries())
    large.writeBigUInt64LE(BigInt(n), 24 + 8 * i);
  const where = signed("\x06\x07", 16);
  where.writeBigUInt64LE(BigInt(at + list.length), 8);
  where.writeUInt32LE(1, 16);
  return Buffer.concat([list, large, where, end]);
}
function listed(e: ZipEntry): Buffer {
  const label = Buffer.from(e.name, "utf8");
  // What does not fit its place stands in the extra field, in this order.
  const large = [e.plain, e.packed, e.at].filter((n) => n >= MOST);
  const extra = Buffer.alloc(large.length === 0 ? 0 : 4 + 8 * large.length);
  if (large.length > 0) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8 * large.length, 2);
    for (const [i, n] of large.entries()) extra.writeBigUInt64LE(BigInt(n), 4 + 8 * i);
  }
  const b = signed("\x01\x02", 42);
  b.writeUInt16LE(large.length > 0 ? 45 : 20, 4);
  common(b, 6, label, e, large.length > 0 ? 45 : 20);
  b.writeUInt16LE(extra.length, 30);
  b.writeUInt32LE(Math.min(e.at, MOST), 42);
  return Buffer.concat([b, label, extra]);
}

/** An archive written to `write`, one file after the other; of none more is held than a piece. */
export function zipWriter(write: (bytes: Buffer) => Promise<void>) {
  const entries: ZipEntry[] = [];
  let written = 0;
  const put = async (bytes: Buffer) => {
    written += bytes.length;
    await write(bytes);
  };
  return {
    async add(name: string, content: AsyncIterable<string | Uint8Array>): Promise<void> {
      const entry = { name, at: written, crc: 0, plain: 0, packed: 0 };
      await put(zipHead(name));
      await pipeline(
        content,
        async function* (pieces: AsyncIterable<string | Uint8Array>) {
          for await (const piece of pieces) {
            const bytes = Buffer.from(piece as Uint8Array);
            entry.crc = zlib.crc32(bytes, entry.crc);
            entry.plain += bytes.length;
            yield bytes;
          }
        },
        zlib.createDeflateRaw(),
        async (packed: AsyncIterable<Buffer>) => {
          for await (const bytes of packed) {
            entry.packed += bytes.length;
            await put(bytes);
          }
        },
      );
      await put(zipTail(entry));
      entries.push(entry);
    },
    end: () => put(zipEnd(entries, written)),
  };
}
