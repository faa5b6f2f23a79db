import { type Condition, DomainError, fixedClock, holds, newId, residentIdWithCheck } from "@wuxin/kernel";
import { type Actor, systemActor, type Tx } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRegisters, type EntryQuery, type Registers } from "./index.ts";
import { boats, COUNTY, divisions, EAST, parameterOn, resolved, WEST } from "./toy.ts";

let t: TestDatabase;
let trail: { action: string; detail?: unknown }[];
const catalogue = { registers: new Map([["boats", resolved(boats)]]) };
const clockAt = (day: string) => fixedClock(day);

function registersOn(day: string): Registers {
  trail = [];
  return createRegisters({
    clock: clockAt(day),
    vault: t.vault,
    catalogue,
    audit: { record: async (_tx, e) => void trail.push(e) },
    divisions,
    registry: { households: async () => new Map() },
    parameterOn,
  });
}

const county: Actor = { ...systemActor(COUNTY), role: "county", name: "周科长" };
const east: Actor = { ...county, scope: EAST, role: "township", name: "东镇小李" };
const west: Actor = { ...county, scope: WEST, role: "township", name: "西镇小王" };
const idNo = residentIdWithCheck("43062119600101123");
const swan = { name: "天鹅号", kind: "手划船", place: EAST, seats: 10, hired: 4, fareFen: 9_000 };
const all: EntryQuery = { page: 1, size: 100 };

const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => t.db.transact(actor, work);
async function refused(work: Promise<unknown>): Promise<DomainError> {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(DomainError);
  return error as DomainError;
}

beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.close());

describe("an entry from its making to its end", () => {
  const id = newId();

  test("is made by the township, with its computed column and the day of its first check", async () => {
    const page = await as(east, (tx) =>
      registersOn("2024-03-10").saveEntry(tx, "boats", id, { version: 0, values: swan }),
    );
    expect(page).toMatchObject({
      version: 1,
      divisionName: "东镇",
      checkDueOn: "2025-03-10",
      flags: [],
      active: true,
    });
    expect(page.values).toMatchObject({ seats: 10, hired: 4, free: 6 });
    expect(page.texts).toMatchObject({ fareFen: "90.00", place: "东镇", free: "6" });
    expect(page.history).toMatchObject([{ by: "东镇小李", action: "新建" }]);
    expect(trail).toMatchObject([{ action: "register.create" }]);
  });

  test("a repeated request is the same request; another entry under the same id is refused", async () => {
    const save = (values: object) =>
      as(east, (tx) =>
        registersOn("2024-03-10").saveEntry(tx, "boats", id, { version: 0, values: { ...values } }),
      );
    expect(await save(swan)).toMatchObject({ version: 1 });
    expect(trail).toEqual([]);
    expect((await refused(save({ ...swan, seats: 9 }))).code).toBe("already-exists");
    // An id that belongs to another township is taken, and nothing more is said about it.
    const theirs = as(west, (tx) =>
      registersOn("2024-03-10").saveEntry(tx, "boats", id, { version: 0, values: { ...swan, place: WEST } }),
    );
    expect((await refused(theirs)).code).toBe("already-exists");
  });

  test("two people edit it: the second is told who changed what, and nothing of his is written", async () => {
    const save = (actor: Actor, values: object) =>
      as(actor, (tx) =>
        registersOn("2024-03-11").saveEntry(tx, "boats", id, {
          version: 1,
          values: { ...values },
          reason: "调价",
        }),
      );
    expect(await save(east, { fareFen: 9_900 })).toMatchObject({ version: 2 });
    const error = await refused(save(county, { seats: 8 }));
    expect(error.code).toBe("stale-version");
    expect(error.message).toMatch(/东镇小李 已于 2024-03-11 .*「票价」/);
    const page = await as(county, (tx) => registersOn("2024-03-11").getEntry(tx, "boats", id));
    expect(page.history[0]).toMatchObject({
      action: "修改：调价",
      rows: [{ label: "票价", before: "90.00", after: "99.00" }],
    });
    expect(page.values.seats).toBe(10);
  });

  test("a fare under the ceiling is flagged once the ceiling falls, with nobody touching the entry", async () => {
    const may = await as(county, (tx) => registersOn("2024-05-31").getEntry(tx, "boats", id));
    expect(may.flags).toEqual([]);
    const june = await as(county, (tx) => registersOn("2024-06-01").getEntry(tx, "boats", id));
    expect(june.flags).toEqual(["票价 99.00 元 超过 80.00 元（未载文号）。"]);
    const flagged = (day: string) =>
      as(
        county,
        async (tx) => (await registersOn(day).listEntries(tx, "boats", { ...all, flagged: "true" })).total,
      );
    expect([await flagged("2024-05-31"), await flagged("2024-06-01")]).toEqual([0, 1]);
  });

  test("a line keeps the flag of its own day, and lines cannot be changed", async () => {
    const may = newId();
    const line = (lineId: string, on: string, amountFen: number) =>
      as(east, (tx) =>
        registersOn("2024-06-20").addRow(tx, "boats", id, "fares", {
          id: lineId,
          values: { on, amountFen, payer: "张三" },
        }),
      );
    await line(may, "2024-05-20", 9_000);
    const page = await line(newId(), "2024-06-19", 9_000);
    expect(page.ledgers.fares?.map((w) => [w.values.on, w.flags])).toEqual([
      ["2024-06-19", ["收费 90.00 元 高于 80.00 元。"]],
      ["2024-05-20", []],
    ]);
    expect((await line(may, "2024-05-20", 9_000)).ledgers.fares).toHaveLength(2);
    expect((await refused(line(may, "2024-05-20", 9_100))).code).toBe("already-exists");
    await expect(as(east, (tx) => tx.exec("update register_row set values = '{}'"))).rejects.toThrow(
      /permission denied/,
    );
    await expect(as(east, (tx) => tx.exec("delete from register_history"))).rejects.toThrow(
      /permission denied/,
    );
  });

  test("a check moves the due day; overdue entries are counted and can be filtered", async () => {
    const check = (on: string, inspectors: { id: string; name: string }[]) =>
      as(east, (tx) =>
        registersOn("2025-04-01").addCheck(tx, "boats", id, {
          id: newId(),
          values: { on, inspectors, result: "合格" },
        }),
      );
    const due = (day: string) =>
      as(county, async (tx) => {
        const r = registersOn(day);
        const filter = JSON.stringify({ field: "checkDue", is: true });
        return [
          (await r.list(tx))[0]?.checksDue,
          (await r.listEntries(tx, "boats", { ...all, filter })).total,
        ];
      });
    expect(await due("2025-03-09")).toEqual([0, 0]);
    expect(await due("2025-03-10")).toEqual([1, 1]);
    const two = [
      { id: newId(), name: "甲" },
      { id: newId(), name: "乙" },
    ];
    expect((await refused(check("2025-04-01", two.slice(0, 1)))).message).toContain("至少要 2 人");
    const page = await check("2025-03-31", two);
    expect(page.checkDueOn).toBe("2026-03-31");
    expect(page.checks[0]?.values.inspectors).toEqual(two);
    expect(await due("2025-04-01")).toEqual([0, 0]);
  });

  test("taken out of use it leaves the lists, with its reason in the history, and takes no more lines", async () => {
    const r = registersOn("2025-05-01");
    const off = (reason: string) =>
      as(county, (tx) => r.setActive(tx, "boats", id, { version: 2, active: false, reason }));
    expect((await refused(off(" "))).field).toBe("reason");
    expect((await off("已拆解")).history[0]).toMatchObject({ action: "停用：已拆解" });
    expect(await as(county, (tx) => r.listEntries(tx, "boats", all))).toMatchObject({ total: 0 });
    const filter = JSON.stringify({ field: "active", is: false });
    expect(await as(county, (tx) => r.listEntries(tx, "boats", { ...all, filter }))).toMatchObject({
      total: 1,
    });
    const late = as(county, (tx) =>
      r.addRow(tx, "boats", id, "fares", {
        id: newId(),
        values: { on: "2025-05-01", amountFen: 1, payer: "李" },
      }),
    );
    expect((await refused(late)).code).toBe("action-not-allowed");
  });
});

describe("what is refused, each with a sentence at its field", () => {
  const attempt = (actor: Actor, values: object) =>
    refused(
      as(actor, (tx) =>
        registersOn("2024-03-10").saveEntry(tx, "boats", newId(), { version: 0, values: { ...values } }),
      ),
    );

  test("every wrong field at once, in the order of the form", async () => {
    const error = await attempt(east, {
      name: "",
      kind: "潜水艇",
      place: EAST,
      seats: -1,
      builtOn: "2030-01-01",
      nonsense: 1,
    });
    const fields = (error.details as { fields: { field: string }[] }).fields.map((f) => f.field);
    expect(fields).toEqual(["nonsense", "name", "kind", "seats", "builtOn"]);
  });

  test.each([
    ["more hired than there are", { ...swan, hired: 11 }, "hired", "已租座位多于全部座位，请核对。"],
    [
      "a limit that refuses",
      { ...swan, seats: 13 },
      "seats",
      "座位 13座 超过 12 座（试〔2023〕2号），请减少座位。",
    ],
    ["a place of another township", { ...swan, place: WEST }, "place", "不在您的管辖范围内"],
    ["a place of another county", { ...swan, place: "420103001" }, "place", "不是本县的"],
    ["a wrong check digit", { ...swan, ownerIdNo: "430621196001011231" }, "ownerIdNo", "校验"],
  ])("%s", async (_, values, field, message) => {
    const error = await attempt(east, values);
    expect(error).toMatchObject({ code: "invalid-input", field });
    expect(error.message).toContain(message);
  });

  test("a role that may not edit, and a register that is not", async () => {
    expect((await attempt({ ...county, role: "auditor" }, swan)).code).toBe("forbidden");
    const no = refused(as(county, (tx) => registersOn("2024-03-10").get(tx, "submarines")));
    expect((await no).code).toBe("not-found");
  });

  test("the answer to a question that is not asked is not stored", async () => {
    const id = newId();
    const save = (version: number, values: object) =>
      as(east, (tx) =>
        registersOn("2024-03-10").saveEntry(tx, "boats", id, { version, values: { ...values } }),
      );
    await save(0, { ...swan, kind: "电动船", battery: "B-7", seats: 40 });
    const page = await save(1, { kind: "手划船", seats: 4 });
    expect(page.values).not.toHaveProperty("battery");
    expect(page.history[0]?.rows.map((r) => r.label)).toEqual(["船型", "电池编号", "座位数"]);
  });

  test("a faulty declaration stops the start, naming file and mend", () => {
    const faulty = resolved({ ...boats, publicFields: ["ownerName"], titleField: "seats" });
    const start = () =>
      createRegisters({
        clock: clockAt("2024-01-01"),
        vault: t.vault,
        audit: { record: async () => {} },
        divisions,
        registry: { households: async () => new Map() },
        parameterOn,
        catalogue: { registers: new Map([["boats", faulty]]) },
      });
    expect(start).toThrow(/domains\/toy\/registers\/boats\/register.ts：公开栏目 ownerName 是个人信息/);
  });
});

describe("personal data", () => {
  const id = newId();
  const r = () => registersOn("2024-03-10");

  test("numbers lie sealed, are shown masked, found whole, and survive being sent back masked", async () => {
    const values = { ...swan, name: "白鹭号", ownerName: "王小明", ownerIdNo: idNo };
    await as(east, (tx) => r().saveEntry(tx, "boats", id, { version: 0, values }));
    const raw = await t.owner<{ text: string }>(
      "select values::text as text from register_entry where id = $1",
      [id],
    );
    expect(raw[0]?.text).not.toContain(idNo);
    const find = (q: string) =>
      as(county, async (tx) => (await r().listEntries(tx, "boats", { ...all, q })).rows);
    const [row] = await find(idNo.toLowerCase());
    expect(row).toMatchObject({
      id,
      values: { ownerName: "王**", ownerIdNo: `430621********${idNo.slice(-4)}` },
    });
    expect(await find(idNo.slice(0, 17))).toEqual([]);
    const page = await as(east, (tx) =>
      r().saveEntry(tx, "boats", id, { version: 1, values: { ...row?.values, seats: 9 } }),
    );
    expect(page.history[0]?.rows).toEqual([{ label: "座位数", before: "10", after: "9" }]);
    const kept = await as(east, (tx) =>
      tx.one<{ values: { ownerName: string } }>("select values from register_entry where id = $1", [id]),
    );
    expect(kept.values.ownerName).toBe("王小明");
  });

  test("a reader who may not edit sees names masked; every reading of the page leaves a line", async () => {
    const reader = registersOn("2024-03-10");
    const page = await as({ ...county, role: "auditor" }, (tx) => reader.getEntry(tx, "boats", id));
    expect(page.values.ownerName).toBe("王**");
    expect(trail).toMatchObject([{ action: "register.read" }]);
  });

  test("residents read the public fields of what is in use, nothing else", async () => {
    const open = await as(systemActor(COUNTY), (tx) => r().listPublic(tx, "boats"));
    expect(open.fields.map((f) => f.name)).toEqual(["name", "kind", "place", "free", "fareFen"]);
    const egret = open.rows.find((row) => row.name === "白鹭号");
    expect(egret).toEqual({ name: "白鹭号", kind: "手划船", place: "东镇", free: 5, fareFen: 9_000 });
  });
});

describe("lists", () => {
  const far: Actor = { ...systemActor("420103"), role: "county" };

  test("scope: another township's and another county's entries are not there", async () => {
    const r = registersOn("2024-03-10");
    const id = newId();
    await as(west, (tx) =>
      r.saveEntry(tx, "boats", id, { version: 0, values: { ...swan, name: "西风号", place: WEST } }),
    );
    const names = (actor: Actor, query: EntryQuery = all) =>
      as(actor, async (tx) => (await r.listEntries(tx, "boats", query)).rows.map((row) => row.values.name));
    expect(await names(west)).toEqual(["西风号"]);
    expect(await names(far)).toEqual([]);
    expect(await names(county, { ...all, division: WEST })).toEqual(["西风号"]);
    expect(await names(county, { ...all, q: "风" })).toEqual(["西风号"]);
    expect(await names(county, { ...all, q: "%" })).toEqual([]);
    expect((await refused(as(east, (tx) => r.getEntry(tx, "boats", id)))).code).toBe("not-found");
  });

  test("sorting, paging and sums over the whole filter; anything undeclared is refused", async () => {
    const r = registersOn("2024-03-10");
    await as(west, async (tx) => {
      for (let n = 1; n <= 5; n++) {
        const values = { name: `渡${n}`, kind: "手划船", place: WEST, seats: n, fareFen: n * 100 };
        await r.saveEntry(tx, "boats", newId(), { version: 0, values });
      }
    });
    const query = { ...all, size: 2, page: 2, sort: "-seats", q: "渡" };
    const list = await as(west, (tx) => r.listEntries(tx, "boats", query));
    expect(list.rows.map((row) => row.values.seats)).toEqual([3, 2]);
    expect(list).toMatchObject({ total: 5, sums: { seats: 15, fareFen: 1_500, hired: 0, free: 0 } });
    const bad = (q: Partial<EntryQuery>) =>
      refused(as(west, (tx) => r.listEntries(tx, "boats", { ...all, ...q })));
    expect((await bad({ sort: "ownerIdNo" })).field).toBe("sort");
    expect((await bad({ sort: "name; drop table x" })).field).toBe("sort");
    for (const filter of [
      "{",
      "[]",
      '{"field":"ownerName","is":"王"}',
      '{"field":"name","atLeast":1}',
      '{"not":{"x":1}}',
    ])
      expect((await bad({ filter })).field).toBe("filter");
  });

  test("a filter means in SQL exactly what the same condition means in the browser", async () => {
    const r = registersOn("2024-03-10");
    const actor: Actor = { ...county, scope: "430621102001", role: "township" };
    const samples = [
      { seats: 1 },
      { seats: 2, hired: 2, lit: true, gear: ["桨"] },
      { seats: 3, hired: 0, lit: false, gear: ["桨", "锚"], fareFen: 100 },
      { seats: 3, fareFen: 250, gear: ["救生衣"] },
    ].map((v, i) => ({ name: `船${i}`, kind: "手划船", place: "430621102001", ...v }));
    await as(actor, async (tx) => {
      for (const values of samples) await r.saveEntry(tx, "boats", newId(), { version: 0, values });
    });
    const field = fc.constantFrom("name", "kind", "seats", "hired", "free", "fareFen", "lit");
    const scalar = fc.constantFrom(null, "船1", "手划船", 0, 1, 2, 3, 250, true, false, "桨");
    const number = fc.constantFrom("seats", "hired", "free", "fareFen");
    const leaf = fc.oneof(
      fc.record({ field, is: scalar }),
      fc.record({ field, isNot: scalar }),
      fc.record({ field, in: fc.array(scalar, { maxLength: 3 }) }),
      fc.record({ field: fc.constant("gear"), is: fc.constantFrom(null, "桨", "锚") }),
      fc.record({ field: fc.constantFrom("gear", "lit", "hired", "name"), known: fc.boolean() }),
      fc.record({ field: number, atLeast: fc.constantFrom(0, 1.5, 2, 250) }),
      fc.record({ field: number, atMost: fc.constantFrom(0, 1.5, 2, 250) }),
    ) as fc.Arbitrary<Condition>;
    const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
      condition: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        leaf,
        fc.record({ all: fc.array(tie("condition"), { maxLength: 3 }) }),
        fc.record({ any: fc.array(tie("condition"), { maxLength: 3 }) }),
        fc.record({ not: tie("condition") }),
      ),
    }));
    const filters = fc.sample(condition, { numRuns: 150, seed: 7 });
    await as(actor, async (tx) => {
      for (const c of filters) {
        const list = await r.listEntries(tx, "boats", { ...all, sort: "name", filter: JSON.stringify(c) });
        const wanted = samples.filter((v) => {
          const { seats, hired } = v as { seats: number; hired?: number };
          return holds(c, { ...v, ...(hired === undefined ? {} : { free: seats - hired }) });
        });
        expect(
          list.rows.map((row) => row.values.name),
          JSON.stringify(c),
        ).toEqual(wanted.map((v) => v.name));
      }
    });
  });
});
