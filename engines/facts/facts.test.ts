import { fixedClock, newId } from "@wuxin/kernel";
import type { Actor, Tx } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAudit } from "../audit/index.ts";
import { createRegistry } from "../registry/index.ts";
import { EAST, EAST_VILLAGE, officer, person, resident, WEST } from "../registry/testing.ts";
import { createFacts, type FactInput, RANKS, subjectKey } from "./index.ts";
import { type Fact, stronger, strongest } from "./model.ts";

let t: TestDatabase;
let now = new Date("2026-03-02T09:00:00+08:00");
const clock = { now: () => now, today: () => now.toISOString().slice(0, 10) };
const facts = createFacts({ clock });
const east = officer(EAST);
const west = officer(WEST);
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => t.db.transact(actor, work);
let grandma: string;
let householdId: string;

beforeAll(async () => {
  t = await testDatabase();
  const registry = createRegistry({
    clock: fixedClock("2026-03-02"),
    vault: t.vault,
    audit: createAudit({ clock, vault: t.vault }),
  });
  householdId = newId();
  grandma = (await as(east, (tx) => registry.ensurePerson(tx, person({ name: "李奶奶" })))).id;
  await as(east, (tx) =>
    registry.openHousehold(tx, {
      id: householdId,
      headPersonId: grandma,
      divisionCode: EAST_VILLAGE,
      address: "",
      areaClass: "农村",
      members: [{ personId: grandma, relation: "户主" }],
    }),
  );
});
afterAll(() => t.close());

const about = (over: Partial<FactInput> = {}): FactInput => ({
  id: newId(),
  subject: { kind: "person", id: grandma },
  name: "每月工资",
  value: 120_000,
  source: "本人申报",
  ...over,
});
const record = (list: FactInput[], actor = east) => as(actor, (tx) => facts.record(tx, list));
const currentOf = async (name: string, actor = east) =>
  (await as(actor, (tx) => facts.current(tx, [{ kind: "person", id: grandma }])))
    .get(`person:${grandma}`)
    ?.get(name);

describe("the strongest statement stands, the others are shown", () => {
  test("verification beats a later declaration; the county beats all", async () => {
    await record([about()]);
    now = new Date(now.getTime() + 1000);
    await record([about({ value: 200_000, source: "信息核对", reference: "核字〔2026〕7号" })]);
    now = new Date(now.getTime() + 1000);
    await record([about({ value: 130_000 })], { ...east, name: "经办王五" });
    const fact = await currentOf("每月工资");
    expect(fact).toMatchObject({
      value: 200_000,
      source: "信息核对",
      reference: "核字〔2026〕7号",
      recordedByName: "经办李四",
    });
    expect(fact?.others.map((o) => [o.value, o.source, o.recordedByName])).toEqual([
      [130_000, "本人申报", "经办王五"],
      [120_000, "本人申报", "经办李四"],
    ]);
    await record([about({ value: 150_000, source: "县级认定" })]);
    expect(await currentOf("每月工资")).toMatchObject({ value: 150_000 });
    expect(
      (await as(east, (tx) => facts.history(tx, { kind: "person", id: grandma }))).map((f) => f.value),
    ).toEqual([...[150_000, 130_000, 200_000, 120_000]]);
  });

  test("every kind of value comes back as it went in; null is an answer too", async () => {
    const values = { 文字: "无", 整数: 0, 是: true, 否: false, 空: null, 空字: "" };
    await record(Object.entries(values).map(([name, value]) => about({ name, value })));
    const standing = await as(east, (tx) => facts.values(tx, "person", [grandma], Object.keys(values)));
    expect(standing.get(grandma)).toEqual(values);
    for (const [name, value] of Object.entries(values)) expect((await currentOf(name))?.value).toBe(value);
  });

  test("a fact valid from next month does not stand today", async () => {
    await record([
      about({ name: "养老金", value: 10_000 }),
      about({ name: "养老金", value: 12_000, validFrom: "2026-04-01" }),
    ]);
    expect((await currentOf("养老金"))?.value).toBe(10_000);
    const later = await as(east, (tx) => facts.values(tx, "person", [grandma], ["养老金"], "2026-04-01"));
    expect(later.get(grandma)).toEqual({ 养老金: 12_000 });
  });

  test("a repeated request adds nothing", async () => {
    const fact = about({ name: "残疾等级", value: "二级" });
    expect(await record([fact])).toBe(1);
    expect(await record([fact, { ...fact, value: "一级" }])).toBe(0);
    expect((await currentOf("残疾等级"))?.value).toBe("二级");
  });

  test("a person and a household with facts of the same name do not mix; unknown subjects have none", async () => {
    const subject = { kind: "household", id: householdId } as const;
    await record([about({ subject, name: "存款", value: 1 }), about({ name: "存款", value: 2 })]);
    const nobody = { kind: "person", id: newId() } as const;
    const all = await as(east, (tx) => facts.current(tx, [subject, { kind: "person", id: grandma }, nobody]));
    expect(all.get(subjectKey(subject))?.get("存款")?.value).toBe(1);
    expect(all.get(`person:${grandma}`)?.get("存款")?.value).toBe(2);
    expect(all.get(subjectKey(nobody))?.size).toBe(0);
  });

  test.each([
    ["an unknown source", { source: "听说" as never }, "来源"],
    ["a fraction", { value: 12.5 }, "整数"],
    ["ten megabytes", { value: "长".repeat(5_000_000) }, "最长"],
    ["a date that is none", { validFrom: "2026-02-30" }, "日期"],
    ["a case without its place", { subject: { kind: "case" as const, id: newId() } }, "办理地"],
  ])("refused: %s", async (_, over, says) => {
    await expect(record([about({ name: "干净" }), about(over)])).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining(says),
    });
    expect(await currentOf("干净")).toBeUndefined();
  });
});

describe("nothing is changed, nothing leaks", () => {
  test("the application can neither change nor remove a fact", async () => {
    await expect(as(east, (tx) => tx.exec("update fact set value = '1'"))).rejects.toThrow(
      /permission denied/,
    );
    await expect(as(east, (tx) => tx.exec("delete from fact"))).rejects.toThrow(/permission denied/);
  });

  test("another township neither reads nor adds; the person herself reads; a case's facts are its township's and its applicant's", async () => {
    const count = (actor: Actor) => as(actor, (tx) => tx.query("select 1 from fact").then((r) => r.length));
    expect(await count(west)).toBe(0);
    await expect(record([about()], west)).rejects.toThrow(/row-level security/);
    expect(await currentOf("每月工资", west)).toBeUndefined();
    expect((await currentOf("每月工资", resident(grandma)))?.value).toBe(150_000);
    expect(await count(resident(newId()))).toBe(0);
    const subject = { kind: "case", id: newId() } as const;
    await record([
      about({ subject, name: "走访意见", value: "属实", divisionCode: EAST_VILLAGE, applicantId: grandma }),
    ]);
    const read = async (actor: Actor) => (await as(actor, (tx) => facts.history(tx, subject))).length;
    expect([
      await read(east),
      await read(west),
      await read(resident(grandma)),
      await read(resident(newId())),
    ]).toEqual([1, 0, 1, 0]);
  });
});

test("which fact stands does not depend on the order in which they are read", () => {
  const anyFact: fc.Arbitrary<Fact> = fc
    .record({
      id: fc.uuid(),
      name: fc.constantFrom("工资", "存款"),
      value: fc.constantFrom<Fact["value"]>(1, 2, 3, null, true),
      source: fc.constantFrom(...(Object.keys(RANKS) as (keyof typeof RANKS)[])),
      recordedAt: fc.constantFrom("2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"),
    })
    .map((f) => ({
      ...f,
      subject: { kind: "person", id: "x" },
      rank: RANKS[f.source],
      reference: null,
      validFrom: "2026-01-01",
      recordedByName: "",
      caseId: null,
    }));
  fc.assert(
    fc.property(
      fc.uniqueArray(anyFact, { selector: (f) => f.id, maxLength: 12 }),
      fc.func(fc.nat()),
      (list, shuffle) => {
        const a = strongest(list);
        const b = strongest([...list].sort((x, y) => shuffle(x.id) - shuffle(y.id)));
        expect(b).toEqual(a);
        for (const f of list) {
          const standing = a.get(f.name)!;
          expect(stronger(standing, f)).toBeLessThanOrEqual(standing.id === f.id ? 1 : -1);
          expect(standing.rank).toBeGreaterThanOrEqual(f.rank);
          const told = [standing.value, ...standing.others.map((o) => o.value)];
          expect(told.filter((v) => v === f.value)).toHaveLength(1);
        }
      },
    ),
  );
});
