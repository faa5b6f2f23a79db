/** 核对 of who must support a member of the household and lives elsewhere: signed first, then asked, then reckoned by rule. */
import { Readable } from "node:stream";
import { newId } from "@wuxin/kernel";
import { createWorker } from "@wuxin/platform";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, idNo, type Office, openOffice, PNG } from "./office.ts";

let h: TestHouse;
let o: Office;
const mother = alone("柳桂香", "1950-05-01");
const sonIdNo = idNo("1978-03-03");
const daughterIdNo = idNo("1981-04-04", "女");
let caseId: string;
let mine: string;
const son = newId();
const daughter = newId();

beforeAll(async () => {
  h = await testHouse("2024-04-08");
  o = await openOffice(h);
  caseId = await o.submit("zhen", o.form(mother));
  await o.act("zhen", caseId, "accept");
  await o.act("zhen", caseId, "survey", o.survey(h.clock.today()));
  await o.act("zhen", caseId, "request_verification", { scope: ["社会保险"] });
});
afterAll(() => h.close());

const named = (id: string, name: string, idNo: string, more: object = {}) => ({
  ...{ id, ofPersonId: mine, name, idNo, relation: "赡养义务人（子女）" },
  ...{ incomeFen: 300_000, dependants: 1, supports: 1, agreedFen: null, ...more },
});
const name = (input: ReturnType<typeof named>) =>
  o.as("zhen", (tx) => h.house.matching.supporters.name(tx, caseId, input));
async function sign(id: string) {
  const fileId = newId();
  await o.as("zhen", (tx) =>
    h.house.documents.saveFile(tx, {
      id: fileId,
      name: "授权书.png",
      bytes: Buffer.concat([PNG, Buffer.from(id)]),
    }),
  );
  await o.as("zhen", (tx) =>
    h.house.matching.supporters.authorise(tx, id, { signedOn: h.clock.today(), fileId }),
  );
}
async function check(who: "zhen" | "xian" = "zhen") {
  const id = newId();
  await o.as(who, (tx) => h.house.matching.checks.make(tx, { id, caseId }));
  return o.as(who, (tx) => h.house.matching.checks.page(tx, id));
}
async function send(feed: string, content: string) {
  const id = newId();
  const { matching } = h.house;
  await matching.save(o.county, id, Readable.from([Buffer.from(content)]));
  await o.as("xian", (tx) =>
    matching.receive(tx, { id, feed, origin: "console", fileName: `${feed}.csv`, asOf: "2024-04-30" }),
  );
  await createWorker(h.t.db, h.house.jobs).runDue();
}
const persons = () =>
  h.t.owner<{ name: string }>("select name from person where name like '柳小%' order by name");

test("登记义务人：不能是同住的人、不能登记两次；没有签字，他不进人员库，也不能出报告，被拒绝留痕", async () => {
  mine = (await o.as("zhen", (tx) => h.house.matching.supporters.list(tx, caseId))).members[0]!.id;
  await expect(name(named(newId(), "柳桂香", mother[0]!.idNo))).rejects.toThrow("就在这一户里");
  await name(named(son, "柳小山", sonIdNo, { dependants: 3 }));
  await expect(name(named(newId(), "柳小山", sonIdNo))).rejects.toThrow("已经登记过");
  expect(await persons()).toEqual([]);
  await expect(check()).rejects.toThrow("柳小山（赡养义务人（子女））");
  const [trail] = await h.t.owner<{ n: number }>(
    "select count(*)::int as n from audit_entry where action = 'check.refused'",
  );
  expect(trail?.n).toBe(1);
  // Nobody of another township sees him or may name one.
  await expect(o.as("linzhen", (tx) => h.house.matching.supporters.list(tx, caseId))).rejects.toMatchObject({
    code: "not-found",
  });
});

test("签了授权才进比对范围；名单在签字以前来的，写不能确定，不当作零", async () => {
  await sign(son);
  expect(await persons()).toEqual([{ name: "柳小山" }]);
  const report = await check();
  expect(report.persons).toBe(2);
  expect(report.supporters).toMatchObject([{ name: "柳小山", relation: "赡养义务人（子女）", of: "柳桂香" }]);
  const own = report.supporters[0]!.items.find((i) => i.item === "赡养费收入（折算）");
  expect(own).toMatchObject({ found: "不能确定", note: expect.stringContaining("请入户、询问核实") });
  expect(report.items.find((i) => i.item === "赡养费收入（折算）")).toMatchObject({
    ...{ declared: "0.00 元", found: "不能确定", differs: false },
  });
});

test("名单查得收入，按规则折算：报告每位义务人一部分，申报和查得并列，算出的带进办件和申报并列", async () => {
  h.clock.set("2024-05-08");
  await send(
    "wage-taxes",
    [
      "身份证号码,所得项目,本期收入,所属期起,所属期止",
      `${sonIdNo},工资薪金,14400,2024-02-01,2024-04-30`,
      `${daughterIdNo},工资薪金,9000,2024-02-01,2024-04-30`,
    ].join("\n"),
  );
  const report = await check();
  const part = report.supporters[0]!.items;
  expect(part.find((i) => i.item === "义务人月收入")).toMatchObject({
    ...{ declared: "3,000.00 元", found: "4,800.00 元", differs: true },
  });
  // 城市 700 元，两倍，三个人：4,200 元起算；超过的 600 元的一半，一位老人。
  expect(part.find((i) => i.item === "赡养费收入（折算）")).toMatchObject({
    found: "300.00 元",
    note: expect.stringMatching(/收入超过起算线，月收入按 4,800\.00 元，起算线 4,200\.00 元.*50%.*示例值/),
  });
  expect(report.items.find((i) => i.item === "赡养费收入（折算）")).toMatchObject({
    ...{ declared: "0.00 元", found: "300.00 元", differs: true },
  });
  const step = (await o.page("xian", caseId)).actions.find((a) => a.id === "answer_verification");
  const [[field, filled]] = Object.entries(step?.initial ?? {}).filter(([k]) => k.endsWith(".support")) as [
    [string, unknown],
  ];
  expect(filled).toBe(30_000);
  const answer = { ...step?.initial, summary: "儿子在外务工，查得收入高于申报。" };
  await expect(o.act("xian", caseId, "answer_verification", answer)).rejects.toThrow("赡养");
  const page = await o.act("xian", caseId, "answer_verification", {
    ...answer,
    [field]: 0,
    difference: "儿子本人患病、实际没有给，采用 0 元，附病历。",
  });
  expect(page.verifications[0]?.rows.find((r) => r.differs)).toMatchObject({
    ...{ declared: "0.00 元", found: "300.00 元", adopted: "0.00 元", differs: true },
  });
  // Nothing rests on it until another has looked.
  expect(page.verifications[0]?.unconfirmed).toBe(true);
});

test("又登记一位没有签字的：出不了报告；有判决的按判决；异议由另一人复查，新报告还是两部分；移出写理由", async () => {
  await name(named(daughter, "柳小水", daughterIdNo, { agreedFen: 20_000 }));
  await expect(check()).rejects.toThrow("柳小水");
  await sign(daughter);
  const report = await check();
  const of = (r: typeof report, name: string) =>
    r.supporters.find((s) => s.name === name)?.items.find((i) => i.item === "赡养费收入（折算）");
  // The list came before she signed: her wage is not known, but a judgment needs none.
  expect(of(report, "柳小水")).toMatchObject({
    found: "200.00 元",
    note: expect.stringContaining("有协议或判决，每月折算赡养费 200.00 元"),
  });
  expect(report.items.find((i) => i.item === "赡养费收入（折算）")?.found).toBe("500.00 元");
  await o.as("zhen", (tx) =>
    h.house.matching.checks.object(tx, report.id, { id: newId(), reason: "儿子现在没有工作。" }),
  );
  const again = newId();
  await o.as("zhen", (tx) =>
    h.house.matching.supporters.redeclare(tx, son, {
      ...{ incomeFen: 300_000, dependants: 4, supports: 1, agreedFen: null },
    }),
  );
  await o.as("xian", (tx) =>
    h.house.matching.checks.answer(tx, report.id, { id: again, answer: "又添一个孩子，供养四人。" }),
  );
  const rechecked = await o.as("xian", (tx) => h.house.matching.checks.page(tx, again));
  expect(rechecked.supporters).toHaveLength(2);
  expect(of(rechecked, "柳小山")?.found).toBe("0.00 元");
  // The earlier report keeps what it was made of.
  const before = await o.as("xian", (tx) => h.house.matching.checks.page(tx, report.id));
  expect(of(before, "柳小山")?.found).toBe("300.00 元");
  await o.as("zhen", (tx) =>
    h.house.matching.supporters.remove(tx, daughter, "已经收养给他人，不再有赡养义务。"),
  );
  expect((await check()).supporters.map((s) => s.name)).toEqual(["柳小山"]);
});

test("授权过期的不再核对：全家的报告也要先补签", async () => {
  h.clock.set("2025-05-09");
  await expect(check()).rejects.toThrow("柳小山");
  await sign(son);
  expect((await check()).supporters).toHaveLength(1);
});
