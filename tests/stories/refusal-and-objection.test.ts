/** Not everybody qualifies, and neighbours may object: reasons, remedies, another look (57号第十九至二十一条). */
import { newId } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { FINISHED, family, MARCH, monthRoster, type Office, OPINION, openOffice } from "./office.ts";

let h: TestHouse;
let o: Office;
const visitor = () => ({ actor: { ...systemActor(o.county), name: "公众" } });
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
});
afterAll(() => h.close());

describe("收入超过标准的不予确认", () => {
  const members = family("周立新", 210_000);
  let caseId: string;

  test("三口之家月收入 2,100 元，人均正好 700 元：不低于标准，确认的按钮是灰的", async () => {
    h.clock.set(MARCH.submit);
    caseId = await o.submit("zhen", o.form(members));
    await o.toOpinion(caseId, MARCH);
    h.clock.set(MARCH.finish);
    const page = await o.act("zhen", caseId, "finish_publicity", FINISHED);
    expect(page.assessment).toMatchObject({
      eligible: false,
      amountFen: 0,
      alsoRecognised: ["低保边缘家庭"],
    });
    await expect(o.act("xian", caseId, "confirm")).rejects.toThrow("按现有事实不符合低保条件");
    expect((await o.page("xian", caseId)).stateLabel).toBe("待确认");
  });

  test("不予确认必须写理由；通知书写明理由、算法和救济途径", async () => {
    h.clock.set("2024-03-22");
    await expect(o.act("xian", caseId, "refuse", {})).rejects.toThrow("请填写「不予确认的理由」");
    const page = await o.act("xian", caseId, "refuse", {
      reason: "家庭月人均收入 700 元，不低于城市低保标准。",
    });
    expect(page.stateLabel).toBe("不予确认（待送达）");
    expect(page.decisions).toMatchObject([{ label: "不予确认", amountFen: null, fromMonth: null }]);
    const notice = page.documents.find((d) => d.code === "refusal-notice");
    expect(notice?.number).toBe("岳阳县低保不〔2024〕1号");
    const text = (await o.as("xian", (tx) => h.house.documents.get(tx, notice?.id ?? ""))).paragraphs.join(
      "\n",
    );
    expect(text).toContain("家庭月人均收入 700 元，不低于城市低保标准。");
    expect(text).toContain("60 日内向岳阳县人民政府申请行政复议");
    expect(text).toContain("6 个月内向岳阳县人民法院提起行政诉讼");
    expect(page.entitlementId).toBeNull();
  });

  test("三个工作日内送达，登记后本件结束，没有待遇也没有发放", async () => {
    const before = await o.page("zhen", caseId);
    // Friday the 22nd: Monday, Tuesday, Wednesday.
    expect(before.clocks.find((c) => c.key === "rejectNotice")).toMatchObject({
      dueOn: "2024-03-27",
      left: 3,
    });
    h.clock.set("2024-03-25");
    const page = await o.act("zhen", caseId, "deliver_refusal", {
      on: "2024-03-25",
      how: "直接送达",
      receiver: "周立新",
    });
    expect(page).toMatchObject({ stateLabel: "不予确认", final: true });
    expect(page.actions).toEqual([]);
    expect(page.clocks.every((c) => c.stoppedOn !== null)).toBe(true);
    const { total } = await o.as("zhen", (tx) => h.house.entitlements.list(tx, { q: "周立新" }));
    expect(total).toBe(0);
  });

  test("家里情况变了，可以再申请", async () => {
    h.clock.set("2024-06-03");
    const again = await o.submit(
      "zhen",
      o.form(members.map((m, i) => (i === 0 ? { ...m, facts: { wage: 90_000 } } : m))),
    );
    expect((await o.page("zhen", again)).stateLabel).toBe("待受理");
    await expect(o.submit("zhen", o.form(members))).rejects.toThrow("不能重复申请");
  });
});

describe("公示期间有人提出异议", () => {
  let caseId: string;
  let publicityId: string;

  test("群众写明理由提出异议，姓名不公开；没处理完不能往下走", async () => {
    h.clock.set(MARCH.submit);
    caseId = await o.submit("zhen", o.form(family("曹德福", 120_000)));
    const page = await o.toOpinion(caseId, MARCH);
    publicityId = page.publicity[0]?.id ?? "";
    h.clock.set("2024-03-14");
    const object = (text: string, id = newId()) =>
      o.as(visitor(), (tx) =>
        h.house.cases.object(tx, publicityId, { id, name: "邻居老谢", phone: "", text }),
      );
    await expect(object("不行")).rejects.toThrow("至少 5 个字");
    const id = newId();
    await object("他家在集镇上有门面出租。", id);
    await object("他家在集镇上有门面出租。", id);
    const seen = await o.page("zhen", caseId);
    expect(seen.objections).toMatchObject([{ name: "邻居老谢", handled: false }]);
    h.clock.set("2024-03-20");
    await expect(o.act("zhen", caseId, "finish_publicity", FINISHED)).rejects.toThrow("异议");
  });

  test("重新调查：公示撤下，另行入户，查到每月 300 元租金", async () => {
    h.clock.set("2024-03-18");
    const rework = await o.act("zhen", caseId, "reinvestigate", {
      outcome: "将重新入户调查，结果另行公示。",
    });
    expect(rework.stateLabel).toBe("复查中");
    expect(rework.publicity).toMatchObject([{ takenDown: true, objections: 1 }]);
    expect(rework.objections).toMatchObject([{ handled: true, outcome: "将重新入户调查，结果另行公示。" }]);
    await expect(
      o.as(visitor(), (tx) =>
        h.house.cases.object(tx, publicityId, {
          id: newId(),
          name: "别人",
          phone: "",
          text: "我也有意见要提",
        }),
      ),
    ).rejects.toThrow("已经撤下");
    h.clock.set("2024-03-19");
    const father = rework.members[0]?.personId;
    const page = await o.act(
      "zhen",
      caseId,
      "survey",
      o.survey("2024-03-19", { [`member.${father}.property`]: 30_000 }),
    );
    // 2,100 − 1,500 and 140 for the child.
    expect(page.assessment).toMatchObject({ eligible: true, amountFen: 74_000 });
  });

  test("也可以组织民主评议，记下人数和结论；再提意见，再公示七天", async () => {
    h.clock.set("2024-03-20");
    const appraised = await o.act("zhen", caseId, "appraise", {
      on: "2024-03-20",
      attendance: 15,
      agree: 13,
      outcome: "十三人认为符合，两人弃权。",
    });
    expect(appraised.stateLabel).toBe("复查中");
    h.clock.set("2024-03-21");
    const page = await o.act("zhen", caseId, "opinion", OPINION);
    expect(page.publicity.at(-1)).toMatchObject({
      fromDate: "2024-03-21",
      toDate: "2024-03-28",
      takenDown: false,
    });
    h.clock.set("2024-03-29");
    await o.act("zhen", caseId, "finish_publicity", FINISHED);
  });

  test("有过异议的，确认机关要先入户，而且不能是原来调查的人；然后按新的事实确认", async () => {
    await expect(o.act("xian", caseId, "confirm")).rejects.toThrow("先由确认机关入户");
    await o.act("xian", caseId, "county_visit", {
      investigators: [o.ref("xian"), o.ref("fuhe")],
      on: "2024-03-29",
      findings: "门面确为其父所留，月租三百元，已计入收入。",
    });
    const page = await o.act("xian", caseId, "confirm");
    expect(page.decisions).toMatchObject([{ label: "确认", amountFen: 74_000, fromMonth: "2024-04" }]);
  });
});

describe("申请人是经办人员的近亲属", () => {
  test("备案进台账，确认机关先入户才能确认，名册上有提醒但不扣发", async () => {
    h.clock.set(MARCH.submit);
    const caseId = await o.submit(
      "zhen",
      o.form(family("刘国平", 120_000), {
        relatives: [{ staffName: "刘志强", unit: "荣家湾镇", relation: "兄弟" }],
      }),
    );
    const filings = await o.as("shenji", (tx) =>
      h.house.registry.listRelativeFilings(tx, { page: 1, size: 20 }),
    );
    expect(filings.rows).toMatchObject([
      { applicant: "刘国平", staffName: "刘志强", relation: "兄弟", filedOn: "2024-03-04", caseId },
    ]);
    await o.toOpinion(caseId, MARCH);
    h.clock.set(MARCH.finish);
    const review = await o.act("zhen", caseId, "finish_publicity", FINISHED);
    expect(review.relative).toBe(true);
    await expect(o.act("xian", caseId, "confirm")).rejects.toThrow("有近亲属备案");
    h.clock.set(MARCH.confirm);
    await o.act("xian", caseId, "county_visit", {
      investigators: [o.ref("xian"), o.ref("fuhe")],
      on: MARCH.confirm,
      findings: "县级入户复查，家庭情况与调查一致。",
    });
    const page = await o.act("xian", caseId, "confirm");
    expect(page.stateLabel).toBe("在享");
    h.clock.set("2024-04-08");
    const { id } = await monthRoster(o, "2024-04");
    const lines = await o.as("xian", (tx) => h.house.payments.listLines(tx, id, { q: "刘国平" }));
    expect(lines.rows).toMatchObject([
      {
        stateLabel: "待发",
        amountFen: 104_000,
        flags: [{ label: "近亲属备案", severity: "warn", reason: "与 荣家湾镇 刘志强 是兄弟关系" }],
      },
    ]);
  });
});
