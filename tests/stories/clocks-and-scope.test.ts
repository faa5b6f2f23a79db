/** Who is late is seen on the desk; who has no business with a case does not find it. */
import { newId } from "@wuxin/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, family, MARCH, type Office, openOffice } from "./office.ts";

let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
});
afterAll(() => h.close());

describe("超期的办件", () => {
  let caseId: string;
  const desk = async () => {
    const rows = await o.as("zhen", (tx) => h.house.cases.workbenchRows(tx));
    return rows.find((r) => r.id === caseId);
  };
  const total = async () => (await o.page("zhen", caseId)).clocks.find((c) => c.key === "total");

  test("时限从绿到黄，最后一天变红，过了就是超期，排在工作台最前面", async () => {
    h.clock.set("2024-03-07");
    caseId = await o.submit("zhen", o.form(alone("罗凤英", "1960-02-02")));
    h.clock.set("2024-03-08");
    await o.act("zhen", caseId, "accept");
    h.clock.set("2024-03-11");
    await o.act("zhen", caseId, "survey", o.survey("2024-03-11"));
    expect(await total()).toMatchObject({ dueOn: "2024-04-22", light: "green", left: 29 });
    h.clock.set("2024-04-15");
    expect(await total()).toMatchObject({ light: "yellow", left: 5 });
    h.clock.set("2024-04-22");
    expect(await total()).toMatchObject({ light: "red", left: 0 });
    h.clock.set("2024-04-24");
    expect(await total()).toMatchObject({ light: "late", left: -2 });
    expect(await desk()).toMatchObject({ clock: { light: "late", dueOn: "2024-04-22", owner: "township" } });
    const other = await o.submit("zhen", o.form(alone("罗冬秀", "1961-02-02")));
    const rows = await o.as("zhen", (tx) => h.house.cases.workbenchRows(tx));
    expect(rows.map((r) => r.id)).toEqual([caseId, other]);
    const list = await o.as("xian", (tx) => h.house.cases.list(tx, { page: 1, size: 20, light: "red" }));
    expect(list.rows.map((r) => r.id)).toEqual([caseId]);
  });

  test("写明特殊情况，延长到四十五个工作日，只能延长一次", async () => {
    await expect(o.act("zhen", caseId, "extend", {})).rejects.toThrow("特殊情况说明");
    await o.act("zhen", caseId, "extend", { reason: "申请人住院，无法入户复核。" });
    // 45 working days after 8 March 2024: 清明 and 劳动节 with their worked Sundays and Saturday.
    expect(await total()).toMatchObject({ limit: 45, dueOn: "2024-05-14", light: "green" });
    expect((await o.page("zhen", caseId)).actions.map((a) => a.id)).not.toContain("extend");
  });

  test("跨到没有公布放假安排的年份，说明是暂按平日推算，不猜", async () => {
    h.clock.set("2026-12-10");
    const id = await o.submit("zhen", o.form(alone("罗月娥", "1962-02-02")));
    h.clock.set("2026-12-11");
    const page = await o.act("zhen", id, "accept");
    expect(page.clocks.find((c) => c.key === "total")?.unpublishedYears).toEqual([2027]);
    expect(page.clocks.find((c) => c.key === "startInvestigation")?.unpublishedYears).toEqual([]);
  });
});

describe("邻镇的经办猜中了办件的编号", () => {
  let caseId: string;
  let ids: Record<"person" | "household" | "entitlement" | "document" | "file" | "roster", string>;

  beforeAll(async () => {
    caseId = await o.award(family("谢炳文", 120_000), MARCH);
    const page = await o.page("xian", caseId);
    h.clock.set("2024-04-08");
    const roster = newId();
    await o.as("xian", (tx) => h.house.payments.generate(tx, { id: roster, month: "2024-04" }));
    const fileId = newId();
    await o.as("zhen", (tx) =>
      h.house.documents.saveFile(tx, {
        id: fileId,
        name: "笔记.pdf",
        bytes: Buffer.from("%PDF-1.4\n1 0 obj\n%%EOF"),
      }),
    );
    ids = {
      person: page.applicant.personId,
      household: page.householdId ?? "",
      entitlement: page.entitlementId ?? "",
      document: page.documents[0]?.id ?? "",
      file: fileId,
      roster,
    };
  });

  test("页面、文书、附件、人员、家庭、待遇、名册，一律答复没有找到", async () => {
    const { cases, documents, registry, entitlements, payments } = h.house;
    const guesses = {
      办件: () => o.page("linzhen", caseId),
      试算: () => o.as("linzhen", (tx) => cases.assess(tx, caseId)),
      文书: () => o.as("linzhen", (tx) => documents.get(tx, ids.document)),
      附件: () => o.as("linzhen", (tx) => documents.readFile(tx, ids.file)),
      人员: () => o.as("linzhen", (tx) => registry.personPage(tx, ids.person)),
      查看号码: () => o.as("linzhen", (tx) => registry.unmask(tx, ids.person, "idNo", "核实身份")),
      家庭: () => o.as("linzhen", (tx) => registry.householdPage(tx, ids.household)),
      待遇: () => o.as("linzhen", (tx) => entitlements.page(tx, ids.entitlement)),
      改账号: () =>
        o.as("linzhen", (tx) =>
          registry.setBankAccount(tx, {
            id: newId(),
            personId: ids.person,
            bankName: "某某银行",
            accountNo: "6217990000000000000",
            holderName: "马海涛",
            reason: "试试",
          }),
        ),
      办一步: () =>
        o.as("linzhen", (tx) =>
          cases.act(tx, caseId, { id: newId(), version: 8, action: "report_change", data: {} }),
        ),
    };
    for (const [what, guess] of Object.entries(guesses))
      await expect(guess(), what).rejects.toMatchObject({ code: "not-found" });
    // Of the county's roster a township sees the sums, and of the lines its own alone.
    const lines = await o.as("linzhen", (tx) => payments.listLines(tx, ids.roster));
    expect(lines).toMatchObject({ rows: [], total: 0 });
    const own = await o.as("zhen", (tx) => payments.listLines(tx, ids.roster));
    expect(own.rows.map((l) => l.payee)).toEqual(["谢炳文"]);
  });

  test("直接写 SQL 也一行都看不到、改不了", async () => {
    // A notice that hangs is public; everything else of the case is not.
    const tables = [
      "case_file",
      "case_action",
      "case_clock",
      "case_decision",
      "person",
      "household",
      "household_member",
      "bank_account",
      "fact",
      "document",
      "stored_file",
      "entitlement",
      "entitlement_amount",
      "entitlement_person",
      "roster_line",
    ];
    for (const table of tables) {
      const own = await o.as("zhen", (tx) => tx.query(`select 1 from ${table}`));
      const seen = await o.as("linzhen", (tx) => tx.query(`select 1 from ${table}`));
      expect(own.length, table).toBeGreaterThan(0);
      expect(seen, table).toEqual([]);
    }
    const changed = await o.as("linzhen", (tx) =>
      tx.exec("update person set name = '改了' where id = $1", [ids.person]),
    );
    expect(changed).toBe(0);
  });

  test("查找、列表、公示之外什么也搜不出来；三员和别县的人也一样", async () => {
    const found = await o.as("linzhen", (tx) => h.house.registry.search(tx, "谢炳文"));
    expect(found).toEqual([]);
    const list = await o.as("linzhen", (tx) => h.house.cases.list(tx, { page: 1, size: 20, q: "谢炳文" }));
    expect(list.total).toBe(0);
    for (const who of ["xitong", "anquan", "rizhi"] as const)
      await expect(o.page(who, caseId)).rejects.toMatchObject({ code: "not-found" });
    const haifeng = await openOffice(h, "441521");
    await expect(haifeng.page("xian", caseId)).rejects.toMatchObject({ code: "not-found" });
  });

  test("本村的村干部看得到本村的，县里看得到全县的", async () => {
    expect((await o.page("cun", caseId)).number).toContain("岳阳县低保申");
    expect((await o.page("fuhe", caseId)).number).toContain("岳阳县低保申");
    const elsewhere = await o.submit(
      "linzhen",
      o.form(alone("熊素珍", "1955-05-05"), { divisionCode: o.otherVillage }),
    );
    await expect(o.page("cun", elsewhere)).rejects.toMatchObject({ code: "not-found" });
    await expect(o.page("zhen", elsewhere)).rejects.toMatchObject({ code: "not-found" });
    await expect(
      o.submit("zhen", o.form(alone("熊素兰", "1956-05-05"), { divisionCode: o.otherVillage })),
    ).rejects.toMatchObject({ code: "invalid-input", field: "divisionCode" });
  });

  test("别的居民登录后看不到这一家", async () => {
    const stranger = await o.resident("路人甲", alone("路人甲", "1980-08-08")[0]?.idNo ?? "", "13907300002");
    await expect(o.page(stranger, caseId)).rejects.toMatchObject({ code: "not-found" });
    expect(await o.as(stranger, (tx) => h.house.cases.listMine(tx))).toEqual([]);
    expect(await o.as(stranger, (tx) => tx.query("select 1 from case_file"))).toEqual([]);
  });
});
