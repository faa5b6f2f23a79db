import { draw } from "@wuxin/engines/funds";
import { newId } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import { afterEach, beforeEach, expect, it } from "vitest";
import { COUNTY, openToyTown, type ToyTown } from "./testing.ts";

let toy: ToyTown;
beforeEach(async () => {
  toy = await openToyTown("2026-06-09");
});
afterEach(() => toy.close());

it("draws closed clues of a month by a lot that anybody can draw again; they are listed and their second looks counted", async () => {
  const { county, town } = toy.staff;
  const sample = (over = {}, who = county) =>
    toy.as(who, (tx) => toy.clues.drawSample(tx, { id: newId(), month: "2026-06", percent: 30, ...over }));
  await expect(sample()).rejects.toThrow("没有办结的线索");
  await expect(sample({}, town)).rejects.toThrow("由县级办理");
  const person = await toy.person("甲某");
  for (let n = 0; n < 4; n++) {
    await toy.alert({ personId: person.id });
    const [clue] = (await toy.as(county, (tx) => toy.clues.list(tx, { state: "open" }))).rows;
    const step = async (action: string, data = {}) => {
      const { version } = await toy.as(county, (tx) => toy.clues.page(tx, clue?.id ?? ""));
      await toy.as(county, (tx) => toy.clues.act(tx, clue?.id ?? "", { id: newId(), version, action, data }));
    };
    await step("assign", { worker: toy.staff.worker.accountId });
    await step("visit", { on: "2026-06-09", matches: "no", findings: "没有这回事" });
    await step("false", { note: "重名" });
  }
  const id = newId();
  await sample({ id });
  await sample({ id });
  const [made, ...more] = await toy.as(county, (tx) => toy.clues.samples(tx, "2026-06"));
  expect(more).toEqual([]);
  expect(made).toMatchObject({ population: 4, size: 2, looked: 0 });
  const all = (await toy.as(county, (tx) => toy.clues.list(tx, {}))).rows.map((r) => r.id);
  const again = draw(all, made?.seed ?? "", 2);
  const listed = async () =>
    (await toy.as(county, (tx) => toy.clues.list(tx, { sample: id }))).rows.map((r) => r.id);
  expect((await listed()).sort()).toEqual([...again].sort());
  const { version } = await toy.as(county, (tx) => toy.clues.page(tx, again[0] ?? ""));
  await toy.as(county, (tx) =>
    toy.clues.act(tx, again[0] ?? "", {
      ...{ id: newId(), version, action: "recheck", data: { result: "agrees", note: "去看过" } },
    }),
  );
  const [seen] = await toy.as(county, (tx) => toy.clues.samples(tx, "2026-06"));
  expect([seen?.looked, seen?.agreed]).toEqual([1, 1]);
  await expect(toy.as(systemActor(COUNTY), (tx) => tx.exec("delete from clue_sample", []))).rejects.toThrow(
    "permission denied",
  );
});
