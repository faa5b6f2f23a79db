import { fixedClock, newId } from "@wuxin/kernel";
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
type Work<T> = Parameters<TestDatabase["db"]["transact"]>[1] extends (tx: infer X) => unknown
  ? (tx: X) => Promise<T>
  : never;
const as = <T>(actor: typeof east, work: Work<T>) => t.db.transact(actor, work);
const ensure = (input = person(), actor = east) => as(actor, (tx) => registry.ensurePerson(tx, input));
const trail = (objectId: string) =>
  t.owner<{ action: string; detail: string }>(
    "select action, detail from audit_entry where object_id = $1 order by position",
    [objectId],
  );

describe("registering", () => {
  test("keeps the numbers sealed, shows them masked, and knows sex and birth date from the ID", async () => {
    const input = person({ idNo: "11010519491231002x", name: "李 奶奶", phone: "+86 138-0000-1234" });
    const p = await ensure(input);
    expect(p).toMatchObject({
      id: input.id,
      name: "李奶奶",
      idNoMasked: "110105********002X",
      phoneMasked: "138****1234",
      sex: "女",
      birthDate: "1949-12-31",
      diedOn: null,
      householdId: null,
    });
    const [row] = await t.owner<{ all: string }>("select p::text as all from person p where id = $1", [
      input.id,
    ]);
    expect(row?.all).not.toMatch(/11010519491231002|13800001234/);
    // The last four with birth date and region would be the whole number: they are not there in clear either.
    expect(row?.all).not.toContain("002X");
    expect(p.idNoDigest).toBe(t.vault.digest("id:11010519491231002X").toString("hex"));
    expect(await trail(input.id)).toEqual([{ action: "person.create", detail: "" }]);
  });

  test("the same person again is the same row, whatever id the caller made", async () => {
    const input = person({ name: "王老五" });
    const first = await ensure(input);
    expect((await ensure({ ...input, id: newId() })).id).toBe(first.id);
    expect((await ensure(input)).id).toBe(first.id);
  });

  test("the same number under another name is refused at the field, without telling the registered name", async () => {
    const input = person({ name: "赵铁柱" });
    await ensure(input);
    const error = await ensure({ ...input, id: newId(), name: "钱二", at: "members.1" }).catch(
      (e: unknown) => e,
    );
    expect(error).toMatchObject({ code: "duplicate-person", field: "members.1.idNo" });
    expect((error as Error).message).not.toContain("赵铁柱");
    // Also across townships, and also for a wrong guess from one where the person is not visible.
    await expect(
      ensure({ ...input, id: newId(), name: "钱二", divisionCode: WEST }, west),
    ).rejects.toMatchObject({
      code: "duplicate-person",
    });
  });

  test("two officers at the same moment make one person", async () => {
    const input = person();
    const made = await Promise.all(Array.from({ length: 6 }, () => ensure({ ...input, id: newId() })));
    expect(new Set(made.map((p) => p.id)).size).toBe(1);
  });

  test.each([
    ["a wrong check digit", { idNo: "110105194912310021" }, "idNo"],
    ["a birth date that does not exist", { idNo: "430621195002300011" }, "idNo"],
    ["a birth date to come", { idNo: "430621202701010017" }, "idNo"],
    ["no name", { name: "  " }, "name"],
    ["a name with digits", { name: "张3" }, "name"],
    ["a phone of ten digits", { phone: "1380000123" }, "phone"],
    ["a place in another county", { divisionCode: "420103001" }, "divisionCode"],
    ["ten megabytes of address", { address: "长".repeat(5_000_000) }, "address"],
  ])("refused: %s", async (_, over, field) => {
    const input = person(over);
    await expect(ensure(input)).rejects.toMatchObject({ code: "invalid-input", field });
    expect(await t.owner("select 1 from person where id = $1", [input.id])).toEqual([]);
  });

  test("a list is taken in order and whole or not at all; the same number twice is refused", async () => {
    const list = [person({ name: "甲" }), person({ name: "乙" }), person({ name: "丙" })];
    const made = await as(east, (tx) => registry.ensurePersons(tx, list));
    expect(made.map((p) => p.name)).toEqual(["甲", "乙", "丙"]);
    const more = [
      person({ name: "丁" }),
      person({ name: "甲", idNo: list[0]!.idNo }),
      person({ name: "戊", idNo: "1" }),
    ];
    await expect(as(east, (tx) => registry.ensurePersons(tx, more))).rejects.toMatchObject({ field: "idNo" });
    expect(await t.owner("select 1 from person where id = $1", [more[0]!.id])).toEqual([]);
    const twice = person({ name: "己" });
    await expect(
      as(east, (tx) => registry.ensurePersons(tx, [twice, { ...twice, id: newId(), at: "members.1" }])),
    ).rejects.toMatchObject({ code: "invalid-input", field: "members.1.idNo" });
  });

  test("an id that is another person's is refused", async () => {
    const input = person();
    await ensure(input);
    await expect(ensure(person({ id: input.id }))).rejects.toMatchObject({ code: "already-exists" });
  });

  test("an officer corrects phone and address; a resident only fills blanks of others", async () => {
    const input = person({ phone: "13800000001" });
    const { id } = await ensure(input);
    expect((await ensure({ ...input, phone: "13900000002", address: "东村二组" })).phoneMasked).toBe(
      "139****0002",
    );
    const other = { ...resident(newId()), scope: "430621" };
    expect((await ensure({ ...input, phone: "13700000003", address: "别处" }, other)).phoneMasked).toBe(
      "139****0002",
    );
    expect((await ensure({ ...input, phone: "13700000003", address: "" }, system)).phoneMasked).toBe(
      "139****0002",
    );
    const self = { ...resident(id), scope: "430621" };
    expect((await ensure({ ...input, phone: "13600000004" }, self)).phoneMasked).toBe("136****0004");
    expect((await as(east, (tx) => registry.getPerson(tx, id))).address).toBe("东村一组 12 号");
  });
});

describe("townships", () => {
  test("a guessed id of another township is not found, by the service and by SQL", async () => {
    const { id } = await ensure();
    await expect(as(west, (tx) => registry.getPerson(tx, id))).rejects.toMatchObject({ code: "not-found" });
    await expect(as(west, (tx) => registry.personPage(tx, id))).rejects.toMatchObject({ code: "not-found" });
    await expect(as(west, (tx) => registry.recordDeath(tx, id, "2026-03-01", "听说"))).rejects.toMatchObject({
      code: "not-found",
    });
    for (const sql of [
      "select 1 from person where id = $1",
      "update person set address = '' where id = $1 returning 1",
      "select 1 from household_member where person_id = $1",
      "select 1 from bank_account where person_id = $1",
    ]) {
      expect(await as(west, (tx) => tx.query(sql, [id]))).toEqual([]);
    }
    expect((await as(west, (tx) => registry.persons(tx, [id]))).size).toBe(0);
  });

  test("somebody who moved, and left no household behind, comes along with the application", async () => {
    const input = person({ name: "迁居人" });
    const { id } = await ensure(input);
    await as(east, (tx) =>
      registry.setBankAccount(tx, {
        id: newId(),
        personId: id,
        bankName: "农商银行",
        accountNo: "6217001234567891",
        holderName: "迁居人",
        reason: "首次登记",
      }),
    );
    const moved = await ensure({ ...input, id: newId(), divisionCode: WEST }, west);
    expect(moved).toMatchObject({ id, divisionCode: WEST });
    // The account moves with the person; the old township sees neither any more.
    expect((await as(west, (tx) => registry.currentAccount(tx, id)))?.accountMasked).toBe("****7891");
    expect(await as(east, (tx) => registry.currentAccount(tx, id))).toBeUndefined();
    expect((await trail(id)).map((r) => r.action)).toContain("person.move");
  });

  test("a place outside one's own scope cannot be written to", async () => {
    await expect(ensure(person({ divisionCode: WEST }), east)).rejects.toThrow(/row-level security/);
  });

  test("nobody of the application role can look at another county", async () => {
    const { id } = await ensure();
    const elsewhere = { ...system, countyCode: "420103", scope: "420103" };
    expect(await t.db.read(elsewhere, (tx) => tx.query("select 1 from person where id = $1", [id]))).toEqual(
      [],
    );
    const digest = t.vault.digest(`id:${idNo()}`);
    expect(
      await t.db.read(elsewhere, (tx) => tx.query("select * from person_by_id_digests($1)", [[digest]])),
    ).toEqual([]);
  });
});

describe("reading leaves a trace", () => {
  test("a page, a search and an unmasking", async () => {
    const { id } = await ensure(person({ name: "欧阳娜娜", phone: "13812345678" }));
    await as(east, (tx) => registry.personPage(tx, id));
    expect(await as(east, (tx) => registry.unmask(tx, id, "phone", "核对联系方式"))).toEqual({
      value: "13812345678",
    });
    expect(await trail(id)).toEqual([
      { action: "person.create", detail: "" },
      { action: "person.read", detail: "" },
      { action: "person.unmask", detail: "手机号，原因：核对联系方式" },
    ]);
  });

  test("unmasking needs a role, a reason and a number", async () => {
    const { id } = await ensure();
    const unmask = (role: string, field: "idNo" | "account", reason: string) =>
      as(officer(EAST, role), (tx) => registry.unmask(tx, id, field, reason));
    await expect(unmask("village", "idNo", "核对")).rejects.toMatchObject({ code: "forbidden" });
    await expect(unmask("leader", "idNo", "核对")).rejects.toMatchObject({ code: "forbidden" });
    await expect(unmask("township", "idNo", " ")).rejects.toMatchObject({
      code: "invalid-input",
      field: "reason",
    });
    await expect(unmask("township", "account", "核对")).rejects.toMatchObject({ code: "not-found" });
  });

  test("full numbers for a bank file leave one line with the purpose and the count", async () => {
    const a = person({ name: "收款人" });
    await ensure(a);
    const numbers = await as(east, (tx) => registry.disclose(tx, [a.id, newId()], "2026年3月银行文件"));
    expect([...numbers]).toEqual([[a.id, { idNo: a.idNo, phone: null, account: null }]]);
    const [line] = await t.owner<{ detail: string }>(
      "select detail from audit_entry where action = 'person.disclose'",
    );
    expect(line?.detail).toBe("1 人，用途：2026年3月银行文件");
  });
});

describe("search", () => {
  const village = "430621103201";
  const clerk = officer("430621103");
  const input = person({
    name: "单雄信",
    idNo: idNo("19480312"),
    phone: "15900001111",
    divisionCode: village,
  });
  beforeAll(async () => {
    await ensure(input, clerk);
    await ensure(person({ name: "单小妹", divisionCode: village }), clerk);
  });
  const names = async (q: string, actor = clerk) =>
    (await as(actor, (tx) => registry.search(tx, q))).map((p) => p.name).sort();

  test.each([
    ["单", ["单小妹", "单雄信"].sort()],
    ["单雄信", ["单雄信"]],
    ["shanxiong", ["单雄信"]],
    ["Shan Xiong Xin", ["单雄信"]],
    ["sxx", ["单雄信"]],
    ["sx", ["单小妹", "单雄信"].sort()],
    ["15900001111", ["单雄信"]],
    ["没有的人", []],
    ["s", []],
    ["12", []],
    ["单%", []],
  ])("“%s”", async (q, wanted) => {
    expect(await names(q)).toEqual(wanted);
  });

  test("by the whole ID number, its last four, its last six", async () => {
    expect(await names(input.idNo.toLowerCase())).toEqual(["单雄信"]);
    expect(await names(input.idNo.slice(-4))).toContain("单雄信");
    expect(await names(input.idNo.slice(-6))).toEqual(["单雄信"]);
    expect(await names(`00${input.idNo.slice(-4)}`)).toEqual([]);
  });

  test("finds only within the scope, and says in the trail what kind of thing was asked, not whom", async () => {
    expect(await names("单雄信", west)).toEqual([]);
    expect(await names(input.idNo, west)).toEqual([]);
    expect(await names("单雄信", { ...clerk, scope: "" })).toEqual([]);
    const rows = await t.owner<{ detail: string }>(
      "select detail from audit_entry where action = 'person.search'",
    );
    for (const { detail } of rows) expect(detail).not.toMatch(/雄信|15900001111|shanxiong/);
  });

  test("the last digits prove a person for tracking without an account", async () => {
    const proves = (tail: string) => as(system, (tx) => registry.idNoEndsWith(tx, input.id, tail));
    expect(await proves(input.idNo.slice(-6))).toBe(true);
    expect(await proves("000000")).toBe(false);
    expect(await proves("")).toBe(false);
  });

  test("who turns eighty: by birth date, living, within the scope", async () => {
    const born = (actor: typeof east) =>
      as(actor, (tx) => registry.listBornBetween(tx, "1948-03-01", "1948-03-31"));
    expect((await born(clerk)).map((p) => p.name)).toEqual(["单雄信"]);
    expect(await born(west)).toEqual([]);
  });
});

describe("deaths", () => {
  test("are recorded once and told to the others", async () => {
    const { id } = await ensure();
    const die = (on: string, source = "村报告") => as(east, (tx) => registry.recordDeath(tx, id, on, source));
    await expect(die("2026-03-03")).rejects.toMatchObject({ field: "diedOn" });
    await expect(die("1949-01-01")).rejects.toMatchObject({ field: "diedOn" });
    await expect(die("2026-02-30")).rejects.toMatchObject({ field: "diedOn" });
    await expect(die("2026-02-20", " ")).rejects.toMatchObject({ field: "source" });
    expect(await die("2026-02-20")).toBe(true);
    expect(await die("2026-02-20")).toBe(false);
    await expect(die("2026-02-21")).rejects.toMatchObject({ code: "already-exists" });
    const told = await t.owner<{ payload: object }>(
      "select payload from outbox where kind = 'person.died' and payload ->> 'personId' = $1",
      [id],
    );
    expect(told).toEqual([{ payload: { personId: id, diedOn: "2026-02-20", householdId: null } }]);
  });

  test("residents cannot record one, not even their own", async () => {
    const { id } = await ensure();
    const self = as(resident(id), (tx) => registry.recordDeath(tx, id, "2026-02-20", "本人"));
    await expect(self).rejects.toMatchObject({ code: "forbidden" });
    expect((await as(east, (tx) => registry.getPerson(tx, id))).diedOn).toBeNull();
  });
});

describe("names", () => {
  test("are corrected by an officer with a reason; then the application under the new name goes through", async () => {
    const input = person({ name: "何小花" });
    const { id } = await ensure(input);
    const rename = (actor: typeof east, name: string, reason: string) =>
      as(actor, (tx) => registry.renamePerson(tx, id, name, reason));
    await expect(rename(officer(EAST, "village"), "何晓华", "户口簿")).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(rename(west, "何晓华", "户口簿")).rejects.toMatchObject({ code: "not-found" });
    await expect(rename(east, "何晓华", " ")).rejects.toMatchObject({ field: "reason" });
    await rename(east, "何晓华", "更名，见户口簿");
    expect((await ensure({ ...input, id: newId(), name: "何晓华" })).id).toBe(id);
    expect((await as(east, (tx) => registry.search(tx, "hexiaohua"))).map((p) => p.id)).toEqual([id]);
  });
});

describe("protected people", () => {
  test("have no phone and no address at village level", async () => {
    const { id } = await ensure(person({ phone: "13812340000" }));
    await as(east, (tx) => registry.setProtected(tx, id, true, "家暴受害人"));
    const village = officer(EAST_VILLAGE, "village");
    expect(await as(village, (tx) => registry.getPerson(tx, id))).toMatchObject({
      phoneMasked: null,
      address: "（受保护，不予显示）",
    });
    expect((await as(east, (tx) => registry.getPerson(tx, id))).phoneMasked).toBe("138****0000");
    await expect(as(village, (tx) => registry.setProtected(tx, id, false, "x"))).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

test("scope never leaks: whatever prefix, only people below it are seen", async () => {
  const divisions = ["430621101201", "430621101202", "430621102", "430621102201", "430621104"];
  const made = await as(system, (tx) =>
    registry.ensurePersons(
      tx,
      divisions.map((divisionCode) => person({ divisionCode })),
    ),
  );
  const ids = made.map((p) => p.id);
  const scopes = fc.constantFrom(
    "",
    "430621",
    "43062",
    "430621101",
    "430621101201",
    "430621102",
    "43062110",
    "430622",
    "9",
    "4",
  );
  await fc.assert(
    fc.asyncProperty(scopes, fc.uniqueArray(fc.constantFrom(...ids)), async (scope, some) => {
      const seen = await t.db.read(officer(scope), (tx) => registry.persons(tx, some));
      const wanted = made.filter(
        (p) => some.includes(p.id) && scope !== "" && p.divisionCode.startsWith(scope),
      );
      expect([...seen.keys()].sort()).toEqual(wanted.map((p) => p.id).sort());
    }),
    { numRuns: 60 },
  );
});
