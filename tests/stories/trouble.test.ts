/** 一键求助: somebody tells on his phone, gets a number, the village worker has it the same minute; what became of it is asked with the number. */
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
  });
});
