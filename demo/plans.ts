/** The year's plan of 岳阳县, invented: some targets counted by ledgers, one by evidence, one asked about. */
import { derivedId, type IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { workingDay } from "./agenda.ts";
import type { DemoHouse } from "./house.ts";
import type { Scene } from "./scene.ts";

/** Invented for the demo; no county wrote it. */
const text = (county: string, year: number) => `${county}民政局${year}年工作计划（演示）
一、兜牢民生底线
1.扩围增效。全年新增低保对象不少于60人，低保人数稳中有升。
2.按时足额发放。救助资金社会化发放率达到100%。
二、办好养老实事
3.高龄津贴应发尽发，年底高龄津贴人数不少于4人。
4.年内完成200户特殊困难老年人家庭适老化改造。
三、推进殡葬改革
5.公益性公墓乡镇覆盖率达到80%。
四、落实责任
6.全年开展民政服务机构安全检查不少于24次。`;

export function tellPlan(scene: Scene): void {
  const { agenda, base } = scene;
  const year = Number(base.slice(0, 4));
  const id = scene.id("plan");
  const day = (back: number, on: number): IsoDate => workingDay(agenda.calendar, scene.day(back, on), -1);
  const step = (
    key: string,
    on: IsoDate,
    actor: "xian" | "shenpi" | "zhen",
    run: (tx: Tx, house: DemoHouse, targetOf: (part: string) => Promise<string>) => Promise<unknown>,
  ) =>
    agenda.add({
      ...{ key: `plan/${key}`, on, actor },
      run: (tx, house) =>
        run(tx, house, async (part) => {
          const found = (await house.plans.targetsWithProgress(tx, id)).find((t) => t.object.includes(part));
          if (!found) throw new Error(`demo: the plan has no target about ${part}`);
          return found.id;
        }),
    });
  const act = (
    key: string,
    on: IsoDate,
    actor: "xian" | "shenpi" | "zhen",
    part: string,
    what: Parameters<DemoHouse["plans"]["act"]>[2]["act"],
  ) =>
    step(key, on, actor, async (tx, house, targetOf) =>
      house.plans.act(tx, id, { id: derivedId(id, key), targetId: await targetOf(part), act: what }),
    );

  step("read", day(3, 6), "xian", (tx, house) =>
    house.plans.read(tx, { id, text: text(scene.county.name, year), year }),
  );
  act("bind-age", day(3, 7), "xian", "高龄津贴", { kind: "bound", indicator: "age_allowance_persons" });
  act("bind-new", day(3, 7), "xian", "低保对象", { kind: "bound", indicator: "dibao_new_persons" });
  act("bind-persons", day(3, 7), "xian", "低保人数", { kind: "bound", indicator: "dibao_persons" });
  act("owner", day(3, 7), "shenpi", "适老化", { kind: "owner", owner: "养老服务股" });
  act("public", day(3, 7), "shenpi", "适老化", { kind: "public", shown: true });
  const given = (key: string, title: string, division: string | null, quantity: number | null = null) =>
    act(key, day(3, 8), "xian", "适老化", {
      ...{ kind: "step", step: "measure", title, owner: "养老服务股", division, due: `${year}-12-31` },
      quantity,
    });
  given("survey", "完成入户评估，列出改造清单", scene.first.code);
  given("rebuild", "按清单逐户改造", scene.first.code, 120);
  given("tender", "确定施工单位，签合同", null);
  const survey = { step: derivedId(id, "survey") };
  act("survey-done", day(2, 6), "zhen", "适老化", {
    ...{ kind: "step-done", ...survey, note: "评估 200 户，清单已报养老服务股。" },
  });
  act("survey-checked", day(2, 9), "xian", "适老化", { kind: "step-checked", ...survey });
  const evidence = derivedId(id, "evidence");
  step("evidence", day(1, 5), "zhen", async (tx, house, targetOf) =>
    house.plans.giveEvidence(tx, id, {
      ...{ id: evidence, targetId: await targetOf("适老化"), asOf: day(1, 4), value: 132 },
      ...{ words: "施工单位前两批验收单合计。", files: [] },
    }),
  );
  step("confirm", day(1, 8), "xian", (tx, house) => house.plans.confirmEvidence(tx, id, evidence));
  act("quality", day(2, 3), "xian", "适老化", {
    ...{ kind: "quality", text: "扶手、防滑、如厕和照明改造齐全，老人试用合格" },
    source: "适老化改造施工合同附件（演示）",
  });
  const accept = (
    key: string,
    kind: "acceptance" | "survey",
    what: { value: number; asked?: number; words: string },
  ) => {
    const proof = derivedId(id, key);
    step(key, day(1, 6), "zhen", async (tx, house, targetOf) =>
      house.plans.giveEvidence(tx, id, {
        ...{ id: proof, targetId: await targetOf("适老化"), kind, asOf: day(1, 5), files: [], ...what },
        division: kind === "acceptance" ? scene.first.code : null,
      }),
    );
    step(`${key}-confirmed`, day(1, 8), "xian", (tx, house) => house.plans.confirmEvidence(tx, id, proof));
  };
  accept("acceptance", "acceptance", {
    value: 96,
    words: "两批 96 户逐户对照标准验收，照片和老人签字齐全。",
  });
  accept("satisfaction", "survey", { value: 46, asked: 50, words: "电话回访，从已改造的户里随机抽 50 户。" });
  act("urge", day(1, 9), "shenpi", "安全检查", {
    ...{ kind: "urged", until: day(1, 25) },
    note: "还没有报过检查次数，请说明已查几次、年底前怎样安排。",
  });
  const matter = (key: string, on: IsoDate, asked: Omit<Parameters<DemoHouse["matters"]["open"]>[1], "id">) =>
    agenda.add({
      ...{ key: `plan/matter-${key}`, on, actor: "xian" },
      run: (tx, house) => house.matters.open(tx, { id: derivedId(id, `matter-${key}`), ...asked }),
    });
  matter("call", day(1, 4), {
    ...{ source: "hotline", sourceText: "12345 热线工单（演示）", sourceOn: day(1, 3) },
    ...{ title: "村里反映高龄津贴停发没有通知", demand: "逐户说明停发原因，补上告知，结果报县里。" },
    ...{ owner: "养老服务股", divisionCode: scene.first.code, dueOn: day(1, 20) },
  });
  agenda.add({
    ...{ key: "plan/matter-call-reported", on: day(1, 18), actor: "zhen" },
    run: (tx, house) =>
      house.matters.act(tx, derivedId(id, "matter-call"), {
        ...{ id: derivedId(id, "matter-call-reported"), kind: "reported" },
        note: "已逐户上门说明，补送告知书，村里已张贴名单。",
      }),
  });
  matter("graves", day(1, 8), {
    ...{ source: "instruction", sourceText: "分管副县长批示（演示）", sourceOn: day(1, 7) },
    ...{ title: "公路沿线散埋乱葬整治", demand: "摸清底数，拿出整治办法和时间表。" },
    ...{ owner: "社会事务股", dueOn: day(1, 15) },
  });
}
