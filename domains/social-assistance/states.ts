/** States that the cases of this domain go through under the same name and words, whichever benefit or recognition it is. */
import type { StateDefinition } from "@wuxin/declare";

export const state = (
  id: string,
  label: string,
  tone: StateDefinition["tone"],
  step: string,
  explain: string,
  final = false,
): StateDefinition => ({ id, label, tone, step, explain, ...(final ? { final } : {}) });

/** Before it is taken in. */
export const beforeAccepted: readonly StateDefinition[] = [
  state("draft", "填写中", "neutral", "apply", "申请还没有提交。"),
  state("submitted", "待受理", "waiting", "accept", "乡镇（街道）正在看材料齐不齐。"),
  state("supplement", "待补正", "waiting", "accept", "还缺材料。请按清单一次补齐，补齐后继续办理。"),
];
export const opinionHangs = state(
  "publicity",
  "公示中",
  "active",
  "publicity",
  "乡镇（街道）的初审意见正在村（社区）公示 7 天。",
);
/** Objected to; looked into once more by a survey. */
export const rework = state(
  "rework",
  "复查中",
  "active",
  "publicity",
  "公示期间有人提出异议，正在重新调查。",
);
export const toBeConfirmed = state(
  "review",
  "待确认",
  "active",
  "confirm",
  "公示已满，正在作最后的审核确认。",
);
export const withdrawn = state(
  "withdrawn",
  "已撤回",
  "neutral",
  "apply",
  "申请人撤回了申请，可以随时再申请。",
  true,
);
