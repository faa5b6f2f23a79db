import { newId } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allPaid, COUNTY, codeOf, openToyCounty, TOWN } from "./toy-county.ts";

let toy: Awaited<ReturnType<typeof openToyCounty>>;
beforeAll(async () => {
  toy = await openToyCounty();
});
afterAll(() => toy.close());

test("a roster hangs with name, persons and amount, of grown-ups, in the township asked for, until its last day", async () => {
  const { clerk, finance } = toy.staff;
  const child = await toy.person("小明");
  await toy.data.owner("update person set birth_date = '2012-05-01' where name = '小明'");
  await toy.award([await toy.person("甲"), await toy.person("乙")], { amountFen: 80_000 });
  await toy.award([child]);
  await toy.award([await toy.person("丙")], { item: "tea" });
  await toy.award([await toy.person("丁")], { item: "bread" });
  const { id } = await toy.generate("2024-10");
  const publish = (item = "soup", who = clerk) =>
    toy.run(who, (tx, p) => p.publish(tx, id, { id: newId(), item }));
  expect(await codeOf(publish())).toBe("action-not-allowed");
  await toy.signAll(id);
  expect(await codeOf(publish("soup", finance))).toBe("forbidden");
  expect(await codeOf(publish("tea"))).toBe("action-not-allowed");
  const offered = await toy.run(clerk, (tx, p) => p.publicities(tx, id));
  expect(offered).toMatchObject([
    { item: "bread", days: null, why: "领面包的是儿童，不公示。", can: { publish: false } },
    { item: "soup", names: 1, minors: 1, days: 7, article: "第九条", can: { publish: true } },
    { item: "tea", days: null, why: "没有公布名单的规定，不公示。", can: { publish: false } },
  ]);
  await publish();
  expect(await codeOf(publish())).toBe("already-exists");
  await toy.load(id, allPaid(await toy.send(id)));

  const seen = (day: string, township?: string) =>
    toy.run({ ...systemActor(COUNTY), name: "公众" }, (tx, p) => p.hanging(tx, { township }), day);
  expect(await seen("2024-11-05")).toMatchObject([{ title: "2024年10月发放名单", rows: [], total: null }]);
  const [list] = await seen("2024-11-12", TOWN);
  expect(list?.rows).toEqual([{ no: 1, name: "甲", persons: 2, amountFen: 80_000, divisionName: "甲镇" }]);
  expect(await seen("2024-11-13", TOWN)).toEqual([]);
  expect((await seen("2024-11-06", "430621199"))[0]).toMatchObject({ total: 0, rows: [] });

  const standing = (await toy.run(clerk, (tx, p) => p.publicities(tx, id))).find((p) => p.item === "soup");
  await toy.run(clerk, (tx, p) =>
    p.takeDown(tx, id, standing?.hanging?.id as string, { reason: "金额写错，更正后再公示" }),
  );
  expect(await seen("2024-11-06", TOWN)).toEqual([]);
  expect(toy.audited.map((a) => a.action)).toEqual(
    expect.arrayContaining(["roster.publish", "roster.take-down"]),
  );
});
