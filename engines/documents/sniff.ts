import { textOfPlain } from "@wuxin/gongwen";
import { DomainError } from "@wuxin/kernel";

export const MAX_BYTES = 20 * 1024 * 1024;

type Kind = "pdf" | "jpg" | "png" | "heic" | "docx" | "xlsx" | "txt";

const TYPES: Record<Kind, { mediaType: string; called: string }> = {
  pdf: { mediaType: "application/pdf", called: "PDF" },
  jpg: { mediaType: "image/jpeg", called: "JPG 图片" },
  png: { mediaType: "image/png", called: "PNG 图片" },
  heic: { mediaType: "image/heic", called: "HEIC 图片" },
  docx: {
    mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    called: "Word 文档（docx）",
  },
  xlsx: {
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    called: "Excel 表格（xlsx）",
  },
  txt: { mediaType: "text/plain", called: "文本文件（txt）" },
};
const EXTENSIONS: Readonly<Record<string, Kind>> = {
  pdf: "pdf",
  jpg: "jpg",
  jpeg: "jpg",
  png: "png",
  heic: "heic",
  heif: "heic",
  docx: "docx",
  xlsx: "xlsx",
  txt: "txt",
};
const ALLOWED = "PDF、JPG、PNG、HEIC、DOCX、XLSX、TXT";

export interface CheckedFile {
  /** Without folders and control characters, at most 200 characters, the ending kept. */
  readonly name: string;
  readonly mediaType: string;
}

/**
 * What a file is, by its bytes; its name must say the same. Errors, each at field `file`: bad-file (empty, a kind we do
 * not take, not what its name says, damaged, with macros), file-too-large.
 */
export function checkFile(typedName: string, bytes: Uint8Array): CheckedFile {
  const name = cleanName(typedName);
  const bad = (message: string) => new DomainError("bad-file", message, { field: "file" });
  if (bytes.length === 0) throw bad(`“${name}”是空文件，请重新选择。`);
  if (bytes.length > MAX_BYTES) {
    const size = (bytes.length / 1024 / 1024).toFixed(1);
    throw new DomainError(
      "file-too-large",
      `“${name}”有 ${size} MB，超过 20 MB。请压缩图片或拆成几份再上传。`,
      { field: "file" },
    );
  }
  const ending = /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const said = EXTENSIONS[ending];
  if (said === undefined) {
    throw bad(`不能上传“${name}”：只收 ${ALLOWED} 文件。${ending === "" ? "文件名缺少扩展名。" : ""}`);
  }
  // Text has no mark of its own: it is what reads as text and is nothing else.
  const found =
    sniff(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) ??
    (said === "txt" && readsAsText(bytes) ? "txt" : undefined);
  if (found === "macro") throw bad(`“${name}”里带有宏，不能上传。请另存为不带宏的文件。`);
  if (found !== said) {
    const really =
      found === undefined ? `不是 ${TYPES[said].called}，或已经损坏` : `其实是 ${TYPES[found].called}`;
    throw bad(`“${name}”的内容${really}，与文件名不符。请用原来的文件，或按真实格式保存后再上传。`);
  }
  return { name, mediaType: TYPES[found].mediaType };
}

export function cleanName(typed: string): string {
  const base = typed.split(/[\\/]/).at(-1) ?? "";
  const clean = base
    .normalize("NFC")
    .replace(/\p{C}/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .trim();
  if (clean === "") return "未命名";
  if (clean.length <= 200) return clean;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(clean)?.[0] ?? "";
  return clean.slice(0, 200 - ending.length) + ending;
}

function readsAsText(bytes: Uint8Array): boolean {
  try {
    return textOfPlain(bytes) !== "";
  } catch {
    return false;
  }
}

function sniff(b: Buffer): Kind | "macro" | undefined {
  if (b.subarray(0, 1024).includes("%PDF-")) return "pdf";
  if (b.length > 3 && b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff) return "jpg";
  if (b.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return "png";
  if (b.length > 12 && b.toString("latin1", 4, 8) === "ftyp") {
    const brand = b.toString("latin1", 8, 12);
    return ["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"].includes(brand) ? "heic" : undefined;
  }
  if (b.length > 4 && b.readUInt32LE(0) === 0x04034b50) return office(zipNames(b));
  return undefined;
}

function office(names: readonly string[] | undefined): Kind | "macro" | undefined {
  if (!names?.includes("[Content_Types].xml")) return undefined;
  if (names.some((n) => n.toLowerCase().endsWith("vbaproject.bin"))) return "macro";
  if (names.includes("word/document.xml")) return "docx";
  if (names.includes("xl/workbook.xml")) return "xlsx";
  return undefined;
}

/** Names in the central directory of a ZIP (APPNOTE 4.3.12, 4.3.16); undefined when it is cut or damaged. */
function zipNames(b: Buffer): string[] | undefined {
  const end = b.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || end + 22 > b.length) return undefined;
  const count = b.readUInt16LE(end + 10);
  let at = b.readUInt32LE(end + 16);
  const names: string[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || b.readUInt32LE(at) !== 0x02014b50) return undefined;
    const length = b.readUInt16LE(at + 28);
    names.push(b.toString("utf8", at + 46, at + 46 + length));
    at += 46 + length + b.readUInt16LE(at + 30) + b.readUInt16LE(at + 32);
  }
  return names;
}
