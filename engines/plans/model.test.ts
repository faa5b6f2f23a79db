/** Lights, proposals and the fold, on invented aims. */
import { describe, expect, test } from "vitest";
import { type Course, progressOf } from "./light.ts";
import { propose } from "./matching.ts";
import { type Aim, dueOf, foldTargets, type PlanEvent } from "./model.ts";
import { onceEach } from "./scope.ts";

const aim = (more: Partial<Aim> = {}): Aim => ({
  ...{
    object: "适老化改造",
    comparator: ">=",
    value: 200,
    max: null,
    unit: "户",
    from: null,
    due: "2024-12-31",
  },
  ...more,
});
const flow = (now: number, asOf = "2024-06-30"): Course => ({ kind: "flow", base: 0, now, asOf });
const LIMITS = { yellow: 0.9, red: 0.7 };
const light = (a: Aim, course: Course | null, today = "2024-07-01") =>
  progressOf(a, "2024-01-01", today, course, LIMITS);

describe("灯", () => {
  test("半年做了一半是绿，四成是黄，三成是红；理由说出应完成、已完成和到期时的数", () => {
    expect(light(aim(), flow(100)).light).toBe("green");
    expect(light(aim(), flow(80)).light).toBe("yellow");
    const red = light(aim(), flow(60));
    expect(red).toMatchObject({ light: "red", percent: 30 });
    expect(red.reason).toMatch(/应完成 49\.\d+%，已完成 30%；按目前进度到期时为 12\d户（目标 200户）/);
  });
  test("人、户、张没有零头，钱、比例有", () => {
    expect(light(aim(), flow(61)).forecast).toBe(123);
    expect(light(aim({ unit: "万元" }), flow(61)).forecast).toBe(123.01);
    expect(light(aim({ unit: "万人" }), flow(61)).reason).toContain("123.01万人");
  });
  test("到数就是已完成；过期没到数是红，写明差多少", () => {
    expect(light(aim(), flow(200))).toMatchObject({ light: "done", percent: 100 });
    expect(light(aim(), flow(150, "2024-12-31"), "2025-01-02").reason).toContain("差 50户");
  });
  test("存量从上年末起算；文件写明原来多少的，从那里起算", () => {
    const stock: Course = { kind: "stock", base: 100, now: 150, asOf: "2024-06-30" };
    expect(light(aim(), stock)).toMatchObject({ percent: 50, light: "green" });
    expect(light(aim({ from: 140 }), stock).percent).toBeCloseTo(16.7, 1);
  });
  test("稳中有升比上年末；没有上年末的数说不准", () => {
    const up = aim({ comparator: "rising", value: null });
    expect(light(up, { kind: "stock", base: 10, now: 10, asOf: "2024-06-30" }).light).toBe("green");
    expect(light(up, { kind: "stock", base: 10, now: 9, asOf: "2024-06-30" }).light).toBe("red");
    expect(light(up, { kind: "stock", base: null, now: 9, asOf: "2024-06-30" }).light).toBe("unknown");
  });
  test("上限：不超过就好，超过就红；全覆盖是百分之百", () => {
    expect(light(aim({ comparator: "<=", value: 5 }), flow(5)).light).toBe("green");
    expect(light(aim({ comparator: "<=", value: 5 }), flow(6)).light).toBe("red");
    expect(light(aim({ comparator: "full", value: null, unit: "%" }), flow(100)).light).toBe("done");
  });
  test("没有数就说没有数，刚开始不下结论", () => {
    expect(light(aim(), null)).toMatchObject({ light: "unknown", now: null });
    expect(light(aim(), null).reason).toMatch(/^还没有数/);
    expect(light(aim(), null, "2025-01-02").reason).toMatch(/^期限已过，还没有数/);
    expect(light(aim(), flow(0, "2024-01-15"), "2024-01-16").light).toBe("green");
  });
});

describe("可能的指标", () => {
  const all = [
    { code: "dibao_persons", name: "低保对象人数", unit: "人", kind: "stock", share: false },
    { code: "dibao_new_persons", name: "新增低保人数", unit: "人", kind: "flow", share: false },
    { code: "dibao_left_persons", name: "退出低保人数", unit: "人", kind: "flow", share: false },
    { code: "age_allowance_persons", name: "高龄津贴人数", unit: "人", kind: "stock", share: false },
    { code: "age_allowance_amount", name: "高龄津贴发放金额", unit: "万元", kind: "flow", share: false },
    { code: "age_allowance_standard", name: "高龄津贴标准", unit: "元/月", kind: "stock", share: false },
    { code: "cemetery_coverage", name: "公益性公墓覆盖率", unit: "%", kind: "stock", share: true },
  ].map((i) => ({ ...i, kind: i.kind as "stock" | "flow", owner: "社会救助股" }));
  const first = (object: string, unit: string, adds?: boolean) =>
    propose({ object, unit, ...(adds === undefined ? {} : { adds }) }, all)[0];
  test("名称和单位越像越靠前，说得出为什么；一个字也不像的不提", () => {
    expect(propose({ object: "全县低保对象", unit: "人" }, all)[0]).toMatchObject({
      ...{ code: "dibao_persons", owner: "社会救助股" },
    });
    expect(propose({ object: "公墓覆盖率", unit: "%" }, all)[0]?.why).toContain("单位相同");
    expect(propose({ object: "婚姻登记", unit: "对" }, all)).toEqual([]);
  });
  test("说新增的先提新增的数，说现有的先提现有的数；每月的标准不是一年的支出", () => {
    expect(first("新增低保对象", "人")).toMatchObject({ code: "dibao_new_persons", score: 1 });
    expect(first("新增低保对象", "人")?.why).toContain("都是当年新增的数");
    // The verb stands before the figure: 新纳入…人 is read as 低保对象, and the clause says that it is new.
    expect(first("低保对象", "人", true)).toMatchObject({ code: "dibao_new_persons" });
    expect(first("低保对象", "人")).toMatchObject({ code: "dibao_persons", score: 1 });
    expect(first("高龄津贴", "元/月")).toMatchObject({ code: "age_allowance_standard" });
    expect(first("高龄津贴", "万元")).toMatchObject({ code: "age_allowance_amount" });
  });
});

test("期限：季、月、年、跨年，没写的到计划最后一天", () => {
  expect(["2024-Q2", "2024-02", "2024", "2021/2025", null].map((p) => dueOf(p, 2024))).toEqual([
    "2024-06-30",
    "2024-02-29",
    "2024-12-31",
    "2025-12-31",
    "2024-12-31",
  ]);
});

test("目标是经过的累积：更正、绑定、督办、合并都在，原来读出的也在", () => {
  const event = (kind: PlanEvent["kind"], data: object, n: number): PlanEvent => ({
    ...{ id: `e${n}`, kind, targetId: "t", data: data as PlanEvent["data"], at: `2024-01-0${n}` },
    ...{ actorId: "a", actorName: "甲" },
  });
  const [t] = foldTargets([
    event("found", { ...aim(), span: null, why: "" }, 1),
    event("corrected", { value: 220 }, 2),
    event("bound", { indicator: "x" }, 3),
    event("urged", { until: "2024-03-01", note: "请说明" }, 4),
    event("reported", { note: "已开工" }, 5),
  ]);
  expect(t).toMatchObject({
    value: 220,
    indicator: "x",
    urgedUntil: "2024-03-01",
    lastMovement: "2024-01-05",
  });
  expect(t?.events).toHaveLength(5);
  expect(t?.events[0]?.data.value).toBe(200);
});

test("a place of two registers is one place; two of one register, or of two townships, are two", () => {
  const site = (register: string, id: string, title: string, divisionCode = "430621101") => ({
    ...{ register, id, title, divisionCode, registerTitle: register, kind: null },
  });
  const places = onceEach([
    site("service-site", "a", "长青养老院（公办）"),
    site("care-institution", "b", "长青 养老院(公办)"),
    site("care-institution", "c", "长青养老院(公办)"),
    site("care-institution", "d", "长青养老院（公办）", "430621102"),
    site("meal-site", "e", "长青养老院（公办）", "430621101001"),
  ]);
  expect(places.map((p) => [p.id, p.also.map((s) => s.id)])).toEqual([
    ["a", ["b", "e"]],
    ["c", []],
    ["d", []],
  ]);
});
