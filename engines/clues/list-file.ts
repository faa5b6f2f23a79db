/** A list of people as another department's file gives it; a dirty one is refused whole, saying which rows are wrong. */
import { DomainError, type IsoDate, parseResidentId } from "@wuxin/kernel";
import { readTableFile } from "@wuxin/platform";

/** More wrong numbers than this and the whole list goes back, as with every list (engines/matching). */
const MAX_BROKEN_SHARE = 0.1;
const NAMED_ROWS = 20;

const LARGEST_ROWS = 50_000;
const BOTH = "姓名、身份证号码";

/** Rows of a list, wherever its columns stand. @throws DomainError("bad-file") */
async function readTable(fileName: string, bytes: Buffer): Promise<{ name: string; idNo: string }[]> {
  const bad = (message: string) => new DomainError("bad-file", message, { field: "file" });
  const table = await readTableFile(fileName, bytes);
  const at = table.findIndex((r) => r.some((v) => /姓名/.test(v)) && r.some((v) => /证件?号|身份证/.test(v)));
  if (at < 0) throw bad(`文件里没有找到「${BOTH}」两列，请检查表头。`);
  const head = table[at] ?? [];
  const [name, idNo] = [
    head.findIndex((h) => /姓名/.test(h)),
    head.findIndex((h) => /证件?号|身份证/.test(h)),
  ];
  const rows = table
    .slice(at + 1)
    .map((r) => ({ name: r[name] ?? "", idNo: (r[idNo] ?? "").replaceAll(/\s/g, "").toUpperCase() }))
    .filter((r) => r.name !== "" || r.idNo !== "");
  if (rows.length === 0) throw bad("名单里没有人，请检查文件。");
  if (rows.length > LARGEST_ROWS) throw bad(`一次最多 ${LARGEST_ROWS} 人，请分开导入。`);
  return rows;
}

export type ListRow = {
  readonly line: number;
  readonly name: string;
  readonly id: ReturnType<typeof parseResidentId>;
  /** The number stood in an earlier row. */
  readonly twice: boolean;
};

/** @throws DomainError("bad-file") with what is wrong, row by row; nothing is taken then */
export async function readList(fileName: string, bytes: Buffer, today: IsoDate): Promise<ListRow[]> {
  const seen = new Set<string>();
  const rows = (await readTable(fileName, bytes)).map((r, i) => {
    const id = parseResidentId(r.idNo, today);
    const twice = id.ok && seen.has(id.id);
    if (id.ok) seen.add(id.id);
    return { line: i + 1, name: r.name, id, twice };
  });
  const broken = rows.filter((r) => !r.id.ok);
  if (broken.length > rows.length * MAX_BROKEN_SHARE) {
    const lines = broken
      .slice(0, NAMED_ROWS)
      .map((r) => `第 ${r.line} 人：${r.id.ok ? "" : r.id.message}`)
      .join("\n");
    throw new DomainError(
      "bad-file",
      `${rows.length} 人里有 ${broken.length} 人的身份证号码不对，超过一成，整份没有导入。请对方改好再传。\n${lines}${broken.length > NAMED_ROWS ? "\n……" : ""}`,
      { field: "file" },
    );
  }
  return rows;
}
