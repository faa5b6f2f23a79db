import { DomainError } from "@wuxin/kernel";
import { textOfDocx } from "./docx.ts";
import { textOfPdf } from "./pdf.ts";

/** The largest file that is read; a plan of a county is a thousandth of it. */
const MOST_BYTES = 50_000_000;

/**
 * The text of a .txt, .docx or .pdf file, recognised by its content, not by its name.
 * @throws DomainError `file-empty`, `file-too-large`, `file-not-supported`, `file-damaged`, `file-locked`, `file-without-text`
 */
export async function textOf(bytes: Uint8Array): Promise<string> {
  if (bytes.length === 0)
    throw new DomainError("file-empty", "文件是空的。请确认选对了文件，或者直接粘贴文字。");
  if (bytes.length > MOST_BYTES)
    throw new DomainError("file-too-large", "文件超过 50 MB。请另存为只含文字的文件，或者直接粘贴文字。");
  if (starts(bytes, [0x25, 0x50, 0x44, 0x46])) return textOfPdf(bytes);
  if (starts(bytes, [0x50, 0x4b, 0x03, 0x04])) return textOfDocx(bytes);
  if (starts(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    throw new DomainError(
      "file-not-supported",
      "这是旧版 Word（.doc）或加密的文件。请用 Word 或 WPS 打开，另存为 .docx 后再读。",
    );
  return textOfPlain(bytes);
}

const starts = (bytes: Uint8Array, magic: readonly number[]) => magic.every((b, i) => bytes[i] === b);

/**
 * UTF-8, UTF-16 with or without its mark, else GB 18030, which Chinese editors on Windows still write.
 * @throws DomainError `file-not-supported` when it is no text
 */
export function textOfPlain(bytes: Uint8Array): string {
  if (starts(bytes, [0xff, 0xfe])) return new TextDecoder("utf-16le").decode(bytes);
  if (starts(bytes, [0xfe, 0xff])) return new TextDecoder("utf-16be").decode(bytes);
  const wide = wideWithoutMark(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (text.includes("\0")) throw NOT_TEXT();
    return text;
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    const text = new TextDecoder("gb18030").decode(bytes);
    const strange = [...text].filter((c) => c === "\uFFFD" || c < "\u0009").length;
    if (strange > text.length / 100) throw NOT_TEXT();
    return text;
  }
}

const NOT_TEXT = () =>
  new DomainError(
    "file-not-supported",
    "这个文件不是文字文件。能读 .txt、.docx 和带文字的 .pdf；图片、表格和压缩包请先转成其中一种。",
  );

/** UTF-16 that lost its mark: line ends and digits leave a zero byte on the same side each time. */
function wideWithoutMark(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes.length < 8 || bytes.length % 2 !== 0) return undefined;
  const head = bytes.subarray(0, 4000);
  let [even, odd, han] = [0, 0, 0];
  for (let i = 0; i + 1 < head.length; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  if (even === 0 && odd === 0) return undefined;
  const kind = odd > 0 && even === 0 ? "utf-16le" : even > 0 && odd === 0 ? "utf-16be" : undefined;
  if (!kind) return undefined;
  const text = new TextDecoder(kind).decode(head);
  for (const c of text) if (/[\u4e00-\u9fa5\u3000-\u303f\uff00-\uff60 -~\s]/.test(c)) han++;
  return han > text.length * 0.9 ? kind : undefined;
}
