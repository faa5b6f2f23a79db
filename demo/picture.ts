/** A picture that stands for a scanned paper: a pale sheet with lines, made here and not photographed from anybody. */
import { crc32, deflateSync } from "node:zlib";

const WIDTH = 420;
const HEIGHT = 594;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A PNG of a sheet of paper; `shade` tells two sheets apart. */
export function sheet(shade: number): Buffer {
  const rows = Buffer.alloc(HEIGHT * (WIDTH + 1));
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const frame = x < 6 || y < 6 || x >= WIDTH - 6 || y >= HEIGHT - 6;
      const title = y > 60 && y < 84 && x > 120 && x < 300;
      const line = y > 130 && y < 480 && y % 34 < 8 && x > 50 && x < 370 - ((y * 7) % 90);
      const stamp = Math.abs(Math.hypot(x - 310, y - 500) - 44) < 4;
      rows[y * (WIDTH + 1) + 1 + x] = frame ? 150 : title ? 70 : stamp ? 120 : line ? 165 : shade;
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 0, 0, 0, 0], 8); // eight bits, grey
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const PAPERS = {
  income: { name: "收入证明（演示）.png", shade: 246 },
  expense: { name: "付款凭证（演示）.png", shade: 242 },
  spending: { name: "医疗费票据（演示）.png", shade: 234 },
  illness: { name: "诊断证明（演示）.png", shade: 238 },
} as const;

export type Paper = keyof typeof PAPERS;
const made = new Map<Paper, Buffer>();

/** The same bytes for everybody: the file store keeps them once. */
export function paper(code: Paper): { readonly code: Paper; readonly name: string; readonly bytes: Buffer } {
  const { name, shade } = PAPERS[code];
  const bytes = made.get(code) ?? sheet(shade);
  made.set(code, bytes);
  return { code, name, bytes };
}
