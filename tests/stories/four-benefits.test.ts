/**
 * 特困, the two subsidies of the disabled, the allowances of children: each decided by its own rules, which read in the
 * ledger of entitlements what the house itself pays, and all paid in one roster.
 */
import type { ApplicationInput } from "@wuxin/engines/cases";
import { newId, type Scalar } from "@wuxin/kernel";
import { createWorker, systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import {
  alone,
  FINISHED,
  idNo,
  MARCH,
  type MemberOf,
  monthRoster,
  type Office,
  OPINION,
  openOffice,
} from "./office.ts";

let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
});
afterAll(() => h.close());

interface Person extends Omit<MemberOf, "facts"> {
  readonly facts: Readonly<Record<string, Scalar>>;
}
const application = (
  item: string,
  people: readonly Person[],
  more: Partial<ApplicationInput> = {},
): ApplicationInput => ({
  ...o.form(people),
  item,
  members: people.map((p, i) => ({ key: `m${i}`, ...p })),
  household: {},
  authorised: null,
  commitments: [],
  ...more,
});
const drawing = async (who: Parameters<Office["page"]>[0], caseId: string, fact: string) => {
  const page = await o.page(who, caseId);
  return page.facts.find((f) => f.label === fact || f.fact === fact);
};
const card = { disabilityKind: "肢体", disabilityGrade: "二级", cardValidUntil: "2030-01-01" };
const CHECKED = { cardFound: true, on: "2024-03-26" };

describe("残疾人两项补贴", () => {
  let father: MemberOf[];

  test("低保家庭的残疾人：不用再交低保证明，两项都从申请当月起发", async () => {
    father = alone("汪玉兰", "1958-04-15", {
      disabilityGrade: "二级",
      disabilityKind: "肢体",
      rigidSpending: 0,
    });
    await o.award(father, MARCH); // 低保 from April
    h.clock.set("2024-04-02");
    const living = await o.submit(
      "zhen",
      application("disability-living-subsidy", [{ ...(father[0] as Person), facts: card }], {
        household: { edgeFamily: "其他" },
      }),
    );
    await o.act("zhen", living, "check", CHECKED);
    const page = await o.act("xian", living, "confirm");
    expect(page.decisions).toMatchObject([{ amountFen: 9_000, fromMonth: "2024-04" }]);
    expect(JSON.stringify(page.decisions[0]?.explanation)).toContain("待遇台账");

    const nursing = await o.submit(
      "zhen",
      application("disability-nursing-subsidy", [
        { ...(father[0] as Person), facts: { ...card, needsCare: true } },
      ]),
    );
    await o.act("zhen", nursing, "check", { ...CHECKED, carer: "女儿" });
    expect((await o.act("xian", nursing, "confirm")).decisions).toMatchObject([{ amountFen: 9_000 }]);
  });

  test("不是低保的没有生活补贴，自己说是低保也不行：低保由台账说", async () => {
    const person = { name: "石大海", idNo: idNo("1970-01-01"), relation: "本人", facts: card };
    const id = await o.submit(
      "zhen",
      application("disability-living-subsidy", [person], { household: { edgeFamily: "其他" } }),
    );
    await o.act("zhen", id, "check", CHECKED);
    await expect(o.act("xian", id, "confirm")).rejects.toThrow("还不符合条件");
  });

  test("没有和残联比对上的，不能确认", async () => {
    const person = {
      name: "石二海",
      idNo: idNo("1971-01-01"),
      relation: "本人",
      facts: { ...card, needsCare: true },
    };
    const id = await o.submit("zhen", application("disability-nursing-subsidy", [person]));
    await o.act("zhen", id, "check", { cardFound: false, on: "2024-04-02", carer: "邻居" });
    await expect(o.act("xian", id, "confirm")).rejects.toThrow("没有核实残疾人证");
  });
});

describe("事实无人抚养儿童", () => {
  test("家里已领低保的，补足到标准的差额；差额由台账上的低保分摊算出", async () => {
    const child = { name: "陈小雨", idNo: idNo("2015-06-01", "女"), relation: "本人" };
    const others = { relation: "其他长期共同居住的赡养抚养扶养关系人", facts: { ableToWork: false } };
    await o.award([...alone("王秀珍", "1952-03-01"), { ...child, ...others }], MARCH);
    h.clock.set("2024-04-03");
    const id = await o.submit(
      "zhen",
      application("unsupported-child-support", [
        { ...child, facts: { father: "死亡或宣告死亡", mother: "服刑或强制隔离戒毒", motherMonths: 24 } },
      ]),
    );
    await o.act("zhen", id, "check", {
      confirmedBy: ["公安", "司法"],
      guardian: "奶奶王秀珍",
      seen: true,
      on: "2024-04-03",
    });
    const aid = await drawing("xian", id, "已领低保或特困");
    const page = await o.act("xian", id, "confirm");
    const drawn = await o.as("xian", (tx) =>
      h.house.entitlements.drawn(tx, [page.applicant.personId], "2024-05"),
    );
    const [support] =
      drawn.get(page.applicant.personId)?.filter((d) => d.item === "subsistence-allowance") ?? [];
    expect(support?.shareFen).toBeGreaterThan(0);
    expect(page.decisions).toMatchObject([
      { amountFen: 115_000 - (support?.shareFen ?? 0), fromMonth: "2024-05" },
    ]);
    expect(aid).toBeUndefined(); // nobody was asked
  });

  test("只有一方有情形的不符合；表上会问要多少个月", async () => {
    const child = { name: "陈小雪", idNo: idNo("2016-06-01", "女"), relation: "本人" };
    await expect(
      o.submit(
        "zhen",
        application("unsupported-child-support", [{ ...child, facts: { father: "失联", mother: "正常" } }]),
      ),
    ).rejects.toMatchObject({ code: "invalid-input" });
    const id = await o.submit(
      "zhen",
      application("unsupported-child-support", [
        { ...child, facts: { father: "失联", fatherMonths: 8, mother: "正常" } },
      ]),
    );
    await o.act("zhen", id, "check", {
      confirmedBy: ["公安"],
      guardian: "母亲",
      seen: true,
      on: "2024-04-03",
    });
    await expect(o.act("xian", id, "confirm")).rejects.toThrow("还不符合条件");
  });
});

describe("孤儿", () => {
  test("父母双亡、散居：每月 1,150 元，从次月起", async () => {
    const child = { name: "何小川", idNo: idNo("2006-06-02"), relation: "本人" };
    const id = await o.submit(
      "zhen",
      application("orphan-support", [
        { ...child, facts: { father: "死亡或宣告死亡", mother: "死亡或宣告死亡", placement: "散居" } },
      ]),
    );
    await o.act("zhen", id, "check", {
      confirmedBy: ["公安"],
      guardian: "舅舅",
      seen: true,
      on: "2024-04-03",
    });
    expect((await o.act("xian", id, "confirm")).decisions).toMatchObject([
      { amountFen: 115_000, fromMonth: "2024-05" },
    ]);
  });
});

describe("特困", () => {
  const income = (yuan: number, property = 0) => ({ income: yuan * 100, property: property * 100 });
  const self = (name: string, birth: string): Person => ({
    name,
    idNo: idNo(birth),
    relation: "本人",
    facts: { ...income(0), disabilityKind: "无", disabilityGrade: "无", mode: "分散", selfCareFailed: 3 },
  });
  const sign = (people: readonly Person[]) => ({
    authorised: {
      text: "同意核对家庭经济状况。",
      signers: people.map((p, i) => ({ key: `m${i}`, signature: { name: p.name, fileId: null } })),
    },
    commitments: ["situation"],
  });
  const toReview = async (id: string) => {
    await o.act("zhen", id, "accept");
    await o.act("zhen", id, "survey", o.survey("2024-04-05"));
    await o.act("zhen", id, "request_verification", { scope: ["户籍"] });
    await o.act("xian", id, "answer_verification", {
      reportNumber: "核对2024002",
      on: "2024-04-05",
      validUntil: "2024-12-31",
      summary: "与申报一致。",
    });
    await o.act("zhen", id, "opinion", OPINION);
    h.clock.set("2024-04-15");
    return o.act("zhen", id, "finish_publicity", FINISHED);
  };

  test("儿子是二级残疾、收入低，没有能力赡养：半护理，城市每月 910 + 400 元", async () => {
    h.clock.set("2024-04-05");
    const people = [
      self("康寿山", "1950-01-20"),
      {
        name: "康小山",
        idNo: idNo("1980-01-01"),
        relation: "法定义务人",
        facts: { ...income(1_200), disabilityKind: "肢体", disabilityGrade: "二级", incapable: false },
      },
    ];
    const id = await o.submit("zhen", application("destitute-support", people, sign(people)));
    const opened = await o.page("zhen", id);
    expect(opened.members.map((m) => [m.name, m.relation])).toEqual([
      ["康寿山", "本人"],
      ["康小山", "法定义务人"],
    ]);
    await toReview(id);
    const page = await o.act("xian", id, "confirm");
    expect(page.decisions).toMatchObject([{ amountFen: 131_000, fromMonth: "2024-05" }]);
    const e = await o.as("zhen", (tx) => h.house.entitlements.page(tx, page.entitlementId ?? ""));
    expect(e.covered.map((p) => p.name)).toEqual(["康寿山"]);
  });

  test("分散供养的：没有照料护理协议每月提醒到签好，签订率点开到人", async () => {
    h.clock.set("2024-05-06");
    const AGREEMENT = "签订、续签照料护理协议";
    const night = () => h.house.db.transact(systemActor(o.county), (tx) => h.house.duties.generate(tx));
    const door = async () =>
      (await o.as("zhen", (tx) => h.house.duties.board(tx, { limit: 50 }))).rows.find((r) =>
        r.tasks.some((t) => t.title === "特困人员照料护理走访"),
      );
    const reminder = async () => (await door())?.tasks.find((t) => t.title === AGREEMENT)?.reason;
    const rate = () =>
      o.as("xian", async (tx) => {
        const { rows } = await h.house.indicators.list(tx, {});
        const drilled = await h.house.indicators.drill(tx, "care_agreement_rate", {});
        return [rows.find((r) => r.code === "care_agreement_rate")?.value, drilled.rows.map((r) => r.reason)];
      });
    await night();
    expect(await reminder()).toBe("没有照料护理协议");
    expect(await rate()).toEqual([0, ["没有在期的照料护理协议"]]);
    const subjectId = (await door())?.subjectId ?? "";
    const divisionCode = (await door())?.divisionCode ?? "";
    const until = async (value: string, base: number) => {
      const changes = { careAgreementUntil: { value, base } };
      await o.as("zhen", (tx) => h.house.duties.changeCard(tx, { subjectId, divisionCode }, changes));
      await night();
    };
    await until("2024-07-05", 0);
    expect(await reminder()).toBe("照料护理协议六十天内到期");
    await until("2025-05-05", 1);
    expect(await reminder()).toBeUndefined();
    expect(await rate()).toEqual([100, ["照料护理协议在期"]]);
  });

  test("未成年特困人员人数、集中供养率由台账算，点得开到人", async () => {
    const figures = () =>
      o.as("xian", async (tx) => {
        const { rows } = await h.house.indicators.list(tx, {});
        const of = (code: string) => rows.find((r) => r.code === code)?.value;
        const { rows: people } = await h.house.indicators.drill(tx, "tekun_persons", {});
        return [of("tekun_persons"), of("tekun_minor_persons"), of("tekun_central_rate"), people.length];
      });
    expect(await figures()).toEqual([1, 0, 0, 1]);
    // He moves into the institution.
    await h.t.owner(
      `insert into fact select county_code, gen_random_uuid(), subject_kind, subject_id, name, '"集中"', source, source_rank,
         reference, '2024-05-01', recorded_at + interval '1 day', recorded_by, recorded_by_name, case_id, division_code, applicant_id
       from fact where name = '供养方式'`,
    );
    expect(await figures()).toEqual([1, 0, 100, 1]);
    // As if he were a child.
    await h.t.owner("update person set birth_date = '2008-05-20' where name = '康寿山'");
    expect(await figures()).toEqual([1, 1, 100, 1]);
    await h.t.owner("update person set birth_date = '1950-01-20' where name = '康寿山'");
  });

  test("义务人不签授权书不能受理；儿子能赡养的，只能不予确认", async () => {
    h.clock.set("2024-04-05");
    const people = [
      self("康寿海", "1951-01-20"),
      {
        name: "康大海",
        idNo: idNo("1981-01-01"),
        relation: "法定义务人",
        facts: { ...income(6_000), disabilityKind: "无", disabilityGrade: "无" },
      },
    ];
    const unsigned = await o.submit(
      "zhen",
      application("destitute-support", people, sign(people.slice(0, 1))),
    );
    await expect(o.act("zhen", unsigned, "accept")).rejects.toThrow("还没有都签署");
    await o.act("zhen", unsigned, "withdraw", { reason: "请义务人来签字后再申请。" });
    const id = await o.submit("zhen", application("destitute-support", people, sign(people)));
    await toReview(id);
    await expect(o.act("xian", id, "confirm")).rejects.toThrow("不符合特困条件");
    const refused = await o.act("xian", id, "refuse", { reason: "有法定义务人能够履行赡养义务。" });
    expect(refused.stateLabel).toBe("不予确认（待送达）");
  });

  test("申请人答义务人的题、义务人答申请人的题，都会被指出来", async () => {
    const people = [
      self("康寿河", "1952-01-20"),
      {
        name: "康小河",
        idNo: idNo("1982-01-01"),
        relation: "法定义务人",
        facts: { ...income(0), disabilityKind: "无", disabilityGrade: "无", selfCareFailed: 1 },
      },
    ];
    await expect(
      o.submit("zhen", application("destitute-support", people, sign(people))),
    ).rejects.toMatchObject({ details: expect.anything() });
  });
});

test("同一个月、同一份名册：五种待遇各是各的行，低保和特困一个人只有一份", async () => {
  h.clock.set("2024-05-08");
  const { page } = await monthRoster(o, "2024-05");
  expect(page.byItem.map((i) => i.itemTitle).sort()).toEqual(
    ["低保", "事实无人抚养", "孤儿", "残疾人护理补贴", "残疾人生活补贴", "特困"].sort(),
  );
  expect(page.held).toBe(0);
});

describe("决定往前算，跨过一次提标", () => {
  test("五月申请、七月才确认的护理补贴：五月按旧标准，六月起按新标准，各补一次，都说得出怎么算", async () => {
    h.clock.set("2024-05-20");
    const person = { name: "石小海", idNo: idNo("1972-01-01"), relation: "本人" };
    const facts = { ...card, needsCare: true };
    const id = await o.submit("zhen", application("disability-nursing-subsidy", [{ ...person, facts }]));
    await o.act("zhen", id, "check", { ...CHECKED, on: "2024-05-20", carer: "儿子" });
    // Raised from June, carried out for everybody who draws, before he is confirmed.
    const standardId = newId();
    await o.as("xian", async (tx) => {
      await h.house.standards.propose(tx, "重度残疾人护理补贴标准", {
        ...{
          id: standardId,
          since: "2024-06-01",
          form: "amount",
          multiple: null,
          note: null,
          corrects: false,
        },
        values: [{ key: [], text: "100", unit: null }],
        document: "岳民〔2024〕9号",
      });
      await h.house.standards.submit(tx, standardId);
    });
    await o.as("fuhe", (tx) => h.house.standards.approve(tx, standardId, null));
    const work = () => createWorker(h.t.db, h.house.jobs).runDue();
    await work();
    const repricing = h.house.entitlements.repricing as NonNullable<typeof h.house.entitlements.repricing>;
    for (const run of await o.as("shenpi", (tx) => repricing.list(tx)))
      await o.as("shenpi", (tx) => repricing.release(tx, run.id, { note: "" }));
    await work();
    for (const month of ["2024-05", "2024-06"]) {
      const made = (await o.as("xian", (tx) => h.house.payments.list(tx))).rows.find(
        (r) => r.month === month,
      );
      const { id: rosterId } = made ?? (await monthRoster(o, month));
      await o.signAll(rosterId);
      await o.bankAnswers(rosterId, () => null);
    }
    h.clock.set("2024-07-02");
    const page = await o.act("xian", id, "confirm");
    expect(page.decisions).toMatchObject([{ amountFen: 9_000, fromMonth: "2024-05" }]);
    const e = await o.as("xian", (tx) => h.house.entitlements.page(tx, page.entitlementId ?? ""));
    expect(e.amounts.map((a) => [a.fromMonth, a.amountFen])).toEqual([
      ["2024-05", 9_000],
      ["2024-06", 10_000],
    ]);
    const told = await o.as("xian", (tx) => repricing.explainAmount(tx, e.id, e.amounts.at(-1)?.seq ?? 0));
    expect(told).toMatchObject({ amountFen: 10_000, month: "2024-06" });
    expect(JSON.stringify(told)).toContain("岳民〔2024〕9号");
    const { id: july } = await monthRoster(o, "2024-07");
    const { rows } = await o.as("xian", (tx) =>
      h.house.payments.listLines(tx, july, { q: "石小海", size: 20 }),
    );
    expect(rows.map((l) => [l.month, l.change, l.amountFen]).sort()).toEqual([
      ["2024-05", "backpay", 9_000],
      ["2024-06", "backpay", 10_000],
      ["2024-07", "new", 10_000],
    ]);
  });
});

test("孤儿满十八周岁、还没有决定：名册把这一笔拦下；作了停发决定，原因记在台账上", async () => {
  h.clock.set("2024-08-05");
  expect(
    await h.house.db.transact(systemActor(o.county), (tx) => h.house.entitlements.openAgeReviews(tx)),
  ).toBe(1);
  const { id } = await monthRoster(o, "2024-08");
  const { rows } = await o.as("xian", (tx) => h.house.payments.listLines(tx, id, { q: "何小川", size: 5 }));
  expect(rows[0]).toMatchObject({ stateLabel: "暂缓", amountFen: 115_000 });
  expect(rows[0]?.flags).toMatchObject([{ label: "满龄还没有决定", severity: "block" }]);
  const orphan = rows[0]?.entitlementId ?? "";
  const { caseId } = await o.as("xian", (tx) => h.house.entitlements.page(tx, orphan));
  await o.act("xian", caseId ?? "", "stop", { cause: "年满十八周岁", reason: "已满十八周岁，转为低保。" });
  const ended = await o.as("xian", (tx) => h.house.entitlements.page(tx, orphan));
  expect(ended).toMatchObject({ endMonth: "2024-08", endCause: "年满十八周岁" });
});

test("停了以后再调整：办件里说清为什么不行、怎么办；死亡抢在决定前面的，记一笔、不反复重试", async () => {
  const { rows } = await o.as("xian", (tx) => h.house.entitlements.list(tx, { q: "石小海", size: 5 }));
  const of = rows[0]?.id ?? "";
  const page = () => o.as("xian", (tx) => h.house.entitlements.page(tx, of));
  const { caseId, payeeId, divisionCode } = await page();
  const out = { kind: "member-out" as const, personId: payeeId, event: "jailed" as const };
  await o.as("xian", (tx) =>
    h.house.entitlements.change(tx, of, {
      ...{ ...out, id: newId(), happenedOn: "2024-08-03", reason: "判决书送达" },
    }),
  );
  expect(await page()).toMatchObject({ endMonth: "2024-08", endCause: "服刑或强制戒毒" });
  await expect(o.act("xian", caseId ?? "", "adjust")).rejects.toThrow(
    "这项待遇已经发到 2024-08 为止（服刑或强制戒毒）",
  );
  // The event of a decision that was taken before the end was known: heard, without effect, and never again.
  const late = {
    ...{
      caseId: caseId ?? "",
      decisionId: newId(),
      item: "disability-nursing-subsidy",
      kind: "adjust" as const,
    },
    ...{ householdId: null, applicantId: payeeId, payeeId, divisionCode, covered: [payeeId], persons: 1 },
    ...{ amountFen: 12_000, fromMonth: "2024-09" as const, decidedOn: "2024-08-05" as const, reason: "调整" },
  };
  const before = (await page()).amounts;
  for (const _ of [1, 2]) await o.as("xian", (tx) => h.house.entitlements.onDecision(tx, late));
  expect((await page()).amounts).toEqual(before);
  const closed = await o.act("xian", caseId ?? "", "stop", { cause: "其他", reason: "服刑，结束办件。" });
  expect(closed.stateLabel).toBe("已停发");
  expect(await page()).toMatchObject({ endMonth: "2024-08", endCause: "服刑或强制戒毒" });
  expect((await page()).reviews.filter((r) => r.doneOn === null)).toEqual([]);
});
