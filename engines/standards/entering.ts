/** What is wrong with an entered standard, and what to look at twice. Pure. */
import { addMonths, DomainError, formatMonthChinese, type IsoDate, isIsoDate, monthOf } from "@wuxin/kernel";
import type { Parameter } from "@wuxin/policy";
import { firstMonth, type StandardInput, type StandardValue } from "./model.ts";
import { printed } from "./printed.ts";
import type { Shelved } from "./shelf.ts";
import { ROUNDINGS } from "./views.ts";

const NUMBER = /^\d{1,9}(\.\d{1,4})?$/;
const wrong = (field: string, message: string): never => {
  throw new DomainError("invalid-input", message, { field });
};

/** In which units a figure of this standard may be written: a monthly amount also by the year, as documents print it. */
export function unitsOf(p: Pick<Parameter, "unit" | "type">): string[] {
  if (!p.unit) return [];
  if (p.type === "money" && p.unit.text === "元/月") return ["元/月", "元/年"];
  if (p.type === "money" && p.unit.text === "元/年") return ["元/年", "元/月"];
  return [p.unit.text];
}

/** The keys that every version has: choices of the dimensions, parts; one empty key for a single value. */
export function keysOf(p: Parameter): string[][] {
  const last = p.versions.at(-1);
  return last ? [...last.values.keys()].map((k) => k.split("\u0000").filter((x) => x !== "")) : [[]];
}

/** @throws DomainError("invalid-input") naming the field */
export function checkInput(s: Shelved, input: Omit<StandardInput, "document">, today: IsoDate): void {
  const { parameter: p } = s;
  if (!isIsoDate(input.since)) wrong("since", `“${input.since}”不是有效日期，请写成 2024-07-01。`);
  if (input.since < "2000-01-01" || input.since > `${Number(today.slice(0, 4)) + 5}-12-31`)
    wrong("since", "起始日期应在 2000 年以后、五年以内，请核对年份。");
  if (input.form === "multiple") {
    checkMultiple(s, input);
    return;
  }
  if (input.multiple !== null) wrong("multiple", "直接给金额的，不要同时写倍数。");
  const expected = keysOf(p).map((k) => k.join("\u0000"));
  const given = input.values.map((v) => v.key.join("\u0000"));
  for (const key of expected)
    if (!given.includes(key))
      wrong(
        "values",
        `还缺${key === "" ? "" : `「${key.replaceAll("\u0000", " · ")}」`}的值，每一档都要填。`,
      );
  if (new Set(given).size !== given.length || given.some((k) => !expected.includes(k)))
    wrong("values", `档次与「${p.label}」不一致，请刷新页面后重填。`);
  for (const v of input.values) checkValue(p, v);
}

function checkMultiple(s: Shelved, input: Omit<StandardInput, "document">): void {
  if (!s.derivation) wrong("form", `「${s.parameter.label}」不是按别的标准推算的，请直接填金额。`);
  if (input.values.length > 0) wrong("values", "按倍数推算的，不要同时填金额。");
  const m = input.multiple;
  if (!m || !/^\d{1,2}(\.\d{1,3})?$/.test(m.times) || Number(m.times) <= 0)
    wrong("multiple", "倍数应是大于零的数，例如 1.3。");
  if (m && !ROUNDINGS.includes(m.round)) wrong("multiple", "请选择取整方式。");
}

function checkValue(p: Parameter, v: StandardValue): void {
  const at = v.key.length > 0 ? `「${v.key.join(" · ")}」` : "值";
  const field = `values.${v.key.join(".")}`;
  if (v.unit !== null && !unitsOf(p).includes(v.unit))
    wrong(field, `${at}的单位应是${unitsOf(p).join("或")}。`);
  if (p.type === "boolean") {
    if (v.text !== "true" && v.text !== "false") wrong(field, `${at}请选择「是」或「否」。`);
    return;
  }
  if (p.type === "text") {
    if (!(p.choices ?? []).includes(v.text)) wrong(field, `${at}请从 ${(p.choices ?? []).join("、")} 里选。`);
    return;
  }
  if (p.type === "date") {
    if (!isIsoDate(v.text)) wrong(field, `${at}不是有效日期，请写成 2024-07-01。`);
    return;
  }
  if (!NUMBER.test(v.text)) wrong(field, `${at}应是数字，例如 730 或 730.50。`);
  if (p.type === "integer" && !/^\d+$/.test(v.text)) wrong(field, `${at}应是整数。`);
  if (p.type !== "money") return;
  const [whole = "", decimals = ""] = v.text.split(".");
  if (decimals.length > 2) wrong(field, `${at}最多写到分。`);
  if (v.unit === null || v.unit === p.unit?.text) return;
  const fen = BigInt(whole) * 100n + BigInt(decimals.padEnd(2, "0"));
  if (p.unit?.text === "元/月" && fen % 12n !== 0n)
    wrong(field, `${at}${v.text} 元/年分到每月不是整分，请按文件写明的月标准填写。`);
}

/** What deserves a second look; nothing here refuses. */
export function notesOn(s: Shelved, input: Omit<StandardInput, "document">, today: IsoDate): string[] {
  const notes: string[] = [];
  const first = firstMonth(input.since);
  const now = monthOf(today);
  if (!input.since.endsWith("-01"))
    notes.push(`月中起执行的标准，从次月（${formatMonthChinese(first)}）起算。`);
  if (first < now)
    notes.push(
      `${formatMonthChinese(first)}已经过去：到${formatMonthChinese(addMonths(now, -1))}为止的月份会产生补发，见下面的各月数。`,
    );
  if (input.form === "multiple") return notes;
  const last = s.parameter.versions.findLast((v) => v.since <= input.since);
  if (s.derivation)
    notes.push(
      `「${s.parameter.label}」现在由${s.derivation.from}推算；批准后从这一天起按核定的金额，不再随之变动。`,
    );
  for (const [key, old] of last?.values ?? []) {
    const v = input.values.find((x) => x.key.join("\u0000") === key);
    const before = Number(printed(s.parameter, old));
    if (!v || typeof old === "boolean" || typeof old === "string" || !(before > 0)) continue;
    const ratio = inOwnUnit(s.parameter, v) / before;
    const name = v.key.length > 0 ? `「${v.key.join(" · ")}」` : "";
    if (ratio < 1) notes.push(`${name}比现行的低 ${Math.round((1 - ratio) * 100)}%，请核对文件。`);
    if (ratio > 1.5) notes.push(`${name}比现行的高 ${Math.round((ratio - 1) * 100)}%，请核对是否多写了零。`);
  }
  return notes;
}

function inOwnUnit(p: Parameter, v: StandardValue): number {
  const n = Number(v.text);
  if (v.unit === null || v.unit === p.unit?.text) return n;
  return p.unit?.text === "元/月" ? n / 12 : n * 12;
}
