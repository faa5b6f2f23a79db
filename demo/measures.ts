/** 帮扶措施 of the demo: one waits for its department, one is looked at again soon, one has been settled. */
import { addDays, type IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { StaffKey } from "./accounts.ts";
import { workingDaysBefore } from "./agenda.ts";
import type { DemoHouse } from "./house.ts";
import type { Scene } from "./scene.ts";

interface Step {
  /** Working days before the demo's day. */
  readonly back: number;
  readonly by: StaffKey;
  readonly action: string;
  /** The last measure or look of the household, where the step is about one. */
  readonly of?: "measure" | "return";
  readonly data: (on: IsoDate) => Record<string, string | number>;
}

/** The household of a family whose case is told. */
export async function homeOf(scene: Scene, tx: Tx, { registry }: DemoHouse, family: string): Promise<string> {
  const personId = scene.told.get(family)?.personId(0) ?? "";
  const home = (await registry.currentHouseholds(tx, [personId])).get(personId);
  if (!home) throw new Error(`demo: no household of ${family}`);
  return home;
}

function follow(scene: Scene, family: string, steps: readonly Step[]): void {
  const { agenda, base } = scene;
  for (const [i, s] of steps.entries()) {
    const on = workingDaysBefore(agenda.calendar, base, s.back);
    const key = `measure/${family}/${i}-${s.action}`;
    agenda.add({
      ...{ key, on, actor: s.by },
      run: async (tx, house) => {
        const home = await homeOf(scene, tx, house, family);
        const { measures } = house.clues;
        const now = await measures.page(tx, home);
        const about = s.of === "return" ? now.returns[0] : s.of === "measure" ? now.measures[0] : undefined;
        await measures.act(tx, home, {
          ...{ id: scene.id(key), action: s.action, data: s.data(on) },
          ...(about ? { of: about.id } : {}),
          ...(s.of === "measure" ? { version: now.measures[0]?.version } : {}),
        });
      },
    });
  }
}

export function tellMeasures(scene: Scene): void {
  const plan = (
    back: number,
    kind: string,
    service: string,
    amountFen?: number,
    department?: string,
  ): Step => ({
    ...{ back, by: "zhen", action: "plan" },
    data: (on) => ({
      ...{ kind, service, startsOn: on, answerDueOn: addDays(on, 20) },
      ...(amountFen === undefined ? {} : { amountFen, each: "once" }),
      ...(department === undefined ? {} : { department }),
    }),
  });
  const answer = (back: number, document: string, note: string): Step => ({
    ...{ back, by: "zhen", action: "answer", of: "measure" },
    data: (on) => ({ on, result: "in-force", document, note }),
  });
  follow(scene, "paying-couple", [
    plan(32, "training", "家里的劳动力参加一期家政技能培训。"),
    answer(27, "县人社局培训开班通知（演示）", "已编入本月班次，免费。"),
    {
      ...{ back: 4, by: "zhen", action: "return" },
      data: (on) => ({ on, how: "phone", effect: "培训结业，已在县城家政公司上班。", risk: "removed" }),
    },
    {
      ...{ back: 2, by: "xian", action: "decide", of: "return" },
      data: () => ({ decision: "removed", note: "有稳定收入，转为日常走访。" }),
    },
  ]);
  follow(scene, "paying-due", [
    plan(24, "medical", "核定大病医疗救助，减轻自付费用。", 600_000),
    answer(19, "县医保局救助审批表（演示）", "已核定，随医疗结算直接抵扣。"),
  ]);
  follow(scene, "paying-alone", [
    plan(11, "medical", "家庭医生签约，每月上门随访一次，送药到家。", undefined, "health"),
    plan(9, "care", "请社会工作服务站每周上门两次，帮助做饭、打扫。"),
  ]);
}
