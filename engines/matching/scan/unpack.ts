/** What is not plain text in an encoding that the scanner reads becomes a text file beside it: ZIP, XLSX, UTF-16. */
import fs from "node:fs";
import { dirname } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";
import { streamXlsxRows } from "hucre/xlsx";
import { badFile, encodingOf } from "./text.ts";

/** An archive may hold itself, without end. */
const NESTED = 3;

/**
 * Opened here and now: a stream that opens its file later, after it has failed, would leave one behind that its caller
 * has looked for and deleted already.
 */
export const intoFile = (path: string) => fs.createWriteStream(path, { fd: fs.openSync(path, "w", 0o600) });

/** The text file to scan: `path` itself, or a new one at `path` + ending, which the caller deletes. */
export async function toText(path: string, depth = 0): Promise<string> {
  const head = Buffer.alloc(4);
  const fd = fs.openSync(path, "r");
  fs.readSync(fd, head, 0, 4, 0);
  fs.closeSync(fd);
  if (head.readUInt32LE(0) === 0x04034b50) {
    const entries = directory(path);
    if (entries.some((e) => e.name === "xl/workbook.xml")) return fromSheet(path);
    const files = entries.filter((e) => !e.name.endsWith("/") && !e.name.startsWith("__MACOSX/"));
    const [only] = files;
    if (!only || files.length > 1)
      throw badFile(`压缩包里应当只有一个文件，现在有 ${files.length} 个，请分别上传。`);
    if (depth === NESTED) throw badFile("压缩包里层层套着压缩包，请解开后上传里面的文件。");
    const inner = `${path}.unzipped`;
    await inflate(path, only, inner);
    return toText(inner, depth + 1);
  }
  const { encoding, bom } = encodingOf(path);
  if (encoding === "utf-8" || encoding === "gb18030") return path;
  const out = `${path}.utf8`;
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk: Uint8Array | undefined, stream: boolean) => {
    try {
      return decoder.decode(chunk, { stream });
    } catch {
      throw badFile("UTF-16 文件中间有损坏的字节，可能没有传完整，请重新导出。");
    }
  };
  await pipeline(
    fs.createReadStream(path, { start: bom }),
    new Transform({
      transform(chunk: Uint8Array, _e, done) {
        try {
          done(null, decode(chunk, true));
        } catch (error) {
          done(error as Error);
        }
      },
      flush(done) {
        try {
          done(null, decode(undefined, false));
        } catch (error) {
          done(error as Error);
        }
      },
    }),
    intoFile(out),
  );
  return out;
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly size: number;
  readonly bytes: number;
  readonly crc: number;
  readonly at: number;
}

/** The central directory at the end of the archive; without it the file was cut off. */
function directory(path: string): Entry[] {
  const cut = () => badFile("压缩包不完整，可能没有传完，请重新打包上传。");
  const fd = fs.openSync(path, "r");
  try {
    const size = fs.fstatSync(fd).size;
    const tail = Buffer.alloc(Math.min(size, 66_000));
    fs.readSync(fd, tail, 0, tail.length, size - tail.length);
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
    if (end < 0 || end + 22 > tail.length) throw cut();
    let start = tail.readUInt32LE(end + 16);
    let length = tail.readUInt32LE(end + 12);
    if (start === 0xffffffff) {
      const far = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 6, 6]));
      if (far < 0) throw cut();
      length = Number(tail.readBigUInt64LE(far + 40));
      start = Number(tail.readBigUInt64LE(far + 48));
    }
    if (start + length > size) throw cut();
    const list = Buffer.alloc(length);
    fs.readSync(fd, list, 0, length, start);
    const entries: Entry[] = [];
    for (let p = 0; p + 46 <= length; ) {
      const [n, x, c] = [28, 30, 32].map((o) => list.readUInt16LE(p + o)) as [number, number, number];
      const extra = list.subarray(p + 46 + n, p + 46 + n + x);
      let [bytes, full, at] = [20, 24, 42].map((o) => list.readUInt32LE(p + o)) as [number, number, number];
      for (let q = 0; q + 4 <= extra.length; q += 4 + extra.readUInt16LE(q + 2)) {
        if (extra.readUInt16LE(q) !== 1) continue;
        let r = q + 4;
        const far = () => {
          r += 8;
          return Number(extra.readBigUInt64LE(r - 8));
        };
        if (full === 0xffffffff) full = far();
        if (bytes === 0xffffffff) bytes = far();
        if (at === 0xffffffff) at = far();
      }
      entries.push({
        name: list.subarray(p + 46, p + 46 + n).toString("utf8"),
        ...{ method: list.readUInt16LE(p + 10), crc: list.readUInt32LE(p + 16), bytes, size: full, at },
      });
      if (list.readUInt16LE(p + 8) & 1) throw badFile("压缩包加了密码，请去掉密码后重新上传。");
      p += 46 + n + x + c;
    }
    return entries;
  } finally {
    fs.closeSync(fd);
  }
}

async function inflate(path: string, e: Entry, out: string): Promise<void> {
  if (e.method !== 0 && e.method !== 8) throw badFile("压缩包的压缩方式不支持，请用普通 ZIP 格式。");
  const local = Buffer.alloc(30);
  const fd = fs.openSync(path, "r");
  fs.readSync(fd, local, 0, 30, e.at);
  fs.closeSync(fd);
  const start = e.at + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const raw =
    e.bytes === 0 ? Readable.from([]) : fs.createReadStream(path, { start, end: start + e.bytes - 1 });
  const { bavail, bsize } = fs.statfsSync(dirname(out));
  if (e.size > (bavail * bsize) / 2)
    throw badFile(`压缩包解开有 ${Math.round(e.size / 1e9)} GB，服务器放不下，请分成几份上传。`);
  // No more than the archive says of itself: what grows beyond would fill the disk.
  let written = 0;
  const bounded = new Transform({
    transform(chunk: Uint8Array, _e, done) {
      written += chunk.length;
      done(written > e.size ? new Error("longer than it says") : null, chunk);
    },
  });
  try {
    if (e.method === 8) await pipeline(raw, zlib.createInflateRaw(), bounded, intoFile(out));
    else await pipeline(raw, bounded, intoFile(out));
  } catch {
    throw badFile("压缩包里的文件已损坏，解不开，请重新打包上传。");
  }
  if (fs.statSync(out).size !== e.size) throw badFile("压缩包里的文件不完整，请重新打包上传。");
}

/** A number of more digits is rounded by Excel itself: written so that nobody takes it for a number of a person. */
const EXACT = 1e15;
const FIRST_ROWS = 10;

/** The first sheet, row by row, as tab-separated text. */
async function fromSheet(path: string): Promise<string> {
  const out = `${path}.sheet`;
  const cell = (v: unknown): string => {
    if (v === null || v === undefined) return "";
    const text =
      v instanceof Date
        ? v.toISOString().slice(0, 10)
        : typeof v === "number" && Math.abs(v) >= EXACT
          ? v.toExponential()
          : String(v);
    return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  async function* lines() {
    // Titles of one cell may stand above the heading: as wide as the widest of the first rows, so are all.
    const first: string[][] = [];
    let width = 0;
    const line = (values: string[]) =>
      `${[...values, ...Array<string>(Math.max(0, width - values.length)).fill("")].join("\t")}\n`;
    const source = Readable.toWeb(fs.createReadStream(path)) as ReadableStream<Uint8Array>;
    for await (const row of streamXlsxRows(source)) {
      const values = row.values.map(cell);
      while (values.at(-1) === "") values.pop();
      if (values.length === 0) continue;
      if (first.length < FIRST_ROWS) {
        first.push(values);
        width = Math.max(width, values.length);
        if (first.length === FIRST_ROWS) yield first.map(line).join("");
      } else yield line(values);
    }
    if (first.length < FIRST_ROWS) yield first.map(line).join("");
  }
  try {
    await pipeline(Readable.from(lines()), intoFile(out));
  } catch {
    throw badFile("XLSX 文件打不开或不完整，请用 WPS 或 Excel 重新另存一份。");
  }
  return out;
}
