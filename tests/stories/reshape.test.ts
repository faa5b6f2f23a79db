/** 分户 and 合户: a household of five becomes two and is put together again; both results are seen before, two people answer. */
import { type Month, newId } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { system, type TestHouse, testHouse } from "./house.ts";
import { type Days, idNo, type MemberOf, monthRoster, type Office, openOffice, paidOn } from "./office.ts";

let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2023-11-01");
  o = await openOffice(h, "441521");
});
afterAll(() => h.close());

const NOVEMBER: Days = {
  ...{ submit: "2023-11-01", accept: "2023-11-02", survey: "2023-11-03", answer: "2023-11-06" },
  ...{ opinion: "2023-11-07", finish: "2023-11-15", confirm: "2023-11-17" },
};
const ADULT_CHILD = "不能独立生活的成年子女";
const OTHER = "其他长期共同居住的赡养抚养扶养关系人";
/** He earns 1,000; two old people, a daughter of nineteen at college, a child of eight. */
const people: readonly MemberOf[] = [
  { name: "林大海", idNo: idNo("1978-03-03"), relation: "本人", facts: { wage: 100_000 } },
  { name: "林小满", idNo: idNo("2015-06-01"), relation: "未成年子女", facts: { ableToWork: false } },
  { name: "林秋月", idNo: idNo("2004-05-05", "女"), relation: ADULT_CHILD, facts: { ableToWork: false } },
  { name: "林老根", idNo: idNo("1960-01-01"), relation: OTHER, facts: { ableToWork: false } },
  { name: "王阿婆", idNo: idNo("1958-02-02", "女"), relation: OTHER, facts: { ableToWork: false } },
];
const reshaping = () => h.house.entitlements.reshaping as NonNullable<typeof h.house.entitlements.reshaping>;
const e = () => h.house.entitlements;
const notices = () => h.house.entitlements.notices as NonNullable<typeof h.house.entitlements.notices>;
const page = (id: string) => o.as("xian", (tx) => e().page(tx, id));
const live = async () => (await o.as("xian", (tx) => e().list(tx, { state: "active", size: 50 }))).rows;
async function paidMonth(month: Month) {
  h.clock.set(`${month}-05`);
  const { id, page: roster } = await monthRoster(o, month);
  await o.signAll(id);
  const answer = await o.bankAnswers(id, () => paidOn(`${month}-08`));
  h.clock.set(`${month}-09`);
  await o.as("caiwu", (tx) =>
    h.house.payments.loadReturn(tx, id, { id: newId(), fileName: "回盘.csv", bytes: answer }),
  );
  const { rows } = await o.as("xian", (tx) => h.house.payments.listLines(tx, id, { size: 50 }));
  return { roster, lines: rows.map((l) => [l.payee, l.change, l.persons, l.amountFen]).sort() };
}
/** Of a month: who draws, who is new, who left; a household divided or put together is neither. */
const counted = async (month: Month) => {
  const { rows } = await o.as("xian", (tx) => h.house.indicators.list(tx, { month }));
  return ["dibao_persons", "dibao_new_persons", "dibao_exit_persons"].map(
    (code) => rows.find((r) => r.code === code)?.value,
  );
};
const personOf = (p: Awaited<ReturnType<typeof page>>, name: string) =>
  p.covered.find((c) => c.name === name)?.personId ?? "";

let lin = "";
let second = "";
let split: Parameters<ReturnType<typeof reshaping>["propose"]>[2];

describe("一户五人分成三人和两人", () => {
  test("十二月起领，一月已发：五个人一笔", async () => {
    await o.award(people, NOVEMBER);
    lin = (await live())[0]?.id ?? "";
    // 961 × 5 − 1,000, and 20 % of 961 for the child; the old people are not seventy yet.
    expect((await live())[0]).toMatchObject({ persons: 5, amountFen: 399_720 });
    expect((await paidMonth("2024-01")).lines).toEqual([["林大海", "new", 5, 399_720]]);
  });

  test("先看两户各多少、怎么算的；看完什么也没有写下", async () => {
    h.clock.set("2024-01-20");
    const p = await page(lin);
    const old = personOf(p, "林老根");
    split = {
      ...{ kind: "split", id: newId(), fromMonth: "2024-02", reason: "两位老人单独立户，户口簿已分" },
      headId: old,
      facts: { first: {}, second: {} },
      people: [
        { personId: old, relation: "" },
        { personId: personOf(p, "王阿婆"), relation: "配偶" },
      ],
    };
    const form = await o.as("zhen", (tx) => reshaping().form(tx, lin));
    expect(form).toMatchObject({ why: null, months: ["2024-02", "2024-03", "2024-04"] });
    expect(form.people.find((x) => x.stays)?.name).toBe("林大海");
    const [stay, leave] = await o.as("zhen", (tx) => reshaping().preview(tx, lin, split));
    // 961 × 3 − 1,000 + 192.20; 961 × 2.
    expect(stay).toMatchObject({ beforeFen: 399_720, afterFen: 207_520, persons: 3 });
    expect(leave).toMatchObject({ beforeFen: 0, afterFen: 192_200, persons: 2, entitlementId: null });
    expect(leave?.people).toMatchObject([
      { name: "林老根", relation: "本人" },
      { name: "王阿婆", relation: "配偶" },
    ]);
    expect(leave?.explanation).toMatchObject({ eligible: true, amountFen: 192_200, persons: 2 });
    expect(await live()).toHaveLength(1);
    expect(await o.as("xian", (tx) => reshaping().of(tx, lin))).toEqual([]);
  });

  test("申请人不能分出去；过去的月份、有名册的月份不能办；孩子不能作户主", async () => {
    const p = await page(lin);
    const lead = personOf(p, "林大海");
    const child = personOf(p, "林小满");
    const tried = (change: object) =>
      o.as("zhen", (tx) => reshaping().preview(tx, lin, { ...split, ...change } as typeof split));
    await expect(tried({ people: [{ personId: lead, relation: "配偶" }], headId: lead })).rejects.toThrow(
      "申请人（领取人）留在原户",
    );
    await expect(tried({ fromMonth: "2024-01" })).rejects.toThrow("起始月份应在 2024-02 到 2024-04");
    await expect(tried({ people: [{ personId: child, relation: "" }], headId: child })).rejects.toThrow(
      "未满 18 周岁",
    );
    await expect(tried({ reason: "" })).rejects.toThrow("请写明事由");
  });

  test("退回的什么也不留下；提出的人自己不能确认，数据库也不让", async () => {
    await o.as("xian", (tx) => reshaping().propose(tx, lin, split));
    await expect(
      o.as("xian", (tx) => reshaping().propose(tx, lin, { ...split, id: newId() })),
    ).rejects.toThrow("已有一次分户（合户）等人确认");
    await expect(o.as("zhen", (tx) => reshaping().confirm(tx, split.id, { note: "" }))).rejects.toMatchObject(
      {
        code: "forbidden",
      },
    );
    await expect(o.as("xian", (tx) => reshaping().confirm(tx, split.id, { note: "" }))).rejects.toMatchObject(
      {
        code: "same-signer",
      },
    );
    await expect(
      o.as("xian", (tx) =>
        tx.exec(
          "update entitlement_reshape set state = 'confirmed', decided_by = app_account(), decided_by_name = '我', decided_at = now()",
        ),
      ),
    ).rejects.toThrow("entitlement_reshape_two_people");
    await o.as("fuhe", (tx) => reshaping().reject(tx, split.id, { reason: "还没有看到新户口簿" }));
    expect(await live()).toHaveLength(1);
    expect((await page(lin)).changes).toEqual([]);
    expect((await page(lin)).covered.every((c) => c.endMonth === null)).toBe(true);
  });

  test("另一人确认：一次办完——两项待遇、两户户籍；再确认一次还是一次", async () => {
    split = { ...split, id: newId() };
    await o.as("zhen", (tx) => reshaping().propose(tx, lin, split));
    expect((await o.as("xian", (tx) => reshaping().toConfirm(tx))).map((r) => r.id)).toEqual([split.id]);
    for (const _ of [1, 2]) await o.as("xian", (tx) => reshaping().confirm(tx, split.id, { note: "已核" }));
    const rows = await live();
    expect(rows.map((r) => [r.payee, r.fromMonth]).sort()).toEqual([
      ["林大海", "2023-12"],
      ["林老根", "2024-02"],
    ]);
    second = rows.find((r) => r.payee === "林老根")?.id ?? "";
    const [one, two] = [await page(lin), await page(second)];
    expect(
      one.covered
        .filter((c) => c.endMonth === "2024-01")
        .map((c) => c.name)
        .sort(),
    ).toEqual(["林老根", "王阿婆"]);
    expect(one.changes).toMatchObject([{ kindLabel: "分户", beforeFen: 399_720, afterFen: 207_520 }]);
    expect(two.amounts).toMatchObject([{ fromMonth: "2024-02", amountFen: 192_200, explained: true }]);
    expect(two.reviews).toMatchObject([{ kind: "periodic", doneOn: null }]);
    const homes = await o.as("xian", async (tx) => [
      await h.house.registry.getHousehold(tx, one.householdId ?? ""),
      await h.house.registry.getHousehold(tx, two.householdId ?? ""),
    ]);
    expect(homes.map((x) => x.members.filter((m) => m.toDate === null).length)).toEqual([3, 2]);
    expect(homes[1]?.headName).toBe("林老根");
    const done = await o.as("fuhe", (tx) => reshaping().page(tx, split.id));
    // Both are told, each once.
    const told = await Promise.all(
      done.sides.map((s) =>
        o.as("zhen", (tx) => notices().issue(tx, s.entitlementId ?? "", s.noticeSeq ?? 0)),
      ),
    );
    expect(told.map((d) => [d.title, d.addressee])).toEqual([
      ["最低生活保障调整通知书", "林大海"],
      ["最低生活保障调整通知书", "林老根"],
    ]);
    expect(told[1]?.paragraphs.join("")).toContain(
      "每月 1,922.00 元，保障人口 2 人。理由：分户：两位老人单独立户",
    );
    const again = await o.as("zhen", (tx) => notices().issue(tx, second, two.amounts[0]?.seq ?? 0));
    expect(again.number).toBe(told[1]?.number);
    expect(done).toMatchObject({ state: "confirmed", can: { confirm: false } });
    expect(done.sides[1]?.explanation).toMatchObject({ amountFen: 192_200 });
  });

  test("二月名册：两笔，一个人一份，没有谁领两次", async () => {
    await o.as("xian", async (tx) => {
      const { payeeId } = await page(second);
      await h.house.registry.setBankAccount(tx, {
        ...{ id: newId(), personId: payeeId, bankName: "农村商业银行", accountNo: "6217991234567890123" },
        ...{ holderName: "林老根", reason: "分户后本人开户" },
      });
    });
    const { lines } = await paidMonth("2024-02");
    expect(lines).toEqual([
      ["林大海", "changed", 3, 207_520],
      ["林老根", "new", 2, 192_200],
    ]);
    const { rows } = await o.as("xian", (tx) => h.house.payments.recoveries.list(tx, {}));
    expect(rows).toEqual([]);
  });

  test("分出来的一户没有办件：重新申请，认定以后就是它的办件，待遇还是那一项", async () => {
    const [, , , root, wife] = people;
    const caseId = await o.award(
      [
        { ...(root as MemberOf), relation: "本人" },
        { ...(wife as MemberOf), relation: "配偶" },
      ],
      {
        ...{ submit: "2024-02-09", accept: "2024-02-18", survey: "2024-02-19", answer: "2024-02-20" },
        ...{ opinion: "2024-02-20", finish: "2024-02-28", confirm: "2024-02-28" },
      },
    );
    expect(await live()).toHaveLength(2);
    const p = await page(second);
    expect(p).toMatchObject({ caseId, amountFen: 192_200 });
    expect(p.amounts.at(-1)).toMatchObject({ fromMonth: "2024-03", amountFen: 192_200 });
    // The others of the first household cannot apply: they draw.
    await expect(o.submit("zhen", o.form(people.slice(0, 3)))).rejects.toThrow(/已有|正在享受/);
  });
});

describe("两户又合成一户", () => {
  let merge: Parameters<ReturnType<typeof reshaping>["propose"]>[2];
  test("合并前看到合并后的一户；并入的一户发到当月为止", async () => {
    h.clock.set("2024-02-29");
    const p = await page(second);
    merge = {
      ...{
        kind: "merge",
        id: newId(),
        fromMonth: "2024-03",
        reason: "老人搬回，由儿子照料",
        otherId: second,
      },
      facts: { first: {}, second: {} },
      people: p.covered.map((c) => ({ personId: c.personId, relation: OTHER })),
    };
    // Each had the house on its page: two houses would be too many. The officer says that it is one and the same.
    await expect(o.as("xian", (tx) => reshaping().preview(tx, lin, merge))).rejects.toMatchObject({
      code: "not-eligible",
    });
    merge = { ...merge, facts: { first: { 住房套数: 1 }, second: {} } };
    await expect(
      o.as("xian", (tx) =>
        reshaping().preview(tx, lin, { ...merge, facts: { first: { 年龄: 1 }, second: {} } }),
      ),
    ).rejects.toThrow("「年龄」填得不对");
    const [both, gone] = await o.as("xian", (tx) => reshaping().preview(tx, lin, merge));
    expect(both).toMatchObject({ beforeFen: 207_520, afterFen: 399_720, persons: 5 });
    expect(gone).toMatchObject({ beforeFen: 192_200, afterFen: 0, persons: 0 });
  });

  test("提出以后情况变了，确认不了，要退回重提", async () => {
    await o.as("zhen", (tx) => reshaping().propose(tx, lin, merge));
    const child = personOf(await page(lin), "林小满");
    await o.as("fuhe", (tx) =>
      e().change(tx, lin, {
        ...{ id: newId(), kind: "member-out", personId: child, event: "left" },
        ...{ happenedOn: "2024-02-15", reason: "随母亲外出" },
      }),
    );
    await expect(o.as("xian", (tx) => reshaping().confirm(tx, merge.id, { note: "" }))).rejects.toMatchObject(
      {
        code: "stale-version",
      },
    );
    await o.as("zhen", (tx) => reshaping().withdraw(tx, merge.id));
  });

  test("重新提出、确认：三月只有一笔，四个人；并入的一户注销", async () => {
    merge = { ...merge, id: newId() };
    await h.house.as(system(o.county), (tx) => h.house.duties.generate(tx));
    await o.as("zhen", (tx) => reshaping().propose(tx, lin, merge));
    // Whoever opens the form while it waits is sent there, not asked to fill in.
    expect(await o.as("zhen", (tx) => reshaping().form(tx, second))).toMatchObject({
      ...{ waiting: merge.id, why: expect.stringContaining("等人确认") },
    });
    await o.as("fuhe", (tx) => reshaping().confirm(tx, merge.id, { note: "" }));
    const before = await page(second);
    expect(before).toMatchObject({ endMonth: "2024-02" });
    const home = await o.as("xian", (tx) => h.house.registry.getHousehold(tx, before.householdId ?? ""));
    expect(home.closedOn).toBe("2024-02-29");
    // What had to be asked at the old people's door is asked where they live now.
    await h.house.dispatcher.drain(o.county);
    const stops = await o.as("zhen", (tx) => h.house.duties.list(tx, null));
    expect(stops.stops.map((s) => s.subjectId)).toEqual([(await page(lin)).householdId]);
    const gone = before.amounts.at(-1);
    expect(gone?.notice).toBe("最低生活保障合户通知书");
    const told = await o.as("zhen", (tx) => notices().issue(tx, second, gone?.seq ?? 0));
    expect(told.paragraphs.join("")).toContain("自2024年3月起最低生活保障金由合并后的一户领取");
    // A decision's amount is told by the decision.
    await expect(o.as("zhen", (tx) => notices().issue(tx, lin, 1))).rejects.toThrow("随办件的决定告知");
    // 961 × 4 − 1,000.
    const { lines } = await paidMonth("2024-03");
    expect(lines).toEqual([
      ["林大海", "changed", 4, 284_400],
      ["林老根", "stopped", 0, 0],
    ]);
    expect(await counted("2023-12")).toEqual([5, 5, 0]);
    expect(await counted("2024-01")).toEqual([5, 0, 0]);
    // The child left in February.
    expect(await counted("2024-02")).toEqual([4, 0, 0]);
    expect(await counted("2024-03")).toEqual([4, 0, 0]);
    const chains = await h.house.audit.verify(h.house.db, o.county);
    expect(chains.filter((c) => !c.ok)).toEqual([]);
  });
});

describe("确认了、还没到月份的分户，以后报来的变动不会弄错", () => {
  let third = "";
  test("六月起再分户；从更早的月份再分，不行", async () => {
    h.clock.set("2024-03-20");
    const p = await page(lin);
    const old = personOf(p, "林老根");
    const june = {
      ...{ kind: "split" as const, fromMonth: "2024-06" as Month, reason: "两位老人搬进新房", headId: old },
      facts: { first: {}, second: {} },
      people: [
        { personId: old, relation: "" },
        { personId: personOf(p, "王阿婆"), relation: "配偶" },
      ],
    };
    const id = newId();
    await o.as("zhen", (tx) => reshaping().propose(tx, lin, { ...june, id }));
    await o.as("xian", (tx) => reshaping().confirm(tx, id, { note: "" }));
    third = (await live()).find((r) => r.payee === "林老根")?.id ?? "";
    const sooner = { ...june, fromMonth: "2024-05" as Month };
    await expect(o.as("zhen", (tx) => reshaping().preview(tx, lin, sooner))).rejects.toThrow(
      "2024-06 起已有一次确认了的变动",
    );
  });

  test("其中一人 3 月 22 日去世：四、五月按三人算，六月起的两户各自都对", async () => {
    h.clock.set("2024-03-25");
    const granny = personOf(await page(lin), "王阿婆");
    const out = {
      ...{ kind: "member-out" as const, personId: granny, event: "died" as const },
      ...{ happenedOn: "2024-03-22", reason: "家属报告，已核" },
    };
    await expect(o.as("xian", (tx) => e().previewChange(tx, lin, out))).rejects.toThrow("还没有登记死亡");
    await o.as("zhen", (tx) => h.house.registry.recordDeath(tx, granny, "2024-03-22", "家属报告"));
    for (const one of [lin, third]) await o.as("xian", (tx) => e().change(tx, one, { ...out, id: newId() }));
    const owed = (month: Month) =>
      o.as("xian", async (tx) =>
        (
          await tx.query<{ id: string; fen: number }>(
            `select entitlement_id as id, amount_fen::int as fen from entitlement_owed($1)`,
            [month],
          )
        )
          .map((r) => [r.id === lin ? "林大海" : r.id === third ? "林老根" : "?", r.fen])
          .sort(),
      );
    // 961 × 3 − 1,000; then 961 × 2 − 1,000 and 961.
    expect(await owed("2024-04")).toEqual([["林大海", 188_300]]);
    expect(await owed("2024-05")).toEqual([["林大海", 188_300]]);
    expect(await owed("2024-06")).toEqual([
      ["林大海", 92_200],
      ["林老根", 96_100],
    ]);
    await expect(
      o.as("xian", (tx) => e().previewChange(tx, lin, { ...out, happenedOn: "2024-03-23" })),
    ).rejects.toThrow("登记的死亡日期是 2024-03-22");
    await expect(o.as("xian", (tx) => e().previewChange(tx, lin, out))).rejects.toThrow("金额里没有算这个人");
  });
});

describe("家里的孩子年满 18 周岁", () => {
  test("第二天提出核查，一人一次；没有人办，什么也不变", async () => {
    const father: MemberOf = {
      name: "陈北海",
      idNo: idNo("1975-03-03"),
      relation: "本人",
      facts: { wage: 60_000 },
    };
    const son: MemberOf = {
      ...{ name: "陈小舟", idNo: idNo("2006-05-20"), relation: "未成年子女", facts: { ableToWork: false } },
    };
    await o.award([father, son], {
      ...{ submit: "2024-03-26", accept: "2024-03-27", survey: "2024-03-28", answer: "2024-03-29" },
      ...{ opinion: "2024-04-01", finish: "2024-04-09", confirm: "2024-04-10" },
    });
    const chen = (await live()).find((r) => r.payee === "陈北海")?.id ?? "";
    const amounts = (await page(chen)).amounts;
    const sweep = () => h.house.db.transact(systemActor(o.county), (tx) => e().openAgeReviews(tx));
    h.clock.set("2024-05-19");
    expect(await sweep()).toBe(0);
    h.clock.set("2024-05-20");
    expect([await sweep(), await sweep()]).toEqual([1, 0]);
    const due = await o.as("zhen", (tx) => e().dueReviews(tx));
    expect(due.filter((r) => r.entitlementId === chen)).toMatchObject([
      { kind: "age", dueOn: "2024-06-09", label: expect.stringContaining("陈小舟年满 18 周岁，请核查就读") },
    ]);
    expect((await page(chen)).amounts).toEqual(amounts);
    // Nobody pays unseen: until somebody has looked, the roster says so; others live in the household, so it is not held.
    const flagged = async (month: Month) => {
      const { id } = await monthRoster(o, month);
      const { rows } = await o.as("xian", (tx) =>
        h.house.payments.listLines(tx, id, { q: "陈北海", size: 5 }),
      );
      await o.as("xian", (tx) => h.house.payments.discard(tx, id, { reason: "看过" }));
      return rows.flatMap((l) => l.flags).filter((f) => f.label.includes("满龄"));
    };
    expect(await flagged("2024-06")).toMatchObject([
      {
        severity: "warn",
        reason: "陈小舟 已到规定的年龄，核查应于 2024-06-09 前完成；核查前按原金额发",
      },
    ]);
    await o.as("zhen", (tx) =>
      e().recordReview(tx, chen, {
        ...{ id: newId(), result: "continue", method: "home-visit", on: "2024-05-20" },
        note: "在县一中读高三",
      }),
    );
    expect(await flagged("2024-06")).toEqual([]);
    h.clock.set("2024-08-01");
    expect(await sweep()).toBe(0);
    expect((await page(chen)).reviews.filter((r) => r.doneOn === null)).toMatchObject([{ kind: "periodic" }]);
  });
});
