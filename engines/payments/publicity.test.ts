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

  const open = { ...systemActor(COUNTY), name: "公众" };
  const said = { id: newId(), name: "王邻居", phone: "13800138000", text: "甲家有小汽车，不该领" };
  const tell = (day: string, more: Partial<typeof said> = {}) =>
    toy.run(open, (tx, p) => p.objections.tell(tx, list?.id as string, { ...said, ...more }), day);
  expect(await codeOf(tell("2024-11-13"))).toBe("not-found");
  expect(await codeOf(tell("2024-11-06", { text: "不对" }))).toBe("invalid-input");
  expect(await codeOf(tell("2024-11-06", { phone: "123" }))).toBe("invalid-input");
  await tell("2024-11-06");
  await tell("2024-11-06");
  const record = (who = clerk, receivedOn = "2024-11-14") =>
    toy.run(
      who,
      (tx, p) =>
        p.objections.record(tx, list?.id as string, {
          ...said,
          id: newId(),
          via: "visit",
          phone: "",
          receivedOn,
        }),
      "2024-11-15",
    );
  expect(await codeOf(record(finance))).toBe("forbidden");
  expect(await codeOf(record(clerk, "2024-11-16"))).toBe("invalid-input");
  await record();
  const answer = () =>
    toy.run(
      clerk,
      (tx, p) => p.objections.answer(tx, said.id, { result: "unfounded", answer: "入户核查，车是借用的" }),
      "2024-11-17",
    );
  await answer();
  expect(await codeOf(answer())).toBe("action-not-allowed");
  const objections = await toy.run(clerk, (tx, p) => p.objections.ofRoster(tx, id), "2024-11-25");
  expect(objections).toMatchObject([
    { viaLabel: "来访", dueOn: "2024-11-24", late: true, canAnswer: true },
    {
      viaLabel: "公示页",
      name: "王邻居",
      dueOn: "2024-11-16",
      resultLabel: "不属实",
      late: true,
      canAnswer: false,
    },
  ]);
  expect(
    await toy.data.owner("select 1 from roster_objection where text_sealed::text like '%小汽车%'"),
  ).toEqual([]);

  const standing = (await toy.run(clerk, (tx, p) => p.publicities(tx, id))).find((p) => p.item === "soup");
  await toy.run(clerk, (tx, p) =>
    p.takeDown(tx, id, standing?.hanging?.id as string, { reason: "金额写错，更正后再公示" }),
  );
  expect(await seen("2024-11-06", TOWN)).toEqual([]);
  expect(toy.audited.map((a) => a.action)).toEqual(
    expect.arrayContaining(["roster.publish", "roster.take-down", "objection.enter", "objection.answer"]),
  );
});
