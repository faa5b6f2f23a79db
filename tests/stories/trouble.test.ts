/** 一键求助: somebody tells on his phone, gets a number, the village worker has it the same minute; what became of it is asked with the number. */
import { contract } from "@wuxin/contract";
import { newId } from "@wuxin/kernel";
import { createHandlers } from "@wuxin/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { type Office, openOffice, PNG } from "./office.ts";

let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2024-05-08");
  o = await openOffice(h);
});
afterAll(() => h.close());

const call = async (id: "reportTrouble" | "trackTrouble", body: object, ip = "10.0.0.1") => {
  const { handlers } = createHandlers(h.house, { demo: false });
  const input = { params: { county: o.county }, query: {}, body };
  return handlers[id](input as never, { ip, bearer: "", caller: undefined } as never);
};
const asking = (more: object = {}) => ({
  ...{ id: newId(), name: "独居的周大爷", phone: "13974100001", address: "村口小卖部后面" },
  ...{ divisionCode: o.village, title: "没人照顾", reason: "两天没出门了。", urgent: false, place: null },
  ...more,
});

describe("一键求助", () => {
  let first: ReturnType<typeof asking>;
  let number: string;

  test("求助当天派到村里，有编号、有时限；送两次只算一次；位置记在线索里，加密保存", async () => {
    first = asking({ place: { latitude: 29.1441, longitude: 113.1162, accuracyM: 18 } });
    const told = await call("reportTrouble", first);
    expect(told).toMatchObject({ state: "assigned", reportedOn: "2024-05-08" });
    number = told.number;
    expect(told.visitBy).not.toBeNull();
    expect(await call("reportTrouble", first)).toMatchObject({ number });
    const mine = await o.as("cun", (tx) => h.house.clues.waiting(tx, "village"));
    expect(mine.map((c) => c.number)).toEqual([number]);
    const clue = await o.as("zhen", (tx) => h.house.clues.page(tx, first.id));
    expect(clue).toMatchObject({ source: "resident", sourceName: "一键求助", workerName: o.ref("cun").name });
    expect(clue.reason).toContain("北纬 29.14410，东经 113.11620");
    const raw = JSON.stringify(await h.t.owner("select * from clue"));
    expect(raw).not.toContain("13974100001");
    expect(raw).not.toContain("周大爷");
  });

  test("凭编号和手机后四位看进度，回来的没有任何人的信息；尾号不对查不到，猜十次就停", async () => {
    const seen = await call("trackTrouble", { number, phoneTail: "0001" });
    expect(JSON.stringify(seen)).not.toMatch(/周大爷|13974100001|小卖部/);
    expect(seen).toMatchObject({ number, state: "assigned" });
    for (let n = 0; n < 10; n++)
      await expect(call("trackTrouble", { number, phoneTail: "9999" })).rejects.toMatchObject({
        code: "not-found",
      });
    await expect(call("trackTrouble", { number, phoneTail: "0001" })).rejects.toMatchObject({
      code: "too-many-requests",
    });
    h.clock.set("2024-05-09");
    expect(await call("trackTrouble", { number, phoneTail: "0001" })).toMatchObject({ number });
  });

  test("很急的是最高一级；一个电话一天三次，一处网络一天三十次，超过的有一句话", async () => {
    const urgent = asking({ urgent: true, phone: "13974100002" });
    await call("reportTrouble", urgent);
    const page = await o.as("zhen", (tx) => h.house.clues.page(tx, urgent.id));
    expect(page.levelLabel).toBe(h.house.counties.get(o.county).monitoring.levels[0]?.label);
    for (let n = 0; n < 2; n++) await call("reportTrouble", asking({ phone: "13974100002" }));
    await expect(call("reportTrouble", asking({ phone: "13974100002" }))).rejects.toThrow(/12345/);
    for (let n = 0; n < 30; n++)
      await call("reportTrouble", asking({ phone: `139${String(n).padStart(8, "0")}` }), "10.9.9.9");
    await expect(call("reportTrouble", asking({ phone: "13811112222" }), "10.9.9.9")).rejects.toMatchObject({
      code: "too-many-requests",
    });
    await expect(call("reportTrouble", asking({ phone: "123" }))).rejects.toMatchObject({ field: "phone" });
  });

  test("当天可以补三张照片，凭手机后四位；办的人看得到；别的日子不收", async () => {
    const { trouble } = h.house.clues;
    const now = asking({ phone: "13974100005" });
    await call("reportTrouble", now);
    const actor = { ...o.actor("xitong"), accountId: null, role: "system" as const, scope: o.county };
    const send = (phoneTail: string) =>
      h.house.as({ actor }, (tx) =>
        trouble.addPhoto(tx, now.id, { phoneTail, name: "屋顶.png", bytes: PNG }),
      );
    await expect(send("0001")).rejects.toMatchObject({ code: "not-found" });
    for (const photos of [1, 2, 3]) expect(await send("0005")).toEqual({ photos });
    await expect(send("0005")).rejects.toMatchObject({ code: "action-not-allowed" });
    const page = await o.as("cun", (tx) => h.house.clues.page(tx, now.id));
    const ids = page.history.flatMap((x) => x.photos);
    expect(ids).toHaveLength(3);
    const file = await o.as("cun", (tx) => h.house.documents.readFile(tx, ids[0] ?? ""));
    expect(file.mediaType).toBe("image/png");
    h.clock.set("2024-05-10");
    await expect(send("0005")).rejects.toMatchObject({ code: "not-found" });
    // What was photographed at the door and entered at a desk: whoever may act on it sees it, the next township does not.
    const { clues, documents } = h.house;
    const door = newId();
    await o.as("cun", (tx) => documents.saveFile(tx, { id: door, name: "门口.png", bytes: PNG }));
    const seen = { met: "self", matches: "yes", proposal: "none", findings: "已送医，女儿陪着。" };
    await o.as("cun", (tx) =>
      clues.act(tx, now.id, {
        ...{ id: newId(), version: page.version, action: "visit" },
        data: { on: h.clock.today(), ...seen, photos: [door] },
      }),
    );
    const read = (who: "zhen" | "xian" | "linzhen") => o.as(who, (tx) => documents.readFile(tx, door));
    for (const who of ["zhen", "xian"] as const) expect((await read(who)).name).toBe("门口.png");
    await expect(read("linzhen")).rejects.toMatchObject({ code: "not-found" });
  });

  test("求助按小时算：很急的四小时；过了先提醒乡镇，再过提醒县里；工作台上排在最前；上门以后不再催", async () => {
    h.clock.set("2024-05-13");
    const urgent = asking({ urgent: true, phone: "13974100007" });
    expect(await call("reportTrouble", urgent)).toMatchObject({ answerBy: "2024-05-13T05:00:00.000Z" });
    const calm = asking({ phone: "13974100008" });
    expect(await call("reportTrouble", calm)).toMatchObject({ answerBy: "2024-05-14T01:00:00.000Z" });
    const page = () => o.as("zhen", (tx) => h.house.clues.page(tx, urgent.id));
    expect(await page()).toMatchObject({ late: false, dueOn: "2024-05-13" });
    const { handlers } = createHandlers(h.house, { demo: false });
    const desk = async (who: "cun" | "zhen" | "xian") => {
      const asked = { params: {}, query: {}, body: {} } as never;
      const seen = await handlers.workbench(asked, { caller: { actor: o.actor(who) } } as never);
      return seen.groups.flatMap((g) => g.rows.map((r) => ({ ...r, group: g.key })));
    };
    const today = (await desk("cun")).filter((r) => r.group === "today");
    expect(today[0]).toMatchObject({ todo: "急：入户核查" });
    expect(today.find((r) => r.id === urgent.id)?.waiting).toContain("还剩不到 4 小时");

    const system = { ...o.actor("xitong"), accountId: null, role: "system" as const, scope: o.county };
    const sweep = () => h.house.as({ actor: system }, (tx) => h.house.clues.sweep(tx));
    h.clock.set(new Date("2024-05-13T14:00:00+08:00"));
    await sweep();
    expect(await page()).toMatchObject({ late: true, escalated: 1 });
    const late = (await desk("cun")).find((r) => r.id === urgent.id);
    expect(late).toMatchObject({ group: "overdue" });
    expect(late?.waiting).toContain("已超过 1 小时");
    const sees = async (who: "zhen" | "xian") => (await desk(who)).some((r) => r.id === urgent.id);
    expect([await sees("zhen"), await sees("xian")]).toEqual([true, false]);
    h.clock.set(new Date("2024-05-14T01:30:00+08:00"));
    await sweep();
    expect(await page()).toMatchObject({ escalated: 2 });
    expect(await sees("xian")).toBe(true);

    const { version } = await page();
    await o.as("cun", (tx) =>
      h.house.clues.act(tx, urgent.id, {
        ...{ id: newId(), version, action: "visit" },
        data: { on: h.clock.today(), met: "self", matches: "yes", proposal: "none", findings: "已经送医。" },
      }),
    );
    expect(await page()).toMatchObject({ answerBy: null, late: false, escalated: 0 });
    expect((await o.as("zhen", (tx) => h.house.clues.page(tx, calm.id))).answerBy).not.toBeNull();
  });

  test("网格员：只看得到派给他的和他报的，没有名单上的依据；上门登记算数，别的户、别的门都不开", async () => {
    const { clues, duties, documents } = h.house;
    const told = {
      source: "worker",
      sourceName: "",
      level: "orange",
      proposes: "help",
      personId: null,
    } as const;
    const about = (title: string) => ({
      ...{
        id: newId(),
        ...told,
        title,
        name: "石老倌",
        phone: "",
        address: "塘边第三家",
        reason: "听邻居说的。",
      },
      ...{ divisionCode: o.village, occurredOn: h.clock.today() },
    });
    const given = about("灶房漏雨，没有人修");
    await o.as("zhen", (tx) => clues.report(tx, given));
    const step = (who: "zhen" | "xian" | "wangge", id: string, action: string, data = {}) =>
      o.as(who, async (tx) => {
        const { version } = await clues.page(tx, id);
        await clues.act(tx, id, { id: newId(), version, action, data });
      });
    await step("xian", given.id, "dispatch");
    const seen = () => o.as("wangge", (tx) => clues.list(tx, {}));
    expect((await seen()).rows).toEqual([]);
    await step("zhen", given.id, "assign", { worker: o.ref("wangge").id });
    expect((await seen()).rows.map((r) => r.id)).toEqual([given.id]);
    expect((await o.as("wangge", (tx) => clues.waiting(tx, "grid"))).map((r) => r.id)).toEqual([given.id]);
    const page = await o.as("wangge", (tx) => clues.page(tx, given.id));
    expect(page).toMatchObject({ name: "石老倌", address: "塘边第三家", signals: [], personId: null });
    expect(page.actions.map((a) => a.action)).toEqual(["visit"]);
    await expect(o.as("wangge", (tx) => clues.page(tx, first.id))).rejects.toMatchObject({
      code: "not-found",
    });

    const list = await o.as("wangge", (tx) => duties.list(tx, null));
    expect(list.stops.map((x) => x.subjectId)).toEqual([given.id]);
    const photo = newId();
    await o.as("wangge", (tx) => documents.saveFile(tx, { id: photo, name: "灶房.png", bytes: PNG }));
    const go = (subjectId: string, photos: string[]) =>
      o.as("wangge", (tx) =>
        duties.record(tx, {
          ...{
            id: newId(),
            deviceId: null,
            subjectId,
            at: h.clock.now().toISOString(),
            place: null,
            card: {},
          },
          answers: { met: "self", matches: "yes", proposal: "refer", findings: "瓦掉了一片，要补。" },
          ...{ photos, signatureId: null },
        }),
      );
    expect((await go(given.id, [photo])).answered).toEqual([given.title]);
    await expect(go(first.id, [])).rejects.toMatchObject({ code: "not-found" });
    expect(await o.as("zhen", (tx) => clues.page(tx, given.id))).toMatchObject({ state: "visited" });

    const own = about("孩子没有人管饭");
    await o.as("wangge", (tx) => clues.report(tx, own));
    await step("xian", own.id, "dispatch");
    await step("zhen", own.id, "assign", { worker: o.ref("cun").id });
    await expect(step("wangge", own.id, "visit")).rejects.toThrow(/没有派给您/);
    expect((await o.as("wangge", (tx) => clues.page(tx, own.id))).actions).toEqual([]);

    const open = Object.entries(contract).filter(
      ([, e]) => Array.isArray(e.access) && (e.access as readonly string[]).includes("grid"),
    );
    expect(open.map(([route]) => route).sort()).toEqual(
      "actOnClue fieldKey fieldList fieldVisit getClue listClues reportClue uploadFile workbench".split(" "),
    );
  });
});
