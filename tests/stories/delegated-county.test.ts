/** 江汉区 delegated the confirmation to its sub-districts (57号第二条; 2022 年通知四): 20 working days, two people in one office. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { FINISHED, family, type Office, openOffice } from "./office.ts";

let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h, "420103");
});
afterAll(() => h.close());

describe("江汉区的低保由街道确认", () => {
  let caseId: string;

  test("受理后二十个工作日办结，没有区级确认的时限", async () => {
    h.clock.set("2024-03-07");
    caseId = await o.submit("zhen", o.form(family("胡永康", 120_000)));
    await o.toOpinion(caseId, {
      accept: "2024-03-08",
      survey: "2024-03-12",
      answer: "2024-03-14",
      opinion: "2024-03-15",
    });
    const page = await o.page("zhen", caseId);
    // 20 working days after 8 March; Sunday 7 April is worked for 清明.
    expect(page.clocks.find((c) => c.key === "total")).toMatchObject({ limit: 20, dueOn: "2024-04-08" });
    h.clock.set("2024-03-25");
    const review = await o.act("zhen", caseId, "finish_publicity", FINISHED);
    expect(review.stateLabel).toBe("待确认");
    expect(review.clocks.map((c) => c.key)).not.toContain("countyDecision");
  });

  test("提初审意见的人不能自己确认，区里也不能代街道确认", async () => {
    h.clock.set("2024-03-26");
    const page = await o.page("zhen", caseId);
    expect(page.actions.find((a) => a.id === "confirm")?.blocked).toEqual([
      "「提出初审意见并公示」是您本人办理的，这一步须由另一个人办理。",
    ]);
    await expect(o.act("zhen", caseId, "confirm")).rejects.toThrow("须由另一个人办理");
    await expect(o.act("xian", caseId, "confirm")).rejects.toThrow("这一步由乡镇（街道）经办办理");
    expect((await o.page("xian", caseId)).actions.map((a) => a.id)).not.toContain("confirm");
  });

  test("街道另一位同志确认，通知书由街道办事处落款，金额按江汉区标准", async () => {
    const page = await o.act("zhen2", caseId, "confirm");
    expect(page.stateLabel).toBe("在享");
    // 960 × 3 − 1,200 and 192 for the child under eighteen.
    expect(page.decisions).toMatchObject([
      { amountFen: 187_200, fromMonth: "2024-04", decidedBy: "陈晓芳（乡镇审核）" },
    ]);
    const notice = page.documents.find((d) => d.code === "award-notice");
    expect(notice?.number).toBe("江汉区低保确〔2024〕1号");
    const printed = await o.as("zhen2", (tx) => h.house.documents.get(tx, notice?.id ?? ""));
    expect(printed.issuer).toBe("民族街街道办事处");
    expect(printed.paragraphs.join("")).toContain("武汉市江汉区人民政府申请行政复议");
  });

  test("同一件事在岳阳县要由县里确认：委托只在江汉区有效", async () => {
    const yueyang = await openOffice(h, "430621");
    h.clock.set("2024-03-07");
    const other = await yueyang.submit("zhen", yueyang.form(family("方国强", 120_000)));
    await yueyang.toOpinion(other, {
      accept: "2024-03-08",
      survey: "2024-03-12",
      answer: "2024-03-14",
      opinion: "2024-03-15",
    });
    h.clock.set("2024-03-25");
    await yueyang.act("zhen", other, "finish_publicity", FINISHED);
    await expect(yueyang.act("zhen2", other, "confirm")).rejects.toThrow("由县级股室经办办理");
    // Another county's officer does not even find it.
    await expect(o.page("xian", other)).rejects.toThrow("没有找到这件申请");
  });
});
