/** Pure: a file on its way cut into pieces; what it is, is known at its end. */
import { createHash } from "node:crypto";
import { DomainError } from "@wuxin/kernel";
import { PIECE } from "./return-source.ts";

const MOST_BYTES = 2 * 1024 ** 3;

export async function takePieces(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  keep: (no: number, piece: Buffer) => Promise<void>,
) {
  const hash = createHash("sha256");
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let isUtf8 = true;
  let [bytes, newlines, no] = [0, 0, 0];
  let first: Buffer = Buffer.alloc(0);
  let rest: Buffer[] = [];
  let waiting = 0;
  async function put(piece: Buffer): Promise<void> {
    if (no === 0) first = piece;
    await keep(no++, piece);
  }
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES)
      throw new DomainError("file-too-large", "回盘文件超过 2 GB，请与银行核对。", { field: "file" });
    hash.update(chunk);
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) newlines++;
    if (isUtf8) isUtf8 = decodes(utf8, chunk);
    rest.push(Buffer.from(chunk));
    waiting += chunk.length;
    if (waiting < PIECE) continue;
    const all = Buffer.concat(rest);
    const whole = waiting - (waiting % PIECE);
    for (let at = 0; at < whole; at += PIECE) await put(all.subarray(at, at + PIECE));
    rest = [all.subarray(whole)];
    waiting -= whole;
  }
  if (waiting > 0) await put(Buffer.concat(rest));
  const encoding = isUtf8 && decodes(utf8) ? ("utf-8" as const) : ("gb18030" as const);
  return { digest: hash.digest("hex"), bytes, newlines, encoding, first };
}

/** False from the first byte on that is no UTF-8. Without a chunk: whether it ended whole. */
function decodes(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}
