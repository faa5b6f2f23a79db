/** Encodings: which one a file is in, and the bytes of a word in it. */
import { isAscii, isUtf8 } from "node:buffer";
import fs from "node:fs";
import { DomainError } from "@wuxin/kernel";
import type { Encoding } from "./scanner.mjs";

export const badFile = (message: string) => new DomainError("bad-file", message);

const WINDOWS = 64;
const WINDOW = 16 << 10;
/** A line of GB18030 now and then reads as UTF-8 by chance; more than that is another file in the same one. */
const MIXED_SHARE = 0.02;

/** Reads places all over the file: a file of two halves in two encodings is two files, and is sent back. */
export function encodingOf(path: string): { encoding: Encoding | "utf-16le" | "utf-16be"; bom: number } {
  const fd = fs.openSync(path, "r");
  try {
    const size = fs.fstatSync(fd).size;
    const head = Buffer.alloc(Math.min(size, 4096));
    fs.readSync(fd, head, 0, head.length, 0);
    if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", bom: 2 };
    if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", bom: 2 };
    const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
    const zeros = [0, 0];
    head.forEach((b, i) => {
      if (b === 0) zeros[i & 1]!++;
    });
    if (zeros[1]! > head.length / 8) return { encoding: "utf-16le", bom: 0 };
    if (zeros[0]! > head.length / 8) return { encoding: "utf-16be", bom: 0 };
    let utf8 = 0;
    let other = 0;
    const step = Math.max(WINDOW, Math.floor(size / WINDOWS));
    const window = Buffer.alloc(WINDOW);
    for (let at = 0; at < size; at += step) {
      const n = fs.readSync(fd, window, 0, WINDOW, at);
      for (const line of wholeLines(window.subarray(0, n), at === 0, at + n === size)) {
        if (isAscii(line)) continue;
        if (!isUtf8(line)) other++;
        else if (line.some((b) => b >= 0xe0)) utf8++; // two bytes each may be GB18030 by chance
      }
    }
    if (other > 0 && (bom > 0 || (utf8 > 1 && utf8 > MIXED_SHARE * (utf8 + other))))
      throw badFile("文件里混有两种文字编码（UTF-8 和 GB18030），请导出成一种编码后再传。");
    return { encoding: other > 0 ? "gb18030" : "utf-8", bom };
  } finally {
    fs.closeSync(fd);
  }
}

/** The lines of a window that are whole: it may begin and end inside a character. */
function* wholeLines(bytes: Buffer, first: boolean, last: boolean): Generator<Buffer> {
  let from = first ? 0 : -1;
  for (let p = 0; p < bytes.length; p++) {
    if (bytes[p] !== 10 && bytes[p] !== 13) continue;
    if (from >= 0) yield bytes.subarray(from, p);
    from = p + 1;
  }
  if (last && from >= 0) yield bytes.subarray(from);
}

let gb: Map<string, number> | undefined;

/** The bytes of a word; GB18030 has no encoder in Node, so its two-byte part is turned round once. */
export function encodeWord(word: string, encoding: Encoding): Uint8Array {
  if (encoding === "utf-8") return new TextEncoder().encode(word);
  if (!gb) {
    gb = new Map();
    const decoder = new TextDecoder("gb18030");
    for (let hi = 0x81; hi <= 0xfe; hi++)
      for (let lo = 0x40; lo <= 0xfe; lo++) {
        if (lo === 0x7f) continue;
        const c = decoder.decode(Uint8Array.of(hi, lo));
        if (c.length === 1 && !gb.has(c)) gb.set(c, (hi << 8) | lo);
      }
  }
  const out: number[] = [];
  for (const c of word) {
    const code = c.charCodeAt(0);
    if (code < 0x80) out.push(code);
    else {
      const two = gb.get(c);
      if (two === undefined) throw badFile(`“${c}”不在 GB18030 的双字节区，请改用 UTF-8 文件。`);
      out.push(two >> 8, two & 0xff);
    }
  }
  return Uint8Array.from(out);
}
