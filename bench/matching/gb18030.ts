/** Writes a list again in GB18030: `gb18030.ts FROM TO`. */
import fs from "node:fs";
import { encodeWord } from "../../engines/matching/scan/text.ts";

const [from, to] = [process.argv[2]!, process.argv[3]!];
const known = new Map<string, Uint8Array>();
const out = fs.openSync(to, "w");
const decoder = new TextDecoder();
for await (const piece of fs.createReadStream(from, { highWaterMark: 1 << 20 })) {
  const text = decoder.decode(piece as Uint8Array, { stream: true });
  const bytes = Buffer.allocUnsafe(text.length * 4);
  let n = 0;
  for (const c of text) {
    if (c < "\u0080") bytes[n++] = c.charCodeAt(0);
    else {
      const word = known.get(c) ?? encodeWord(c, "gb18030");
      known.set(c, word);
      bytes.set(word, n);
      n += word.length;
    }
  }
  fs.writeSync(out, bytes, 0, n);
}
fs.closeSync(out);
