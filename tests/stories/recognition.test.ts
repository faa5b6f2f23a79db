/** 低保边缘 and 刚性支出困难: recognised without money, a tier of the household, told on its page, ended by a person or by time. */
import { newId } from "@wuxin/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { FINISHED, family, MARCH, type MemberOf, type Office, openOffice, PNG } from "./office.ts";

let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2026-03-02");
  o = await openOffice(h);
});
afterAll(() => h.close());

const days = Object.fromEntries(
  Object.entries(MARCH).map(([k, d]) => [k, d.replace("2024", "2026")]),
) as typeof MARCH;

/** The form of a recognition: without an account, and without what only 低保 asks. */
function form(item: string, members: readonly MemberOf[], household = {}, facts: MemberOf["facts"] = {}) {
  const whole = o.form(members);
  return {
    ...whole,
    ...{ item, account: null },
    household: { financialAssets: 0, houses: 1, vehicles: 0, ...household },
    members: whole.members.map((m) => {
      const { singleApplicant: _, ableToWork: __, ...asked } = m.facts;
      return { ...m, facts: { ...asked, ...facts, ...own(members, m.name) } };
    }),
  };
}
const own = (members: readonly MemberOf[], name: string) => {
  const { ableToWork: _, ...facts } = members.find((m) => m.name === name)?.facts ?? {};
  return facts;
};
async function decided(item: string, application: ReturnType<typeof form>) {
  h.clock.set(days.submit);
  const id = await o.submit("zhen", application);
  await o.toOpinion(id, days);
  h.clock.set(days.finish);
  await o.act("zhen", id, "finish_publicity", FINISHED);
  h.clock.set(days.confirm);
  expect((await o.page("xian", id)).item, item).toBe(item);
  return id;
}
const standing = async (name: string) => {
  const { rows } = await o.as("zhen", (tx) => h.house.entitlements.list(tx, { q: name, state: "active" }));
  return rows.map((r) => [r.item, r.recognition, r.persons, r.amountFen, r.fromMonth, r.endMonth]);
};

describe("低保边缘", () => {
  const people = family("何立新", 240_000);
  let caseId: string;

  test("三口之家人均 800 元：不符合低保，符合边缘；县级确认，不发钱，不进名册", async () => {
    caseId = await decided("edge-family", form("edge-family", people));
    await expect(o.act("zhen", caseId, "confirm")).rejects.toThrow();
    const page = await o.act("xian", caseId, "confirm");
    expect(page.stateLabel).toBe("已认定");
    expect(page.decisions).toMatchObject([{ label: "确认", amountFen: null, fromMonth: "2026-03" }]);
    expect(page.decisions[0]?.explanation.conclusion).toContain("符合低保边缘家庭认定条件，保障 3 人");
    const notice = page.documents.find((d) => d.code === "award-notice");
    const text = (await o.as("xian", (tx) => h.house.documents.get(tx, notice?.id ?? ""))).paragraphs.join();
    expect(text).toContain("您家 3 人自2026年3月起认定为最低生活保障边缘家庭");
    expect(await standing("何立新")).toEqual([["edge-family", true, 3, 0, "2026-03", null]]);
    expect(await o.as("xian", (tx) => h.house.entitlements.owed(tx, "2026-04"))).toEqual([]);
  });

  test("认定以后是一个层级：别的事项从台账知道，不能暂停发放；刚性支出不再重复认定", async () => {
    const [row] = (await o.as("xian", (tx) => h.house.entitlements.list(tx, { q: "何立新" }))).rows;
    const page = await o.as("xian", (tx) => h.house.entitlements.page(tx, row?.id ?? ""));
    expect(page.possible).toEqual([{ kind: "transfer", label: "转移", why: null }]);
    expect(page.suspendedFrom).toBeNull();
    const ids = page.covered.map((c) => c.personId);
    const drawn = await o.as("xian", (tx) => h.house.entitlements.drawn(tx, ids, "2026-04"));
    expect([...drawn.values()].flat().map((d) => [d.item, d.shareFen])).toEqual(
      ids.map(() => ["edge-family", 0]),
    );
    const { rows: figures } = await o.as("xian", (tx) => h.house.indicators.list(tx, { month: "2026-03" }));
    const of = new Map(figures.map((f) => [f.code, f.value ?? 0]));
    expect([of.get("marginal_persons"), of.get("tier_households_edge"), of.get("lowincome_came")]).toEqual([
      3, 1, 3,
    ]);
    expect(of.get("dibao_persons")).toBe(0);
  });

  test("一年后复核：收入低到低保标准以下，不能继续认定，写明理由结束，台账留着", async () => {
    h.clock.set("2027-03-01");
    const due = await o.as("zhen", (tx) => h.house.entitlements.dueReviews(tx));
    expect(due.map((d) => [d.itemTitle, d.label])).toEqual([["低保边缘家庭认定", "年度复核"]]);
    await o.act("zhen", caseId, "start_recheck", { kind: "定期" });
    const form = await o.page("zhen", caseId);
    const earner = form.members.find((m) => m.name === "何立新")?.personId;
    const survey = o.survey("2027-03-01", { [`member.${earner}.wage`]: 150_000 });
    await o.act("zhen", caseId, "recheck_survey", survey);
    await o.act("zhen", caseId, "recheck_opinion", {
      ...{ suggest: "结束认定", reason: "收入降到低保标准以下，引导申请低保。" },
    });
    const page = await o.page("xian", caseId);
    expect(page.assessment).toMatchObject({ eligible: false, alsoRecognised: ["最低生活保障"] });
    await expect(o.act("xian", caseId, "continue")).rejects.toThrow("已不符合条件");
    const ended = await o.act("xian", caseId, "stop", {
      ...{ cause: "收入变化", reason: "人均收入低于低保标准，改办低保。" },
    });
    expect(ended.stateLabel).toBe("认定已结束");
    const [row] = (await o.as("xian", (tx) => h.house.entitlements.list(tx, { q: "何立新" }))).rows;
    expect(row).toMatchObject({ item: "edge-family", endMonth: "2027-03" });
  });
});

test("刚性支出困难：一年医药费超过收入的八成；认定写明到哪个月，到期自己失效", async () => {
  h.clock.set("2026-03-02");
  const people: MemberOf[] = family("万家宝", 300_000).map((m, i) =>
    i === 0 ? { ...m, facts: { ...m.facts, medicalSpending: 3_000_000 } } : m,
  );
  const spending = { medicalSpending: 0, schoolFees: 0, publicSchoolFee: 0, rehabilitationSpending: 0 };
  const application = form("rigid-expenditure", people, { livingSpending: 0, otherSpending: 0 }, spending);
  const id = await decided("rigid-expenditure", await withBill(application));
  const page = await o.act("xian", id, "confirm");
  expect(page.decisions[0]?.explanation.highlights).toEqual(
    expect.arrayContaining([{ label: "家庭刚性支出", text: "30,000.00 元" }]),
  );
  expect(await standing("万家宝")).toEqual([["rigid-expenditure", true, 3, 0, "2026-03", "2027-02"]]);
  // Who is only recognised moves by the same door; nothing is computed.
  const e = h.house.entitlements;
  const moved = {
    ...{ kind: "transfer" as const, divisionCode: o.otherVillage, areaClass: "农村", reason: "随户口迁移" },
  };
  const of = page.entitlementId ?? "";
  expect((await o.as("xian", (tx) => e.previewChange(tx, of, moved))).told).toMatch(/^认定不变。全家 3 人/);
  await o.as("xian", (tx) => e.change(tx, of, { ...moved, id: newId() }));
  await h.house.dispatcher.drain(o.county);
  expect(await standing("万家宝")).toEqual([]);
  expect(await o.page("linzhen", id)).toMatchObject({ divisionCode: o.otherVillage, areaClass: "农村" });
  h.clock.set("2027-03-05");
  expect(await standing("万家宝")).toEqual([]);
  const ended = await o.act("xian", id, "stop", { cause: "有效期满", reason: "认定到期，没有再申请。" });
  expect(ended.stateLabel).toBe("认定已结束");
});

/** The bill is required and no promise stands for it. */
async function withBill(application: ReturnType<typeof form>) {
  const fileId = newId();
  await o.as("zhen", (tx) => h.house.documents.saveFile(tx, { id: fileId, name: "票据.png", bytes: PNG }));
  return { ...application, materials: [{ code: "spending", fileId, name: "票据.png" }] };
}
