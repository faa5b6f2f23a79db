import { describe, expect, it } from "vitest";
import { z } from "zod";
import { contract } from "./index.ts";
import { FIELD_NAMES, named } from "./names.ts";
import { isWording, wording } from "./wording.ts";

const said = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value, { error: wording }).error?.issues.map((i) => i.message);

describe("what a form refuses, said to the person who filled it", () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ["nothing", z.string(), undefined, "没有填写。"],
    ["null", z.int(), null, "没有填写。"],
    ["an empty text", z.string().min(1), "", "没有填写。"],
    ["a short text", z.string().min(4), "好", "至少 4 个字。"],
    ["a long text", z.string().max(2), "好好好", "最多 2 个字。"],
    ["words for a number", z.number(), "多", "要填数字。"],
    ["half of one", z.int(), 1.5, "要填整数。"],
    ["a small number", z.number().min(1), 0, "不能小于 1。"],
    ["zero", z.number().positive(), 0, "要大于 0。"],
    ["a big number", z.number().max(9), 10, "不能大于 9。"],
    ["not below", z.number().lt(9), 9, "要小于 9。"],
    ["a step", z.number().multipleOf(5), 7, "要是 5 的整数倍。"],
    ["no item", z.array(z.string()).min(1), [], "至少要有一项。"],
    ["too many", z.array(z.string()).max(1), ["a", "b"], "最多 1 项。"],
    ["yes or no", z.boolean(), "yes", "要选是或否。"],
    ["none of these", z.enum(["a"]), "b", "不在可以选的几项里，请重新选。"],
    ["a day", z.iso.date(), "3月1日", "日期要写成 2026-03-01 这样。"],
    ["an id", z.uuid(), "1", "编号不对，请刷新页面再试。"],
    ["a pattern", z.string().regex(/^\d+$/), "x", "写法不对，请检查。"],
    ["a stranger", z.strictObject({}), { x: 1 }, "多了不认识的内容：x。请刷新页面再试。"],
    ["neither", z.union([z.number(), z.boolean()]), "x", "填写得不对，请检查。"],
  ])("%s", (_, schema, value, sentence) => {
    expect(said(schema, value)).toEqual([sentence]);
  });
  it.each([
    [z.object({ size: z.number().min(1) }), { size: 0 }, true],
    [z.object({ size: z.number() }), {}, true],
    [z.object({ size: z.number() }), { size: "多" }, true],
    [z.object({ size: z.number().min(1, "每页至少一条。") }), { size: 0 }, false],
  ])("is told apart from a schema's own words (%#)", (schema, value, own) => {
    const [issue] = schema.safeParse(value, { error: wording }).error?.issues ?? [];
    expect(isWording(issue?.message ?? "", issue ?? {})).toBe(own);
  });
  it("alone, it names its field; every field of a query has a name", () => {
    expect(named("/size", "不能小于 1。")).toBe("「每页条数」不能小于 1。");
    expect(named("/members/0/idNo", "没有填写。")).toBe("「身份证号」没有填写。");
    expect(named("/", "填写得不对，请检查。")).toBe("填写得不对，请检查。");
    const asked = Object.values(contract).flatMap((e) =>
      "query" in e ? Object.keys((e.query as z.ZodObject).shape) : [],
    );
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((name) => !(name in FIELD_NAMES))).toEqual([]);
  });
  it("a schema's own words go first", () => {
    expect(said(z.string().min(2, "写明为什么。"), "")).toEqual(["写明为什么。"]);
  });
});
