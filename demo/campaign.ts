/** A campaign of 岳阳县, invented: one care home was found wanting, and has to put it right by itself. */
import { addDays, derivedId } from "@wuxin/kernel";
import { workingDaysBefore } from "./agenda.ts";
import type { Scene } from "./scene.ts";

const text = (county: string) => `${county}民政局养老机构消防安全集中整治行动方案（演示）
一、检查范围
1.对正式运营的养老机构按清单逐家检查，查出的问题限期整改。`;

export function tellCampaign(scene: Scene): void {
  const { agenda, base } = scene;
  const id = scene.id("campaign");
  const on = (back: number) => workingDaysBefore(agenda.calendar, base, back);
  const [fire, night] = [scene.id("campaign/fire"), scene.id("campaign/night")];
  // As the engine names a place of the scope by its entry.
  const step = derivedId(id, `place:care-institution:${scene.id("care-institution/3")}`);
  agenda.add({
    ...{ key: "campaign/read", on: on(12), actor: "xian" },
    run: (tx, { plans }) =>
      plans.read(tx, {
        ...{ id, text: text(scene.county.name) },
        campaign: { startsOn: on(12), endsOn: addDays(base, 45) },
      }),
  });
  agenda.add({
    ...{ key: "campaign/checklist", on: on(12), actor: "xian" },
    run: (tx, { plans }) =>
      plans.act(tx, id, {
        ...{ id: scene.id("campaign/checklist"), targetId: id },
        act: {
          kind: "checklist",
          items: [
            { id: fire, text: "疏散通道、安全出口畅通" },
            { id: night, text: "夜间有人值守，有巡查记录" },
          ],
        },
      }),
  });
  agenda.add({
    ...{ key: "campaign/launch", on: on(11), actor: "xian" },
    run: (tx, { plans }) =>
      plans.launch(tx, id, {
        ...{ id: scene.id("campaign/launch"), owner: "养老服务股", due: addDays(base, 30), divisions: [] },
        parts: [{ register: "care-institution", kinds: ["正式运营"] }],
      }),
  });
  agenda.add({
    ...{ key: "campaign/check", on: on(4), actor: "zhen" },
    run: (tx, { plans }) =>
      plans.act(tx, id, {
        ...{ id: scene.id("campaign/check"), targetId: id },
        act: {
          ...{ kind: "step-done", step, note: "到现场逐项看过，院长在场。" },
          results: [
            {
              ...{ item: fire, result: "problem", due: addDays(base, 12) },
              words: "二楼东侧安全出口堆放轮椅和被褥。",
            },
            { item: night, result: "good", words: "", due: null },
          ],
        },
      }),
  });
}
