/** A plan of five years in 岳阳县, invented after the shape of such plans: weighed, and assessed in the middle. */
import { derivedId, type IsoDate, lastDay } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { workingDay } from "./agenda.ts";
import type { DemoHouse } from "./house.ts";
import type { Scene } from "./scene.ts";

/** Invented for the demo; no county wrote it. */
const text = (
  county: string,
  from: number,
  to: number,
) => `${county}民政事业发展五年规划（${from}—${to}年）（演示）
一、养老服务
1.到${to}年，新增20个老年助餐点。
2.到${to}年，完成600户特殊困难老年人家庭适老化改造。
二、基层治理
3.到${to}年，建成10个村级议事协商示范点。
三、殡葬服务
4.到${to}年，公益性公墓乡镇覆盖率达到20%。`;

export function tellFiveYear(scene: Scene): void {
  const { agenda } = scene;
  const year = Number(scene.base.slice(0, 4));
  const [from, to] = [year - 2, year + 2];
  const id = scene.id("five-year");
  const assessment = derivedId(id, "mid");
  const day = (back: number, on: number): IsoDate => workingDay(agenda.calendar, scene.day(back, on), -1);
  type TargetOf = (part: string) => Promise<string>;
  const step = (
    key: string,
    on: IsoDate,
    actor: "xian" | "shenpi" | "zhen",
    run: (tx: Tx, house: DemoHouse, targetOf: TargetOf) => Promise<unknown>,
  ) =>
    agenda.add({
      ...{ key: `five-year/${key}`, on, actor },
      run: (tx, house) =>
        run(tx, house, async (part) => {
          const found = (await house.plans.targetsWithProgress(tx, id)).find((t) => t.object.includes(part));
          if (!found) throw new Error(`demo: the plan of five years has no target about ${part}`);
          return found.id;
        }),
    });

  step("read", day(3, 12), "xian", (tx, house) =>
    house.plans.read(tx, { id, text: text(scene.county.name, from, to), year: from, untilYear: to }),
  );
  step("bind", day(3, 12), "xian", async (tx, house, targetOf) =>
    house.plans.act(tx, id, {
      ...{ id: derivedId(id, "bind"), targetId: await targetOf("公墓") },
      act: { kind: "bound", indicator: "cemetery_coverage" },
    }),
  );
  step("split", day(3, 13), "xian", async (tx, house, targetOf) =>
    house.plans.act(tx, id, {
      ...{ id: derivedId(id, "split"), targetId: await targetOf("助餐点") },
      act: { kind: "split", by: "parts", values: [2, 4, 5, 5, 4] },
    }),
  );
  step("weigh", day(3, 13), "shenpi", async (tx, house, targetOf) => {
    const weights = [];
    for (const [part, weight] of [
      ["助餐点", 30],
      ["适老化", 30],
      ["议事协商", 20],
      ["公墓", 20],
    ] as const)
      weights.push({ targetId: await targetOf(part), weight });
    return house.plans.act(tx, id, {
      ...{ id: derivedId(id, "weigh"), targetId: id },
      act: { kind: "weighed", weights, note: "局务会商定：养老服务任务重，占六成。" },
    });
  });
  const reached = lastDay(scene.month(2));
  for (const [part, value, words] of [
    ["助餐点", 11, "各镇助餐点验收单合计。"],
    ["适老化", 220, "三年来各批改造验收单合计。"],
    ["议事协商", 4, "示范点命名文件四份。"],
  ] as const) {
    const evidence = derivedId(id, `evidence:${part}`);
    step(`evidence-${part}`, day(1, 4), "zhen", async (tx, house, targetOf) =>
      house.plans.giveEvidence(tx, id, {
        ...{ id: evidence, targetId: await targetOf(part), asOf: reached, value, words, files: [] },
      }),
    );
    step(`evidence-${part}-confirmed`, day(1, 5), "xian", (tx, house) =>
      house.plans.confirmEvidence(tx, id, evidence),
    );
  }
  step("assess", day(1, 12), "xian", (tx, house) =>
    house.assessments.begin(tx, id, { id: assessment, kind: "mid", month: scene.month(2) }),
  );
  step("why", day(1, 13), "xian", async (tx, house, targetOf) =>
    house.assessments.say(tx, assessment, {
      ...{ id: derivedId(id, "why"), targetId: await targetOf("适老化") },
      why: "前两年改造资金没有按年下达，符合条件的户也比预计少。",
      measures: "养老服务股今年落实资金，增加一支施工队，按月调度。",
    }),
  );
  // What was behind at the assessment went on since.
  const since = derivedId(id, "evidence:since");
  step("evidence-since", day(1, 18), "zhen", async (tx, house, targetOf) =>
    house.plans.giveEvidence(tx, id, {
      ...{ id: since, targetId: await targetOf("议事协商"), asOf: day(1, 15), value: 6 },
      ...{ words: "又命名两个，文件六份。", files: [] },
    }),
  );
  step("evidence-since-confirmed", day(1, 19), "xian", (tx, house) =>
    house.plans.confirmEvidence(tx, id, since),
  );
  const adjustment = derivedId(id, "adjust");
  step("adjust", day(1, 14), "xian", async (tx, house, targetOf) =>
    house.assessments.propose(tx, assessment, {
      ...{ id: adjustment, targetId: await targetOf("适老化"), value: 480, due: `${to}-12-31` },
      reason: "逐户核过，符合条件又愿意改造的只有这么多。",
    }),
  );
  step("adjust-agreed", day(1, 15), "shenpi", (tx, house) =>
    house.assessments.decide(tx, assessment, { adjustment, agreed: true }),
  );
}
