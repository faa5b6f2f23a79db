/** 死亡登记共享 of 岳阳县: one list lies on 卫健's desk, one waits for its second person. */
import { workingDaysBefore } from "./agenda.ts";
import type { Scene } from "./scene.ts";

export function tellDeathLists(scene: Scene): void {
  const { agenda, base } = scene;
  const on = (back: number) => workingDaysBefore(agenda.calendar, base, back);
  const draft = (code: string, back: number) =>
    agenda.add({
      ...{ key: `death-list/${code}/draft`, on: on(back), actor: "xian", tells: true },
      run: (tx, { deathLists }) => deathLists.draft(tx, { id: scene.id(`death-list/${code}`), code }),
    });
  draft("deaths-health", 3);
  agenda.add({
    ...{ key: "death-list/deaths-health/confirm", on: on(2), actor: "fuhe", tells: true },
    run: (tx, { deathLists }) => deathLists.confirm(tx, scene.id("death-list/deaths-health")),
  });
  draft("deaths-police", 1);
}
