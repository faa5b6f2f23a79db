/** The same text in another dress says the same; and no text at all makes the reader hang or fall. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXAMPLES } from "./examples.ts";
import { readText } from "./read.ts";

const DOCUMENT = `云溪县民政局2024年工作要点\n一、主要工作\n${EXAMPLES.filter(
  (e) => e.in === "plan" && !e.text.includes("\n"),
)
  .map((e, i) => `${i + 1}.有关事项。${e.text}`)
  .join("\n")}`;
const facts = (text: string) =>
  readText(text).quantities.map(
    (q) => `${q.value}${q.unit}${q.comparator}${q.from ?? ""}${q.max ?? ""}${q.kind}`,
  );
const BASE = facts(DOCUMENT);

const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const halfPunctuation = (text: string) =>
  text
    .replace(/，/g, ",")
    .replace(/；/g, ";")
    .replace(/：/g, ":")
    .replace(/（/g, "(")
    .replace(/）/g, ")")
    .replace(/％/g, "%");

describe("the same quantities in another dress", () => {
  it("full width", () => expect(facts(fullWidth(DOCUMENT))).toEqual(BASE));
  it("half-width punctuation", () => expect(facts(halfPunctuation(DOCUMENT))).toEqual(BASE));
  it("spaces between figures and units", () =>
    expect(facts(DOCUMENT.replace(/(\d)(?=[个户家名张座处万元%人])/g, "$1 "))).toEqual(BASE));
  it("carriage returns, a byte order mark, non-breaking spaces", () => {
    expect(facts(`\uFEFF${DOCUMENT.replaceAll("\n", "\r\n")}`)).toEqual(BASE);
    expect(facts(DOCUMENT.replaceAll("。", "。\u00a0"))).toEqual(BASE);
  });
  it("wrapped at any width, also inside numbers", () => {
    for (const width of [22, 28, 34, 41]) {
      const wrapped = DOCUMENT.split("\n")
        .map((line) => line.match(new RegExp(`.{1,${width}}`, "gu"))?.join("\n") ?? "")
        .join("\n");
      const got = facts(wrapped);
      const same = got.filter((f) => BASE.includes(f)).length;
      // A line that ends exactly between a number and a new item cannot be told from an item.
      expect(same / BASE.length, `width ${width}`).toBeGreaterThanOrEqual(0.97);
      expect(got.length / BASE.length).toBeLessThanOrEqual(1.03);
    }
  });
  it("spans point to the words in every dress", () => {
    for (const text of [DOCUMENT, fullWidth(DOCUMENT), DOCUMENT.replaceAll("。", "。\r\n")])
      for (const q of readText(text).quantities) {
        expect(text.slice(q.start, q.end)).toBe(q.quote);
        expect(q.start).toBeLessThanOrEqual(q.numeralStart);
        expect(q.numeralStart).toBeLessThan(q.end);
      }
  });
});

const PIECES = [
  ..."一二三十百千万亿两零第年月日个户家人名元%到至从由比提高、，。；：（）()“”《》|\t\n\r 0123456789.-~〔〕①②xX＊ａ１",
  "提高到",
  "分别从",
  "每人每月",
  "不少于",
  "以上",
  "一是",
  "方面",
  "2024年",
  "1-9月",
  "工作总结",
  "下一步",
  "\ud83d",
  "\udc00",
  "元/人/月",
  "——",
];

describe("no text hangs or crashes it", () => {
  const check = (text: string) => {
    const r = readText(text);
    for (const q of r.quantities) {
      if (text.slice(q.start, q.end) !== q.quote || q.quote === "")
        throw new Error(`span ${q.start}-${q.end}`);
      if (!Number.isFinite(q.value) || !Number.isFinite(q.baseValue)) throw new Error(`value of ${q.quote}`);
    }
    for (const t of r.tasks)
      if (!(t.start >= 0 && t.end <= text.length && t.start < t.end)) throw new Error("task span");
    JSON.stringify(r);
  };
  it("pieces of the grammar in any order", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 160 }), (parts) => check(parts.join(""))),
      { numRuns: 400 },
    );
  });
  it("any characters", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), check), { numRuns: 200 });
  });
  it("a real sentence with one character changed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...EXAMPLES.map((e) => e.text)),
        fc.nat(),
        fc.constantFrom(...PIECES),
        (text, at, piece) => {
          const i = at % text.length;
          check(text.slice(0, i) + piece + text.slice(i + 1));
        },
      ),
      { numRuns: 300 },
    );
  });
  it("long runs of one thing end", () => {
    for (const unit of [
      "1",
      "一",
      "十",
      "（",
      "“",
      "《",
      "，",
      "1、",
      "从1个",
      "1-",
      "一是",
      "\n",
      " ",
      "|1",
      "1个到",
      "每",
      "2024年",
      "第一",
      "。",
      "a",
      "1.",
      "百分之",
    ])
      check(unit.repeat(4_000));
  }, 60_000);
});
