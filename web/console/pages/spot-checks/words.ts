import type { Reply } from "../../app/api.ts";
import type { Tone } from "../../parts/marks.tsx";

export type SpotCheck = Reply<"getSpotCheck">;
export type Household = SpotCheck["households"][number];
export type SpotAct = Household["can"][number];

export const SPOT_TONE: Readonly<Record<Household["state"], Tone>> = {
  waiting: "neutral",
  clean: "good",
  found: "waiting",
  confirmed: "warn",
  rectified: "waiting",
  closed: "good",
  transferred: "bad",
};
/** The verb on the button, what is done first in front. */
export const SPOT_VERBS: readonly (readonly [act: SpotAct, verb: string])[] = [
  ["looked", "登记检查"],
  ["confirmed", "复核属实"],
  ["returned", "退回重查"],
  ["rectified", "登记整改"],
  ["accepted", "验收通过"],
  ["reopened", "退回整改"],
  ["transferred", "移送"],
];
