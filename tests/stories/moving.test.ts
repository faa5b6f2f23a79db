/**
 * 转移: a household goes to another township with its people, cases, clues, duties and card; one member of it goes alone once
 * he is counted nowhere with the others. ADR 70.
 */
import type { ApplicationInput } from "@wuxin/engines/cases";
import type { HomeChange } from "@wuxin/engines/entitlements";
import { newId } from "@wuxin/kernel";
import { createHandlers } from "@wuxin/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { system, type TestHouse, testHouse } from "./house.ts";
import { alone, idNo, MARCH, type MemberOf, type Office, openOffice } from "./office.ts";

const NURSING = "disability-nursing-subsidy";
let h: TestHouse;
let o: Office;
let caseId: string;
/** Of the household, and of the daughter alone. */
let support: string;
let nursing: string;
let home: string;
const daughter: MemberOf = {
  ...{ name: "童小燕", idNo: idNo("1998-05-05", "女"), relation: "不能独立生活的成年子女" },
  facts: { disabilityGrade: "一级", disabilityKind: "肢体", ableToWork: false, rigidSpending: 0 },
};
const card = { disabilityKind: "肢体", disabilityGrade: "一级", cardValidUntil: "2030-01-01" };
const e = () => h.house.entitlements;
const entitlement = (id: string) => o.as("xian", (tx) => e().page(tx, id));
type Change = Parameters<ReturnType<typeof e>["previewChange"]>[2];
const preview = (id: string, input: Change) => o.as("xian", (tx) => e().previewChange(tx, id, input));
async function change(id: string, input: Change) {
  const page = await o.as("xian", (tx) => e().change(tx, id, { ...input, id: newId() }));
  await h.house.dispatcher.drain(o.county);
  return page;
}
const transfer = (more: { alone?: boolean; to?: string } = {}): Change => ({
  ...{ kind: "transfer", divisionCode: more.to ?? o.otherVillage, areaClass: "农村" },
  ...{ address: "三组 7 号", reason: "随户口迁移，迁移证已核对" },
  ...(more.alone === undefined ? {} : { alone: more.alone }),
});

beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  caseId = await o.award([...alone("童桂英", "1960-05-05"), daughter], MARCH);
  const page = await o.page("xian", caseId);
  support = page.entitlementId ?? "";
  home = (await entitlement(support)).householdId ?? "";
  const { name, idNo: number } = daughter;
  const application: ApplicationInput = {
    ...o.form([daughter]),
    item: NURSING,
    members: [{ key: "m0", name, idNo: number, relation: "本人", facts: { ...card, needsCare: true } }],
    ...{ household: {}, authorised: null, commitments: [] },
  };
  const own = await o.submit("zhen", application);
  await o.act("zhen", own, "check", { cardFound: true, on: "2024-03-22", carer: "母亲" });
  nursing = (await o.act("xian", own, "confirm")).entitlementId ?? "";
  h.clock.set("2024-04-08");
});
afterAll(() => h.close());

describe("全家迁到邻镇", () => {
  const clue = newId();
  test("原来的村里还有一次走访和一条线索没有做完，走访档案记了一句", async () => {
    await h.house.as(system(o.county), (tx) => h.house.duties.generate(tx));
    const { applicant } = await o.page("zhen", caseId);
    const report = {
      ...{ source: "worker" as const, sourceName: "", level: "2", proposes: "review" as const },
      ...{ personId: applicant.personId, name: "", phone: "", address: "", divisionCode: o.village },
      ...{ title: "屋顶漏雨", reason: "堂屋一角漏雨，要人去看。", occurredOn: "2024-04-08", photos: [] },
    };
    await o.as("cun", (tx) => h.house.clues.report(tx, { ...report, id: clue } as never));
    const act = (who: "xian" | "zhen", action: string, data = {}) =>
      o.as(who, async (tx) => {
        const { version } = await h.house.clues.page(tx, clue);
        await h.house.clues.act(tx, clue, { id: newId(), version, action, data });
      });
    await act("xian", "dispatch");
    await act("zhen", "assign", { worker: o.ref("cun").id });
    await o.as("zhen", (tx) =>
      h.house.duties.changeCard(
        tx,
        { subjectId: home, divisionCode: o.village },
        { needsNote: { value: "想修房顶", base: 0 } },
      ),
    );
    const stops = await o.as("cun", (tx) => h.house.duties.list(tx, null));
    expect(stops.stops.find((s) => s.subjectId === home)?.tasks.length).toBeGreaterThan(1);
  });

  test("转移前说清全家几人、带走什么、还有哪项没有转", async () => {
    expect((await preview(support, transfer())).told).toContain(
      "全家 2 人的登记、办件、没做完的走访和线索一起转到",
    );
    expect((await preview(support, transfer())).told).toContain("残疾人护理补贴（童小燕）没有转，请接着转");
  });

  test("转入地接着办：两件办件、走访、线索、走访档案、核对报告都看得到，原来的镇和村看不到", async () => {
    await h.t.owner(
      `insert into means_check (county_code, id, number, purpose, case_id, applicant_id, division_code, persons, differences,
         report_sealed, made_on, valid_until, made_at, made_by_name)
       select county_code, $2, '核对1号', 'application', id, applicant_id, division_code, 2, 0, 'x', '2024-03-11', '2024-09-11',
         now(), '核对员' from case_file where id = $1`,
      [caseId, newId()],
    );
    const { handlers } = createHandlers(h.house, { demo: false });
    const open = (who: "zhen" | "linzhen") =>
      handlers.getHousehold(
        { params: { id: home }, query: {}, body: undefined } as never,
        { caller: { actor: o.actor(who), token: "" } } as never,
      );
    await open("zhen");
    await change(support, transfer());
    const seen = (who: "zhen" | "linzhen") =>
      o.as(who, async (tx) => ({
        stops: (await h.house.duties.list(tx, null)).stops.filter((s) => s.subjectId === home),
        clues: (await h.house.clues.list(tx, {})).rows.map((c) => [c.id, c.state]),
        checks: (await h.house.matching.checks.ofCases(tx, [caseId])).length,
        cases: (await h.house.cases.list(tx, { page: 1, size: 20 })).rows.length,
        known: (await h.house.duties.card(tx, home)).values.needsNote?.value,
      }));
    const there = await seen("linzhen");
    expect(there).toMatchObject({ checks: 1, cases: 2, known: "想修房顶" });
    expect(there.clues).toEqual([[clue, "dispatched"]]);
    expect(there.stops[0]?.divisionCode).toBe(o.otherVillage);
    // Judged in the old place before, looked at in the new one.
    expect((await open("linzhen")).standing.aids.length).toBeGreaterThan(5);
    await expect(open("zhen")).rejects.toMatchObject({ code: "not-found" });
    expect(await seen("zhen")).toEqual({ stops: [], clues: [], checks: 1, cases: 0, known: undefined });
    expect((await o.as("cun", (tx) => h.house.duties.list(tx, null))).stops).toEqual([]);
    // The night's run leaves them there.
    await h.house.as(system(o.county), (tx) => h.house.duties.generate(tx));
    expect((await seen("linzhen")).stops[0]?.tasks.map((t) => t.kind)).toEqual(
      there.stops[0]?.tasks.map((t) => t.kind),
    );
    const { signals: _, ...told } = await o.as("linzhen", (tx) => h.house.clues.page(tx, clue));
    expect(JSON.stringify(told)).toContain("随人转到新住地");
    // The card goes on from the version that was there.
    await o.as("linzhen", (tx) =>
      h.house.duties.changeCard(
        tx,
        { subjectId: home, divisionCode: o.otherVillage },
        { needsNote: { value: "已经住新房", base: 1 } },
      ),
    );
  });

  test("跟着转的那一项：人已经在那边，只转待遇；新住址不会被改掉", async () => {
    const told = (await preview(nursing, { ...transfer({ alone: false }), address: undefined } as Change))
      .told;
    expect(told).toBe(
      `金额不变。全家 2 人已经登记在${(await entitlement(support)).divisionName}，这项待遇和办件转过去。`,
    );
    await change(nursing, { ...transfer({ alone: false }), address: undefined } as Change);
    const family = await o.as("linzhen", (tx) => h.house.registry.getHousehold(tx, home));
    expect(family).toMatchObject({ address: "三组 7 号", divisionCode: o.otherVillage });
    expect((await o.as("linzhen", (tx) => e().page(tx, nursing))).changes[0]?.places).toContain(" → ");
  });
});

describe("只有一个人迁走", () => {
  const back = (more = {}) => ({ ...transfer({ to: o.village, ...more }), areaClass: "城市" });

  test("按人享受的，和家人登记在一起，要说清谁迁走；还在同一份低保里的不能单独走", async () => {
    expect((await entitlement(nursing)).livesWith).toBe(1);
    expect((await entitlement(support)).livesWith).toBe(0);
    await expect(preview(nursing, back())).rejects.toMatchObject({
      ...{ code: "invalid-input", field: "alone" },
    });
    await expect(preview(nursing, back({ alone: true }))).rejects.toThrow(
      "还是这户「最低生活保障」的保障对象。请先在那项待遇里办成员减少",
    );
  });

  test("出嫁的女儿：低保里先办成员减少，再带着护理补贴单独迁走；母亲和低保不动", async () => {
    const person = (await entitlement(nursing)).payeeId;
    await change(support, {
      ...{ kind: "member-out", personId: person, event: "left", happenedOn: "2024-04-08", reason: "出嫁" },
    });
    h.clock.set("2024-05-06");
    expect((await preview(nursing, back({ alone: true }))).told).toMatch(
      /^金额不变。他从这户迁出，本人的登记/,
    );
    const page = await change(nursing, back({ alone: true }));
    expect(page).toMatchObject({ divisionCode: o.village, amountFen: 9_000 });
    expect(page.changes[0]?.reason).toMatch(/^本人迁出这户：/);
    const { household, found } = await o.as("zhen", async (tx) => ({
      household: (await h.house.registry.currentHouseholds(tx, [person])).get(person),
      found: await h.house.registry.getPerson(tx, person),
    }));
    expect([household, found.divisionCode, found.address]).toEqual([undefined, o.village, "三组 7 号"]);
    const mother = await o.as("linzhen", (tx) => h.house.registry.getHousehold(tx, home));
    expect(mother.members.filter((m) => m.toDate === null)).toHaveLength(1);
    expect((await o.as("linzhen", (tx) => e().page(tx, support))).divisionCode).toBe(o.otherVillage);
    await expect(o.as("linzhen", (tx) => e().page(tx, nursing))).rejects.toMatchObject({ code: "not-found" });
    // Where she is registered alone nobody else is asked about.
    expect((await entitlement(nursing)).livesWith).toBe(0);
    await change(nursing, transfer());
    expect((await o.as("linzhen", (tx) => h.house.registry.getPerson(tx, person))).divisionCode).toBe(
      o.otherVillage,
    );
  });
});

describe("家庭变更：没有在享待遇拦着的，在家庭页办", () => {
  const changeHome = (who: "zhen" | "linzhen" | "xian", input: HomeChange, of = home) =>
    o.as(who, async (tx) => e().changeHome?.(tx, of, input));
  const moveTo = (divisionCode: string, more = {}): HomeChange => ({
    ...{ kind: "move", divisionCode, areaClass: "农村", address: "五组 1 号", reason: "搬到镇上", ...more },
  });

  test("在享低保的，换地方、换城乡都走「转移」；同一个村更正门牌可以", async () => {
    await expect(changeHome("xian", moveTo(o.village))).rejects.toThrow(
      "这户在享「最低生活保障」。请打开那项待遇办「转移」",
    );
    await expect(changeHome("xian", moveTo(o.otherVillage, { areaClass: "城市" }))).rejects.toMatchObject({
      code: "action-not-allowed",
    });
    await changeHome("linzhen", moveTo(o.otherVillage));
    const { address } = await o.as("linzhen", (tx) => h.house.registry.getHousehold(tx, home));
    expect(address).toBe("五组 1 号");
  });

  test("登记过、没有在享的一户：乡镇变更户主、办迁出，县级迁到邻镇；迁出的人由别的镇受理", async () => {
    const people = [
      ...alone("梁金花", "1970-01-01"),
      ...alone("梁小妹", "1996-02-02"),
      ...alone("梁大妹", "1994-02-02"),
      ...alone("梁小宝", "2015-02-02"),
    ];
    const grown = "不能独立生活的成年子女";
    const refused = o.form(
      people.map((p, i) => ({ ...p, relation: ["本人", grown, grown, "未成年子女"][i] ?? grown })),
    );
    const caseId = await o.submit("zhen", refused);
    const [first, second, third, child] = (await o.page("zhen", caseId)).members.map((m) => m.personId);
    const of = (await o.as("zhen", (tx) => h.house.registry.currentHouseholds(tx, [first ?? ""]))).get(
      first ?? "",
    );
    const out = { kind: "member-out" as const, personId: second ?? "", on: h.clock.today(), reason: "外嫁" };
    await expect(changeHome("zhen", out, of)).rejects.toThrow(/里算着他。请先办结或撤回/);
    await o.act("zhen", caseId, "withdraw", { reason: "不申请了。" });
    await changeHome("zhen", out, of);
    await expect(changeHome("zhen", { ...out, personId: first ?? "" }, of)).rejects.toThrow(
      "是户主。请先变更户主",
    );
    await expect(
      changeHome("zhen", { kind: "head", headPersonId: child ?? "", relations: [] }, of),
    ).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("请选梁金花或梁大妹"),
    });
    const relations = [
      { personId: first ?? "", relation: "母亲" },
      { personId: child ?? "", relation: "弟弟" },
    ];
    await changeHome("zhen", { kind: "head", headPersonId: third ?? "", relations }, of);
    await expect(changeHome("zhen", moveTo(o.otherVillage), of)).rejects.toMatchObject({ code: "forbidden" });
    await expect(changeHome("linzhen", moveTo(o.otherVillage), of)).rejects.toMatchObject({
      code: "not-found",
    });
    await changeHome("xian", moveTo(o.otherVillage), of);
    const there = await o.as("linzhen", (tx) => h.house.registry.getHousehold(tx, of ?? ""));
    expect([there.headName, there.members.filter((m) => m.toDate === null).map((m) => m.relation)]).toEqual([
      "梁大妹",
      ["户主", "母亲", "弟弟"],
    ]);
    // The one who left is taken in by an application made in another township.
    const own = await o.submit("linzhen", o.form([people[1] as MemberOf], { divisionCode: o.otherVillage }));
    expect((await o.page("linzhen", own)).applicant.personId).toBe(second);
  });
});
