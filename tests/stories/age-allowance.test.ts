/** 高龄津贴, the second item: found before they ask, confirmed, and paid in the same roster and bank file as 低保. */
import { newId } from "@wuxin/kernel";
import { createWorker } from "@wuxin/platform";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { system, type TestHouse, testHouse } from "./house.ts";
import { AGE, alone, idNo, MARCH, monthRoster, type Office, openOffice, paidOn } from "./office.ts";

let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
});
afterAll(() => h.close());

describe("高龄津贴：从名单到到账", () => {
  let personId: string;
  let caseId: string;
  let oldest: string;
  const found = () => o.as("cun", (tx) => h.house.clues.found(tx, {}));

  test("下月满八十周岁的老人自己在名单上，不用等他来问", async () => {
    // She draws 低保, so the registry knows her; eighty on 15 April 2024.
    const support = await o.award(alone("汪玉兰", "1944-04-15"), MARCH);
    personId = (await o.page("zhen", support)).applicant.personId;
    h.clock.set("2024-03-25");
    const list = await o.as("zhen", (tx) => h.house.cases.candidates(tx, AGE));
    expect(list.month).toBe("2024-04");
    expect(list.rows).toMatchObject([{ personId, nameMasked: "汪**", age: 80, birthDate: "1944-04-15" }]);
    expect((await o.as("linzhen", (tx) => h.house.cases.candidates(tx, AGE))).rows).toEqual([]);
    // The month's round makes her a clue of 政策找人, once.
    for (let n = 0; n < 2; n++) await h.house.as(system(o.county), (tx) => h.house.clues.sweep(tx));
    await createWorker(h.t.db, h.house.jobs).runDue();
    expect((await found()).rows).toMatchObject([
      { personId, how: "none", benefits: ["高龄津贴"], bring: ["身份证号码", "本人的社会保障卡或银行账户"] },
    ]);
  });

  test("乡镇替她开办，补问户籍，县里确认后从 4 月起每月 50 元", async () => {
    caseId = newId();
    const clueId = (await found()).rows[0]?.id ?? "";
    type Step = "dispatch" | "contact" | "open-case";
    const step = async (who: "xian" | "zhen", id: string, action: Step, data: Record<string, string>) => {
      const { version } = await o.as(who, (tx) => h.house.clues.page(tx, clueId));
      await o.as(who, (tx) => h.house.clues.act(tx, clueId, { id, version, action, data }));
    };
    const asked = { on: "2024-03-25", how: "phone", wish: "willing", findings: "本人愿意。" };
    await step("xian", newId(), "dispatch", {});
    await step("zhen", newId(), "contact", asked);
    await step("zhen", caseId, "open-case", { item: AGE });
    expect((await o.as("zhen", (tx) => h.house.cases.candidates(tx, AGE))).rows).toEqual([]);
    const opened = await o.page("zhen", caseId);
    expect(opened).toMatchObject({
      number: "岳阳县高龄〔2024〕1号",
      stateLabel: "待核实",
      channel: "proactive",
    });
    expect((await found()).rows).toMatchObject([{ how: "applied", caseId }]);
    expect(opened.missing).toMatchObject([{ fact: "户籍在本县" }]);
    const field = opened.actions.find((a) => a.id === "check")?.fields.find((f) => f.fact === "户籍在本县");
    const checked = await o.act("zhen", caseId, "check", {
      alive: true,
      on: "2024-03-25",
      [field?.name ?? ""]: true,
    });
    expect(checked.stateLabel).toBe("待确认");
    const page = await o.act("xian", caseId, "confirm");
    expect(page.decisions).toMatchObject([{ amountFen: 5_000, fromMonth: "2024-04" }]);
    const e = await o.as("zhen", (tx) => h.house.entitlements.page(tx, page.entitlementId ?? ""));
    expect(e).toMatchObject({ payee: "汪玉兰", reviewDueOn: "2025-03-25" });
    expect(e.reviews).toMatchObject([{ label: "生存认证" }]);
    await h.house.dispatcher.drain(o.county);
    expect((await found()).rows).toMatchObject([{ how: "awarded" }]);
  });

  test("不到年龄的不能确认；乡镇没见到本人的也不能", async () => {
    const younger = await o.submit(
      "zhen",
      o.ageForm({ name: "石月娥", idNo: idNo("1944-05-01", "女"), relation: "本人" }),
    );
    await o.act("zhen", younger, "check", { alive: true, on: "2024-03-25" });
    await expect(o.act("xian", younger, "confirm")).rejects.toThrow("还不符合条件");
    const unseen = await o.submit(
      "zhen",
      o.ageForm({ name: "石菊香", idNo: idNo("1940-05-01", "女"), relation: "本人" }),
    );
    await o.act("zhen", unseen, "check", { alive: false, on: "2024-03-25" });
    await expect(o.act("xian", unseen, "confirm")).rejects.toThrow("没有确认本人健在");
  });

  test("百岁老人按第三档；每个人按自己的年龄段", async () => {
    oldest = await o.submit(
      "zhen",
      o.ageForm({ name: "康寿山", idNo: idNo("1924-01-20"), relation: "本人" }),
    );
    await o.act("zhen", oldest, "check", { alive: true, on: "2024-03-25" });
    const page = await o.act("xian", oldest, "confirm");
    expect(page.decisions).toMatchObject([{ amountFen: 50_000, fromMonth: "2024-04" }]);
  });

  test("和低保在同一份名册、同一个银行文件里；同一位老人两类待遇各一笔，不算重复", async () => {
    h.clock.set("2024-04-08");
    const { id, page } = await monthRoster(o, "2024-04");
    // 低保 840 (700 and 140 for those over seventy), 高龄 50 and 500.
    expect(page).toMatchObject({ lines: 3, totalFen: 84_000 + 5_000 + 50_000, held: 0 });
    expect(page.byItem.map((i) => [i.itemTitle, i.lines, i.totalFen]).sort()).toEqual(
      [
        ["低保", 1, 84_000],
        ["高龄津贴", 2, 55_000],
      ].sort(),
    );
    await o.signAll(id);
    const bytes = await o.bankAnswers(id, () => paidOn("2024-04-08"));
    const text = bytes.toString("utf8");
    expect(text).toContain("合计,");
    expect(text).toContain("3笔");
    const loaded = await o.as("caiwu", (tx) =>
      h.house.payments.loadReturn(tx, id, { id: newId(), fileName: "回盘.csv", bytes }),
    );
    expect(loaded).toMatchObject({ paid: 3, failed: 0 });
    const closed = await o.as("xian", (tx) => h.house.payments.page(tx, id));
    expect(closed).toMatchObject({
      stateLabel: "已办结",
      reconciliation: { paidFen: 139_000, agrees: true },
    });
  });

  test("去世登记后津贴和低保都从次月停发，5 月名册里写明", async () => {
    h.clock.set("2024-04-20");
    const page = await o.act("zhen", caseId, "report_death", {
      personId,
      diedOn: "2024-04-18",
      source: "村（社区）报告",
    });
    expect(page).toMatchObject({ stateLabel: "已停发", final: true });
    h.clock.set("2024-05-08");
    const { id, page: may } = await monthRoster(o, "2024-05");
    expect(may.totalFen).toBe(50_000);
    const { rows } = await o.as("xian", (tx) => h.house.payments.listLines(tx, id));
    expect(rows.map((r) => [r.payee, r.change, r.amountFen]).sort()).toEqual(
      [
        ["康寿山", "same", 50_000],
        ["汪玉兰", "stopped", 0],
        ["汪玉兰", "stopped", 0],
      ].sort(),
    );
  });

  test("一年一次生存认证：到期在工作台上，视频见面即可，下一次自动排好", async () => {
    h.clock.set("2025-03-10");
    const due = await o.as("zhen", (tx) => h.house.entitlements.dueReviews(tx));
    expect(due).toMatchObject([{ payee: "康寿山", label: "生存认证", dueOn: "2025-03-25" }]);
    const page = await o.as("cun", (tx) =>
      h.house.entitlements.recordReview(tx, due[0]?.entitlementId ?? "", {
        id: newId(),
        result: "continue",
        method: "video",
        on: "2025-03-10",
        note: "视频见到本人，精神好。",
      }),
    );
    expect(page.reviewDueOn).toBe("2026-03-10");
  });
});
