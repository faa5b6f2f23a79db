/** Encodings: which one a file is in, and the bytes of a word in it. */
import fs from "node:fs";
import { DomainError } from "@wuxin/kernel";
import type { Encoding } from "./scanner.mjs";

export const badFile = (message: string) => new DomainError("bad-file", message);

const WINDOWS = 64;
const WINDOW = 16 << 10;

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
      const kind = windowKind(window.subarray(0, n));
      if (kind === "utf-8") utf8++;
      else if (kind === "other") other++;
    }
    if (other > 0 && (bom > 0 || utf8 > other))
      throw badFile("文件里混有两种文字编码（UTF-8 和 GB18030），请导出成一种编码后再传。");
    return { encoding: other > 0 ? "gb18030" : "utf-8", bom };
  } finally {
    fs.closeSync(fd);
  }
}

/** A window may begin and end inside a character. */
function windowKind(bytes: Buffer): "ascii" | "utf-8" | "other" {
  let from = 0;
  while (from < 3 && (bytes[from] ?? 0) >> 6 === 2) from++;
  let i = from;
  let wide = 0;
  while (i < bytes.length) {
    const b = bytes[i]!;
    if (b < 0x80) {
      i++;
      continue;
    }
    const n = b >= 0xf0 && b < 0xf5 ? 4 : b >= 0xe0 ? 3 : b >= 0xc2 ? 2 : 0;
    if (n === 0 || b >= 0xf5) return "other";
    if (i + n > bytes.length) break;
    for (let k = 1; k < n; k++) if (bytes[i + k]! >> 6 !== 2) return "other";
    i += n;
    wide++;
  }
  return wide > 0 ? "utf-8" : "ascii";
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
