/**
 * Entries from a file, one a place: looked at first (what each row would do, what is wrong with it), then taken whole or not
 * at all. A place that is there already is replaced and keeps its history.
 */
import { createHash } from "node:crypto";
import type { Field, RegisterImport, ResolvedRegister, Values } from "@wuxin/declare";
import { DomainError, derivedId, grouped, type IsoDate, isIsoDate } from "@wuxin/kernel";
import { readTableFile, type Tx } from "@wuxin/platform";
import * as errors from "./errors.ts";
import { type House, may } from "./house.ts";
import { changes, completed, refusals, sameValues } from "./model.ts";
import type { RegistersDeps } from "./ports.ts";
import { opened, sealed } from "./seal.ts";
import type { Registers } from "./service.ts";
import * as store from "./store.ts";

const MOST_ROWS = 5_000;
const NAMESPACE = "0d7c3e0a-5d0f-4c0e-8a43-7f6f3c1b9a11";

export interface ImportFile {
  readonly fileName: string;
  readonly bytes: Buffer;
  /** What holds for every row whose column is missing or empty. */
  readonly values: Values;
}
export interface ImportRow {
  /** In the file, from 1. */
  readonly line: number;
  readonly place: string;
  readonly does: "new" | "changed" | "same" | "wrong";
  /** What changes, or what is wrong and how it is mended. */
  readonly words: string;
}
export interface ImportLook {
  /** Of the file and what was said beside it: taken is what was looked at. */
  readonly digest: string;
  readonly rows: readonly ImportRow[];
  readonly counts: Readonly<Record<ImportRow["does"], number>>;
  /** Worth a look, hindering nothing. */
  readonly remarks: readonly string[];
}
interface Read extends ImportRow {
  readonly save?: { readonly id: string; readonly version: number; readonly values: Values };
  readonly divisionCode: string | null;
  /** What a row that is right says. */
  readonly said?: Values;
}

export function createImporting(
  deps: RegistersDeps,
  house: House,
  saveEntry: Registers["saveEntry"],
): Pick<Registers, "lookAtImport" | "import"> {
  const { clock, vault, audit } = deps;

  function importOf(tx: Tx, code: string) {
    const r = house.definition(code);
    if (!r.importing) throw errors.notImported(r.title);
    if (!may(tx, r.editBy)) throw errors.forbidden(`导入《${r.title}》`, r.editBy);
    return { r, importing: r.importing };
  }

  async function read(
    tx: Tx,
    code: string,
    file: ImportFile,
  ): Promise<{ r: ResolvedRegister; rows: Read[] }> {
    const { r, importing } = importOf(tx, code);
    const table = await readTableFile(file.fileName, file.bytes);
    const place = r.fields.find((f) => f.name === r.divisionField)!;
    const asked = r.fields.filter(
      (f) => f !== place && f.name !== r.titleField && f.name !== importing.level.field,
    );
    const headings = (f: Field) => [f.label, ...(importing.headings[f.name] ?? [])];
    const head = table.findIndex((row) => columnOf(row, headings(place)) >= 0);
    if (head < 0)
      throw bad(`没有找到「${place.label}」一列，请检查表头。表头可以写：${headings(place).join("、")}。`);
    const columns = new Map(asked.map((f) => [f.name, columnOf(table[head]!, headings(f))]));
    const lacking = asked.filter(
      (f) => columns.get(f.name)! < 0 && file.values[f.name] === undefined && f.required,
    );
    if (lacking.length > 0)
      throw bad(`缺少「${lacking.map((f) => f.label).join("、")}」，请在文件里加上这一列，或在页面上填写。`);
    const [own, within] = [
      columnOf(table[head]!, headings(place)),
      columnOf(table[head]!, importing.villageHeadings),
    ];
    const lines = table
      .map((cells, i) => ({ cells, line: i + 1 }))
      .slice(head + 1)
      .filter(({ cells }) => cells.some((c) => c !== "") && !/^(合计|总计|全县|小计)/.test(cells[own] ?? ""));
    if (lines.length === 0) throw bad("表头下面没有数据，请检查文件。");
    if (lines.length > MOST_ROWS) throw bad(`一次最多 ${MOST_ROWS} 行，请分开导入。`);
    const places = placeFinder(deps, tx.actor.countyCode);
    const existing = grouped(await store.inUse(tx, code), (e) => e.divisionCode);
    const seen = new Map<string, number>();
    const rows = lines.map(({ cells, line }): Read => {
      const said = [cells[own] ?? "", within < 0 ? "" : (cells[within] ?? "")].filter(Boolean);
      const found = places(said);
      const wrong = (words: string, code: string | null = null): Read => ({
        ...{ line, place: said.join("") || "（空）", does: "wrong", words, divisionCode: code },
      });
      if ("wrong" in found) return wrong(found.wrong);
      const before = seen.get(found.code);
      if (before !== undefined) return wrong(`和第 ${before} 行是同一个地方，请删去一行。`, found.code);
      seen.set(found.code, line);
      const values: Record<string, Values[string]> = { [place.name]: found.code };
      for (const f of asked) {
        const text = columns.get(f.name)! < 0 ? "" : (cells[columns.get(f.name)!] ?? "");
        const value = text === "" ? file.values[f.name] : parsed(f, text);
        if (value === undefined) continue;
        if (value instanceof Error)
          return wrong(`「${f.label}」写的是「${text}」，${value.message}`, found.code);
        values[f.name] = value;
      }
      const there = existing.get(found.code) ?? [];
      if (there.length > 1) return wrong(`台账里这个地方有 ${there.length} 条，请先停用多余的。`, found.code);
      return rowOf(tx, r, importing, { line, ...found, values, before: there[0] });
    });
    return { r, rows };
  }

  function rowOf(
    tx: Tx,
    r: ResolvedRegister,
    importing: RegisterImport,
    row: { line: number; code: string; name: string; values: Values; before: store.EntryRecord | undefined },
  ): Read {
    const { level, title, asOf } = importing;
    const village = row.code.length === 12;
    const answers: Values = {
      ...row.values,
      [r.titleField]: title.replace("{place}", row.name),
      [level.field]: village ? level.village : level.township,
    };
    const plain = row.before ? opened(vault, row.before.values) : undefined;
    const values = completed(r.fields, answers, plain);
    const faults = refusals(r, values, clock.today(), house.limitsOn(tx, r, clock.today()));
    const base = { line: row.line, place: row.name, divisionCode: row.code, said: answers };
    if (faults.length > 0) return { ...base, does: "wrong", words: faults.map((f) => f.message).join("；") };
    if (plain && String(plain[asOf] ?? "") > String(values[asOf] ?? ""))
      return { ...base, does: "wrong", words: `台账里已有截至 ${plain[asOf]} 的数，这一行更早，不能换。` };
    if (!row.before)
      return {
        ...base,
        does: "new",
        words: "新登记",
        save: { id: entryId(tx, r.code, row.code), version: 0, values: answers },
      };
    const next = sealed(vault, r.fields, values, row.before.values);
    if (sameValues(next, row.before.values)) return { ...base, does: "same", words: "和台账里的一样" };
    const changed = changes(r.fields, row.before.values, next, house.nameIn(tx));
    return {
      ...{
        ...base,
        does: "changed",
        words: changed.map((c) => `${c.label} ${c.before ?? "无"} → ${c.after ?? "无"}`).join("；"),
      },
      save: { id: row.before.id, version: row.before.version, values: answers },
    };
  }

  function lookOf(county: string, r: ResolvedRegister, rows: readonly Read[], file: ImportFile): ImportLook {
    const count = (does: ImportRow["does"]) => rows.filter((x) => x.does === does).length;
    return {
      digest: digestOf(file),
      rows: rows.map(({ line, place, does, words }) => ({ line, place, does, words })),
      counts: { new: count("new"), changed: count("changed"), same: count("same"), wrong: count("wrong") },
      remarks: remarksOf(r, rows, deps.divisions(county)),
    };
  }

  return {
    async lookAtImport(tx, code, file) {
      const { r, rows } = await read(tx, code, file);
      return lookOf(tx.actor.countyCode, r, rows, file);
    },
    async import(tx, code, file, digest) {
      const { r, rows } = await read(tx, code, file);
      if (digestOf(file) !== digest)
        throw new DomainError("bad-file", "这份文件和刚才看的不是同一份，请重新看一遍再导入。", {
          field: "file",
        });
      const wrong = rows.filter((x) => x.does === "wrong");
      if (wrong.length > 0)
        throw new DomainError("bad-file", `有 ${wrong.length} 行不对，整份没有导入，请改好再传。`, {
          field: "file",
        });
      for (const { save } of rows)
        if (save)
          await saveEntry(tx, code, save.id, { ...save, reason: `导入文件 ${file.fileName}`.slice(0, 200) });
      const saved = rows.filter((x) => x.save).length;
      await audit.record(tx, {
        ...{ action: "register.import", object: `register:${code}` },
        detail: {
          台账: r.title,
          文件: file.fileName.slice(0, 100),
          行数: rows.length,
          登记: saved,
          摘要: digest,
        },
      });
      return lookOf(tx.actor.countyCode, r, rows, file);
    },
  };
}

const bad = (message: string) => new DomainError("bad-file", message, { field: "file" });
const plainHeading = (text: string) => text.replaceAll(/[\s（）()]/g, "");
const columnOf = (row: readonly string[], names: readonly string[]): number =>
  row.findIndex((c) => names.some((n) => plainHeading(c) === plainHeading(n)));
const digestOf = (file: ImportFile): string =>
  createHash("sha256").update(file.bytes).update(JSON.stringify(file.values)).digest("hex");
/** The same place in the same ledger is the same entry, however often it is imported. */
const entryId = (tx: Tx, register: string, place: string): string =>
  derivedId(NAMESPACE, `${tx.actor.countyCode} ${register} ${place}`);

/** A value as the field wants it; an Error says what to write. */
function parsed(f: Field, text: string): Values[string] | Error {
  if (f.type === "integer") {
    const n = Number(text.replaceAll(/[,\s人户]/g, ""));
    return Number.isSafeInteger(n) ? n : new Error("请写整数。");
  }
  if (f.type === "date") {
    const [, y, m, d] = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?(?:\s.*)?$/.exec(text) ?? [];
    const day = y ? `${y}-${m!.padStart(2, "0")}-${d!.padStart(2, "0")}` : "";
    return isIsoDate(day) ? (day as IsoDate) : new Error("请写成 2025-12-31。");
  }
  return text;
}

/** By code (9 or 12 digits, a township also with 000 behind) or by name, of one cell or of township and village. */
function placeFinder(deps: RegistersDeps, county: string) {
  const all = deps.divisions(county).filter((d) => d.code.length > 6);
  const nameOf = new Map(all.map((d) => [d.code, d.name]));
  const full = (code: string) =>
    code.length === 12 ? `${nameOf.get(code.slice(0, 9)) ?? ""}${nameOf.get(code)}` : nameOf.get(code)!;
  return (said: readonly string[]): { code: string; name: string } | { wrong: string } => {
    const [one = "", two] = said;
    if (one === "") return { wrong: "没有写是哪个地方。" };
    const digits = [two, one]
      .find((t) => t !== undefined && /^\d{9}(\d{3})?$/.test(t))
      ?.replace(/^(\d{9})000$/, "$1");
    if (digits !== undefined)
      return nameOf.has(digits)
        ? { code: digits, name: full(digits) }
        : { wrong: "本县没有这个区划代码，请核对。" };
    const text = said.join("").replace(/\s/g, "");
    const fits = all.filter((d) => full(d.code) === text || (two === undefined && d.name === text));
    const whole = fits.filter((d) => d.code.length === 9 || full(d.code) === text);
    const found = whole.length > 0 ? whole : fits;
    if (found.length === 1) return { code: found[0]!.code, name: full(found[0]!.code) };
    return {
      wrong:
        found.length === 0
          ? "本县没有这个乡镇或村，请写区划上的全称，或写区划代码。"
          : "有几个村同名，请连乡镇一起写，或写区划代码。",
    };
  };
}

/** Where a township's villages are all there and come to another number. */
function remarksOf(
  r: ResolvedRegister,
  rows: readonly Read[],
  divisions: readonly { readonly code: string }[],
): string[] {
  const { adds } = r.importing!;
  if (!adds) return [];
  const n = (x: Read) => Number(x.does === "wrong" ? Number.NaN : x.said?.[adds]);
  return rows.flatMap((town) => {
    if (town.divisionCode?.length !== 9 || town.does === "wrong") return [];
    const villages = rows.filter(
      (v) => v.divisionCode?.length === 12 && v.divisionCode.startsWith(town.divisionCode!),
    );
    const all = divisions.filter((d) => d.code.length === 12 && d.code.startsWith(town.divisionCode!)).length;
    const sum = villages.reduce((a, v) => a + n(v), 0);
    return villages.length > 0 && villages.length === all && Number.isFinite(sum) && sum !== n(town)
      ? [`${town.place}写的是 ${n(town)}，${villages.length} 个村合计是 ${sum}，请核对。`]
      : [];
  });
}
