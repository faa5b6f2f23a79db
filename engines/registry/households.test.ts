import { fixedClock, newId } from "@wuxin/kernel";
import type { Actor, Tx } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EAST, EAST_VILLAGE, idNo, officer, person, registryOf, resident, system, WEST } from "./testing.ts";

const clock = fixedClock("2026-03-02");
let t: TestDatabase;
let registry: ReturnType<typeof registryOf>;
beforeAll(async () => {
  t = await testDatabase();
  registry = registryOf(t, clock);
});
afterAll(() => t.close());

const east = officer(EAST);
const west = officer(WEST);
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => t.db.transact(actor, work);

async function people(n: number, actor = east, divisionCode = EAST_VILLAGE): Promise<string[]> {
  const made = await as(actor, (tx) =>
    registry.ensurePersons(
      tx,
      Array.from({ length: n }, (_, i) => person({ name: `成员${"甲乙丙丁戊己庚辛"[i]}`, divisionCode })),
    ),
  );
  return made.map((p) => p.id);
}
const household = (ids: readonly string[], over: object = {}) => ({
  id: newId(),
  headPersonId: ids[0]!,
  divisionCode: EAST_VILLAGE,
  address: "东村一组 12 号",
  areaClass: "农村" as const,
  members: ids.map((personId, i) => ({ personId, relation: i === 0 ? "户主" : "家庭成员" })),
  ...over,
});
async function family(n: number): Promise<{ id: string; ids: string[] }> {
  const ids = await people(n);
  const { id } = await as(east, (tx) => registry.openHousehold(tx, household(ids)));
  return { id, ids };
}
const current = async (id: string, actor = east) =>
  (await as(actor, (tx) => registry.getHousehold(tx, id))).members
    .filter((m) => m.toDate === null)
    .map((m) => m.personId);

describe("opening", () => {
  test("the head first, everybody with masked number; people move to the household's place", async () => {
    const ids = await people(3, east, EAST);
    const input = household(ids);
    const h = await as(east, (tx) => registry.openHousehold(tx, input));
    expect(h).toMatchObject({
      headPersonId: ids[0],
      headName: "成员甲",
      areaClass: "农村",
      openedOn: "2026-03-02",
      closedOn: null,
    });
    expect(h.members.map((m) => [m.name, m.relation, m.fromDate, m.toDate])).toEqual([
      ["成员甲", "户主", "2026-03-02", null],
      ["成员乙", "家庭成员", "2026-03-02", null],
      ["成员丙", "家庭成员", "2026-03-02", null],
    ]);
    expect(h.members[0]?.idNoMasked).toMatch(/^\d{6}\*{8}\d{3}[\dX]$/);
    const seen = await as(officer(EAST_VILLAGE, "village"), (tx) => registry.persons(tx, ids));
    expect([...seen.values()].map((p) => [p.divisionCode, p.householdId])).toEqual(
      ids.map(() => [EAST_VILLAGE, input.id]),
    );
    // The same request again is the same household.
    expect((await as(east, (tx) => registry.openHousehold(tx, input))).members).toHaveLength(3);
  });

  test.each([
    [
      "no head",
      (ids: string[]) => ({ headPersonId: newId(), members: household(ids).members }),
      "headPersonId",
    ],
    ["nobody", () => ({ members: [] }), "members"],
    [
      "somebody twice",
      (ids: string[]) => ({ members: [...household(ids).members, household(ids).members[1]!] }),
      "members.2.idNo",
    ],
    [
      "no relation",
      (ids: string[]) => ({ members: ids.map((personId) => ({ personId, relation: " " })) }),
      "members.0.relation",
    ],
    ["a day to come", () => ({ on: "2026-03-03" }), "on"],
    ["a place in another county", () => ({ divisionCode: "420103001" }), "divisionCode"],
  ])("refused: %s", async (_, over, field) => {
    const ids = await people(2);
    const input = household(ids, over(ids));
    await expect(as(east, (tx) => registry.openHousehold(tx, input))).rejects.toMatchObject({
      code: "invalid-input",
      field,
    });
    expect(await t.owner("select 1 from household where id = $1", [input.id])).toEqual([]);
    expect(await t.owner("select 1 from household_member where person_id = any($1)", [ids])).toEqual([]);
  });

  test("somebody of another household is named, and nothing is half-written", async () => {
    const { ids } = await family(2);
    const [head] = await people(1);
    const input = household([head!, ids[1]!]);
    await expect(as(east, (tx) => registry.openHousehold(tx, input))).rejects.toMatchObject({
      code: "member-elsewhere",
      field: "members.1.idNo",
      message: expect.stringContaining("“成员乙”现在是另一个家庭的成员"),
      details: { personId: ids[1] },
    });
    expect(await t.owner("select 1 from household where id = $1", [input.id])).toEqual([]);
  });

  test("also when that household is another township's, where the member stays", async () => {
    const inEast = person({ name: "两地人" });
    const { id: personId } = await as(east, (tx) => registry.ensurePerson(tx, inEast));
    await as(east, (tx) => registry.openHousehold(tx, household([personId])));
    const error = await as(west, async (tx) => {
      const known = await registry.ensurePerson(tx, { ...inEast, id: newId(), divisionCode: WEST });
      expect(known).toMatchObject({
        id: personId,
        divisionCode: EAST_VILLAGE,
        address: "",
        phoneMasked: null,
      });
      const members = [{ personId: known.id, relation: "户主", name: known.name }];
      return registry.openHousehold(tx, household([known.id], { divisionCode: WEST, members }));
    }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "member-elsewhere", message: expect.stringContaining("“两地人”") });
    expect((await as(east, (tx) => registry.getPerson(tx, personId))).divisionCode).toBe(EAST_VILLAGE);
  });

  test("a dead member is refused", async () => {
    const ids = await people(2);
    await as(east, (tx) => registry.recordDeath(tx, ids[1]!, "2026-01-05", "火化证明"));
    await expect(as(east, (tx) => registry.openHousehold(tx, household(ids)))).rejects.toThrow(
      /已于 2026-01-05 去世/,
    );
  });

  test("two townships taking the same person at once: one gets him", async () => {
    const ids = await people(3);
    const results = await Promise.allSettled(
      ids.slice(0, 2).map((head) => as(east, (tx) => registry.openHousehold(tx, household([head, ids[2]!])))),
    );
    expect(results.map((r) => r.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(
      await t.owner("select 1 from household_member where person_id = $1 and to_date is null", [ids[2]]),
    ).toHaveLength(1);
  });
});

describe("coming and going", () => {
  test("a member leaves and joins another household", async () => {
    const a = await family(3);
    const b = await family(1);
    const mover = a.ids[2]!;
    const add = (personId: string) =>
      as(east, (tx) => registry.addMember(tx, { householdId: b.id, personId, relation: "儿子" }));
    await expect(add(mover)).rejects.toMatchObject({ code: "member-elsewhere" });
    await as(east, (tx) => registry.removeMember(tx, { householdId: a.id, personId: mover, reason: "分户" }));
    await add(mover);
    await add(mover); // again: nothing changes
    expect(await current(a.id)).toEqual(a.ids.slice(0, 2));
    expect(await current(b.id)).toEqual([b.ids[0], mover]);
    const past = (await as(east, (tx) => registry.getHousehold(tx, a.id))).members.find(
      (m) => m.personId === mover,
    );
    expect(past?.toDate).toBe("2026-03-02");
  });

  test("a head cannot leave without a successor; alone, the household closes", async () => {
    const a = await family(2);
    const leave = (personId: string) =>
      as(east, (tx) => registry.removeMember(tx, { householdId: a.id, personId, reason: "迁出" }));
    await expect(leave(a.ids[0]!)).rejects.toThrow(/是户主。请先变更户主/);
    const change = {
      householdId: a.id,
      headPersonId: a.ids[1]!,
      relations: [{ personId: a.ids[0]!, relation: "父亲" }],
    };
    const changed = await as(east, (tx) => registry.changeHead(tx, change));
    expect(changed.members.map((m) => [m.name, m.relation])).toEqual([
      ["成员乙", "户主"],
      ["成员甲", "父亲"],
    ]);
    await leave(a.ids[0]!);
    expect((await leave(a.ids[1]!)).closedOn).toBe("2026-03-02");
    const [p] = await people(1);
    await expect(
      as(east, (tx) => registry.addMember(tx, { householdId: a.id, personId: p!, relation: "儿子" })),
    ).rejects.toThrow(/已于 2026-03-02 注销/);
  });

  test("a death ends the membership; a head's waits for the successor; the last one's closes the household", async () => {
    const a = await family(3);
    await as(east, (tx) => registry.recordDeath(tx, a.ids[2]!, "2026-03-02", "村报告"));
    expect(await current(a.id)).toEqual(a.ids.slice(0, 2));
    await as(east, (tx) => registry.recordDeath(tx, a.ids[0]!, "2026-03-02", "村报告"));
    expect(await current(a.id)).toEqual(a.ids.slice(0, 2));
    await expect(
      as(east, (tx) =>
        registry.changeHead(tx, { householdId: a.id, headPersonId: a.ids[0]!, relations: [] }),
      ),
    ).rejects.toThrow(/已去世/);
    await as(east, (tx) =>
      registry.changeHead(tx, { householdId: a.id, headPersonId: a.ids[1]!, relations: [] }),
    );
    expect(await current(a.id)).toEqual([a.ids[1]]);
    await as(east, (tx) => registry.recordDeath(tx, a.ids[1]!, "2026-03-02", "村报告"));
    expect(await as(east, (tx) => registry.getHousehold(tx, a.id))).toMatchObject({ closedOn: "2026-03-02" });
    expect(await current(a.id)).toEqual([]);
  });

  test("a household moves with everybody; only the county may hand it to another township", async () => {
    const a = await family(2);
    const to = { householdId: a.id, divisionCode: WEST, address: "西街 3 号", areaClass: "城市" as const };
    await expect(as(east, (tx) => registry.moveHousehold(tx, to))).rejects.toThrow(/row-level security/);
    await as(officer("430621", "county"), (tx) => registry.moveHousehold(tx, to));
    expect(await current(a.id, west)).toEqual(a.ids);
    expect((await as(west, (tx) => registry.persons(tx, a.ids))).size).toBe(2);
    await expect(as(east, (tx) => registry.getHousehold(tx, a.id))).rejects.toMatchObject({
      code: "not-found",
    });
    expect((await as(east, (tx) => registry.persons(tx, a.ids))).size).toBe(0);
  });
});

describe("who sees a household", () => {
  test("a township officer who guesses another township's ids gets nothing, from the service or from SQL", async () => {
    const a = await family(2);
    await expect(as(west, (tx) => registry.getHousehold(tx, a.id))).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(as(west, (tx) => registry.householdPage(tx, a.id))).rejects.toMatchObject({
      code: "not-found",
    });
    for (const table of ["household", "household_member", "person", "bank_account", "relative_filing"]) {
      expect(
        await as(west, (tx) => tx.query(`select 1 from ${table} where division_code like '430621101%'`)),
      ).toEqual([]);
    }
    expect(await as(west, (tx) => tx.exec("update household set address = 'x' where id = $1", [a.id]))).toBe(
      0,
    );
    expect(
      await as(west, (tx) =>
        tx.exec("update household_member set relation = 'x' where household_id = $1", [a.id]),
      ),
    ).toBe(0);
  });

  test("residents see themselves and who lives with them now, no other, and change nothing", async () => {
    const a = await family(3);
    const b = await family(2);
    await as(east, (tx) =>
      registry.removeMember(tx, { householdId: a.id, personId: a.ids[2]!, reason: "分户" }),
    );
    const me = resident(a.ids[0]!);
    const ids = (sql: string, who = me) =>
      as(who, async (tx) => (await tx.query<{ id: string }>(sql)).map((r) => r.id).sort());
    expect(await ids("select id from person")).toEqual(a.ids.slice(0, 2).sort());
    expect(await ids("select id from household")).toEqual([a.id]);
    expect(await ids("select person_id as id from household_member")).toEqual(a.ids.slice(0, 2).sort());
    // Who left sees only himself.
    expect(await ids("select id from person", resident(a.ids[2]!))).toEqual([a.ids[2]]);
    expect(await ids("select id from household", resident(a.ids[2]!))).toEqual([]);
    expect((await as(me, (tx) => registry.getHousehold(tx, a.id))).members).toHaveLength(2);
    await expect(as(me, (tx) => registry.getHousehold(tx, b.id))).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(as(me, (tx) => registry.getPerson(tx, b.ids[0]!))).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await as(me, (tx) => tx.exec("update person set address = 'x'"))).toBe(0);
    expect(await as(me, (tx) => tx.exec("update household set address = 'x'"))).toBe(0);
    expect(await as(me, (tx) => registry.search(tx, "成员"))).toEqual([]);
    await expect(as(me, (tx) => registry.ensurePerson(tx, person()))).rejects.toThrow(/row-level security/);
  });

  test("a resident's own account, not the others'", async () => {
    const a = await family(2);
    for (const personId of a.ids) {
      await as(east, (tx) =>
        registry.setBankAccount(tx, {
          id: newId(),
          personId,
          bankName: "农商银行",
          accountNo: "6217001234567891",
          holderName: "成员甲",
          reason: "登记",
        }),
      );
    }
    const me = resident(a.ids[0]!);
    expect([...(await as(me, (tx) => registry.currentAccounts(tx, a.ids))).keys()]).toEqual([a.ids[0]]);
  });
});

describe("bank accounts", () => {
  const set = (personId: string, accountNo: string, over: object = {}) =>
    as(east, (tx) =>
      registry.setBankAccount(tx, {
        id: newId(),
        personId,
        bankName: "农商银行",
        accountNo,
        holderName: "成员甲",
        reason: "首次登记",
        ...over,
      }),
    );

  test("several officers correct one account at once: one is in use, none fails", async () => {
    const [id] = await people(1);
    await Promise.all(Array.from({ length: 6 }, (_, i) => set(id!, `62170012345600${i}${i}`)));
    const history = await as(east, (tx) => registry.accountHistory(tx, id!));
    expect(history).toHaveLength(6);
    expect(history.filter((a) => a.replacedAt === null)).toHaveLength(1);
  });

  test("one in use, the earlier ones kept; sealed, masked, warned about but not refused", async () => {
    const [id] = await people(1);
    expect((await set(id!, "6222 0212 3456 7890 128")).warnings).toEqual([]);
    const second = await set(id!, "8009 1234 5679", { holderName: "成员乙", reason: "换卡" });
    expect(second.warnings).toHaveLength(2);
    expect(second.account).toMatchObject({ accountMasked: "****5679", since: "2026-03-02" });
    await set(id!, "800912345679", { holderName: "成员乙" }); // the same again
    const history = await as(east, (tx) => registry.accountHistory(tx, id!));
    expect(history.map((a) => [a.accountMasked, a.replacedAt !== null])).toEqual([
      ["****5679", false],
      ["****0128", true],
    ]);
    expect(await as(east, (tx) => registry.unmask(tx, id!, "account", "退汇核对"))).toEqual({
      value: "800912345679",
    });
    const [row] = await t.owner<{ all: string }>(
      "select string_agg(b::text, '') || (select string_agg(e::text, '') from audit_entry e) as all from bank_account b",
    );
    expect(row?.all).not.toMatch(/800912345679|6222021234567890128/);
  });

  test.each([
    ["letters", { accountNo: "6217abc" }, "accountNo"],
    ["seven digits", { accountNo: "1234567" }, "accountNo"],
    ["no bank", { bankName: " " }, "bankName"],
    ["no holder", { holderName: "" }, "holderName"],
    ["no reason", { reason: " " }, "reason"],
  ])("refused: %s", async (_, over, field) => {
    const [id] = await people(1);
    await expect(set(id!, "6217001234567891", over)).rejects.toMatchObject({ code: "invalid-input", field });
  });

  test("shared by two people: told for both", async () => {
    const [a, b, c] = (await people(3)) as [string, string, string];
    await set(a, "6217009999999991");
    await set(b, "6217 0099 9999 9991");
    await set(c, "6217008888888881");
    const shared = await as(east, (tx) => registry.sharedAccounts(tx, [a, b, c]));
    expect([...shared].sort()).toEqual(
      [
        [a, [b]],
        [b, [a]],
      ].sort(),
    );
  });
});

describe("near relatives", () => {
  const filing = (over: object = {}) => ({
    id: newId(),
    caseId: newId(),
    caseNumber: "岳阳县救申字〔2026〕1号",
    applicantId: "",
    divisionCode: EAST_VILLAGE,
    staffName: "周七",
    unit: "东镇民政办",
    relation: "兄弟",
    ...over,
  });

  test("are filed with the case, listed to who oversees the place, once", async () => {
    const [applicantId] = await people(1);
    const input = filing({ applicantId });
    await as(east, (tx) => registry.fileRelative(tx, input));
    await as(east, (tx) => registry.fileRelative(tx, input));
    const list = await as(east, (tx) => registry.listRelativeFilings(tx, { page: 1, size: 20 }));
    expect(list).toEqual({
      total: 1,
      rows: [
        expect.objectContaining({
          caseId: input.caseId,
          applicant: "成员甲",
          staffName: "周七",
          filedOn: "2026-03-02",
        }),
      ],
    });
    expect((await as(west, (tx) => registry.listRelativeFilings(tx, { page: 1, size: 20 }))).total).toBe(0);
    await expect(
      as(east, (tx) => registry.fileRelative(tx, filing({ applicantId, unit: "" }))),
    ).rejects.toMatchObject({
      field: "relatives.0.unit",
    });
    await expect(as(east, (tx) => tx.exec("delete from relative_filing"))).rejects.toThrow(
      /permission denied/,
    );
  });
});

test("whatever officers do, nobody is in two households and no open household is without its head", async () => {
  type Step =
    | { do: "open"; who: number[] }
    | { do: "add"; who: number; to: number }
    | { do: "remove"; who: number; from: number }
    | { do: "head"; who: number; of: number }
    | { do: "die"; who: number };
  const n = fc.nat(5);
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ do: fc.constant("open" as const), who: fc.uniqueArray(n, { minLength: 1, maxLength: 4 }) }),
    fc.record({ do: fc.constant("add" as const), who: n, to: n }),
    fc.record({ do: fc.constant("remove" as const), who: n, from: n }),
    fc.record({ do: fc.constant("head" as const), who: n, of: n }),
    fc.record({ do: fc.constant("die" as const), who: n }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const who = await people(6);
      const houses: string[] = [];
      for (const s of steps) {
        const done = as(east, async (tx) => {
          const householdId =
            houses["to" in s ? s.to : "from" in s ? s.from : "of" in s ? s.of : 0] ?? newId();
          if (s.do === "open") return registry.openHousehold(tx, household(s.who.map((i) => who[i]!)));
          if (s.do === "die") return registry.recordDeath(tx, who[s.who]!, "2026-03-01", "村报告");
          const personId = who[s.who]!;
          if (s.do === "add") return registry.addMember(tx, { householdId, personId, relation: "亲属" });
          if (s.do === "remove") return registry.removeMember(tx, { householdId, personId, reason: "迁出" });
          return registry.changeHead(tx, { householdId, headPersonId: personId, relations: [] });
        });
        const result = await done.catch((e: { code?: string }) => {
          expect(["invalid-input", "member-elsewhere", "not-found"]).toContain(e.code);
        });
        if (result && typeof result === "object" && s.do === "open") houses.push(result.id);
      }
      const double = await t.owner(
        "select person_id from household_member where to_date is null group by person_id having count(*) > 1",
      );
      expect(double).toEqual([]);
      const headless = await t.owner(
        `select h.id from household h where h.closed_on is null and not exists (
           select 1 from household_member m where m.household_id = h.id and m.person_id = h.head_person_id and m.to_date is null)`,
      );
      expect(headless).toEqual([]);
      const lingering = await t.owner(
        "select m.id from household_member m join household h on h.id = m.household_id where m.to_date is null and h.closed_on is not null",
      );
      expect(lingering).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test("the toy people have valid, different numbers", () => {
  expect(new Set(Array.from({ length: 50 }, () => idNo())).size).toBe(50);
  expect(system.scope).toBe("430621");
});
