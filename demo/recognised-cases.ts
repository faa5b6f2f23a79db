/** 低保边缘 and 刚性支出困难: households that were recognised, one that waits for the county, one that has just applied. */
import { workingDaysBefore } from "./agenda.ts";
import type { Scene } from "./scene.ts";
import { tellSupport } from "./support-cases.ts";

const NEAR = "家庭人均收入高于低保标准、不到标准的 1.5 倍，财产符合规定";
const SPENT = "一年的自付医药费超过家庭收入的规定比例，收入和财产符合规定";

export function tellRecognised(scene: Scene): void {
  const { families, agenda, base } = scene;
  const before = (n: number) => workingDaysBefore(agenda.calendar, base, n);
  const edge = { item: "edge-family", options: { account: null } };
  const rigid = {
    item: "rigid-expenditure",
    options: { account: null, papers: ["income", "spending"] as const },
  };
  for (const [key, back] of [
    ["edge-first", 3],
    ["edge-second", 2],
  ] as const)
    tellSupport(scene, key, {
      ...edge,
      family: families.nearLine(),
      home: scene.home("农村"),
      lines: (l) => l.toRecognition("zhen", NEAR),
      anchor: { action: "confirm", by: scene.day(back, 15) },
    });
  tellSupport(scene, "edge-review", {
    ...edge,
    family: families.nearLine(1_200),
    home: scene.home("农村"),
    lines: (l) => l.toRecognition("zhen", NEAR).slice(0, -1),
    anchor: { by: before(2) },
  });
  tellSupport(scene, "edge-submitted", {
    ...edge,
    family: families.nearLine(1_000),
    home: scene.homeIn("village"),
    lines: (l) => [l.submit("cun")],
    anchor: { by: before(1) },
  });
  for (const [key, back] of [
    ["rigid-first", 3],
    ["rigid-second", 1],
  ] as const)
    tellSupport(scene, key, {
      ...rigid,
      family: families.spentOnIllness(),
      home: scene.home("农村"),
      lines: (l) => l.toRecognition("zhen", SPENT),
      anchor: { action: "confirm", by: scene.day(back, 16) },
    });
}
