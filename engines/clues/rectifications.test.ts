import { newId } from "@wuxin/kernel";
import type { Actor } from "@wuxin/platform";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { legalRectifications, RECTIFICATION_STATES } from "./rectification-model.ts";
import { COUNTY, openToyTown, TOWN, type ToyTown, VILLAGE } from "./testing.ts";

let toy: ToyTown;
beforeEach(async () => {
  toy = await openToyTown("2026-06-09");
});
afterEach(() => toy.close());

const ASKED = { problem: "五条线索三条超期没有上门", demand: "十天内全部上门", dueOn: "2026-06-19" };
async function issue(over: object = {}, divisionCode = TOWN, who: Actor = toy.staff.county) {
  const id = newId();
  await toy.as(who, (tx) =>
    toy.clues.rectifications.issue(tx, {
      ...{ id, divisionCode, month: "2026-05", data: { ...ASKED, ...over } },
      figures: [{ label: "按时上门", value: "2／5" }],
    }),
  );
  return id;
}
const page = (who: Actor, id: string) => toy.as(who, (tx) => toy.clues.rectifications.page(tx, id));
async function act(who: Actor, id: string, action: string, data = {}, version?: number) {
  const now = version ?? (await page(who, id)).version;
  await toy.as(who, (tx) =>
    toy.clues.rectifications.act(tx, id, { id: newId(), version: now, action, data }),
  );
  return page(who, id);
}
/** A picture that somebody uploaded and nothing uses yet. */
async function picture(by: Actor) {
  const id = newId();
  await toy.data.owner(
    `insert into stored_file (county_code, id, name, media_type, size_bytes, sha256, uploaded_at, uploaded_by)
     values ($1, $2, '现场.jpg', 'image/jpeg', 9, repeat('a', 64), now(), $3)`,
    [COUNTY, id, by.accountId],
  );
  return id;
}
const waits = async (who: Actor) =>
  (await toy.as(who, (tx) => toy.clues.rectifications.waiting(tx, who.role))).map((r) => r.id);

describe("a notice to a township", () => {
  it("is answered with evidence, sent back with a new day, answered again and taken; each sees what waits for him", async () => {
    const { county, town, otherTown } = toy.staff;
    const id = await issue();
    expect([await waits(town), await waits(county), await waits(otherTown)]).toEqual([[id], [], []]);
    await expect(page(otherTown, id)).rejects.toThrow("没有找到这份整改通知单");
    await expect(act(town, id, "answer", { measures: "已全部上门核实" })).rejects.toThrow("佐证照片");
    const photos = [await picture(town)];
    const answered = await act(town, id, "answer", { measures: "三条都已上门核实", photos });
    expect([answered.state, answered.answeredOn, answered.actions]).toEqual(["answered", "2026-06-09", []]);
    expect([await waits(town), await waits(county)]).toEqual([[], [id]]);
    // The county sees the evidence.
    const seen = await toy.as(county, (tx) =>
      tx.query("select id from stored_file where case_id = $1", [id]),
    );
    expect(seen).toHaveLength(1);
    await expect(act(county, id, "send-back", { note: "还差一户", dueOn: "2026-06-09" })).rejects.toThrow(
      "今天以后",
    );
    const back = await act(county, id, "send-back", { note: "还差一户", dueOn: "2026-06-25" });
    expect([back.state, back.returned, back.dueOn]).toEqual(["issued", 1, "2026-06-25"]);
    toy.setDay("2026-06-26");
    expect(await waits(county)).toEqual([id]); // late: the county is told too
    await act(town, id, "answer", { measures: "最后一户也去了", photos: [await picture(town)] });
    const done = await act(county, id, "accept", { note: "抽查属实" });
    expect([done.state, done.closedOn, done.late]).toEqual(["accepted", "2026-06-26", false]);
    expect(done.history.map((h) => h.label)).toEqual([
      ...["复核通过，销号", "报送整改情况", "退回再改", "报送整改情况", "下发整改通知"],
    ]);
    expect([await waits(town), await waits(county)]).toEqual([[], []]);
  });

  it("is issued by the county to a township with a day to come; out of turn, from an old page or by others it is refused", async () => {
    const { county, town } = toy.staff;
    await expect(issue({ dueOn: "2026-06-09" })).rejects.toThrow("今天以后");
    await expect(issue({}, VILLAGE)).rejects.toThrow("下发给乡镇");
    await expect(issue({}, TOWN, town)).rejects.toThrow("由县级办理");
    const id = await issue();
    await expect(act(county, id, "accept", { note: "好的" })).rejects.toThrow("现在是「待整改」");
    await expect(act(county, id, "withdraw", { note: "发错了" }, 7)).rejects.toThrow("刚刚被别人办过");
    await act(county, id, "withdraw", { note: "发错了乡镇" });
    await expect(act(town, id, "answer", {})).rejects.toThrow("现在是「已撤回」");
    // Every state that is not the end has a way on for somebody.
    for (const state of Object.keys(RECTIFICATION_STATES) as (keyof typeof RECTIFICATION_STATES)[])
      expect(["township", "county"].some((r) => legalRectifications(state, r).length > 0)).toBe(
        state === "issued" || state === "answered",
      );
  });

  it("its words are sealed, its actions are never changed", async () => {
    const id = await issue({ problem: "SECRET-NAME 家没有去" });
    const rows = await toy.data.owner<{ t: string }>(
      "select encode(words_sealed, 'escape') as t from rectification union all select encode(data_sealed, 'escape') from rectification_action",
    );
    expect(rows).toHaveLength(2);
    expect(rows.every((r) => !r.t.includes("SECRET"))).toBe(true);
    await expect(
      toy.as(toy.staff.county, (tx) => tx.exec("update rectification_action set version = 9", [])),
    ).rejects.toThrow("permission denied");
    expect((await page(toy.staff.town, id)).problem).toContain("SECRET-NAME");
  });
});
