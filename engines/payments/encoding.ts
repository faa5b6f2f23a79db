/** GB18030 out, as the exact inverse of what this Node reads: the table is made once from its own decoder. */
let table: Map<number, number> | undefined;

/** By code point of the basic plane: two or four bytes as one number. */
function tableOf(): Map<number, number> {
  if (table) return table;
  table = new Map();
  const decoder = new TextDecoder("gb18030");
  const add = (bytes: number[], code: number) => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if (text.length === 1 && text !== "\ufffd" && !table?.has(text.charCodeAt(0)))
      table?.set(text.charCodeAt(0), code);
  };
  for (let a = 0x81; a <= 0xfe; a++)
    for (let b = 0x40; b <= 0xfe; b++) if (b !== 0x7f) add([a, b], a * 0x100 + b);
  for (let n = 0; n < 39_420; n++) {
    const bytes = four(n);
    add(
      bytes,
      bytes.reduce((sum, b) => sum * 0x100 + b, 0),
    );
  }
  return table;
}
/** The n-th four-byte code. */
const four = (n: number): number[] => [
  0x81 + Math.floor(n / 12_600),
  0x30 + (Math.floor(n / 1260) % 10),
  0x81 + (Math.floor(n / 10) % 126),
  0x30 + (n % 10),
];
/** Characters beyond the basic plane stand in one row from here. */
const BEYOND = 189_000;

export function encodeGb18030(text: string): Buffer {
  const out = Buffer.allocUnsafe(text.length * 4);
  let at = 0;
  for (const char of text) {
    const point = char.codePointAt(0) as number;
    if (point < 0x80) {
      out[at++] = point;
      continue;
    }
    if (point > 0xffff) {
      for (const b of four(BEYOND + point - 0x10000)) out[at++] = b;
      continue;
    }
    const code = tableOf().get(point);
    // A lone half of a pair is no character; a question mark, as everywhere.
    if (code === undefined) out[at++] = 0x3f;
    else if (code > 0xffff) at = out.writeUInt32BE(code, at);
    else at = out.writeUInt16BE(code, at);
  }
  return out.subarray(0, at);
}
