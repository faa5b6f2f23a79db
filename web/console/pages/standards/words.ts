import type { Reply } from "../../app/api.ts";
import type { Tone } from "../../parts/marks.tsx";

export type StandardPage = Reply<"getStandard">;
export type Version = StandardPage["versions"][number];
export type Proposal = StandardPage["history"][number];
export type Preview = Reply<"previewStandard">;
export type Change = Preview["rows"][number]["change"];

export const PROPOSAL_TONE: Record<Proposal["state"], Tone> = {
  draft: "neutral",
  submitted: "waiting",
  active: "good",
  withdrawn: "bad",
  replaced: "neutral",
};
export const ORIGIN: Record<Version["origin"], string> = {
  national: "全国统一",
  county: "县文件",
  officer: "本系统录入",
};
/** What a change is called, its mark, and what it means; in the order in which it is looked at. */
export const CHANGES: readonly { change: Change; label: string; tone: Tone; help: string }[] = [
  {
    change: "enter",
    label: "可能新增",
    tone: "active",
    help: "近 12 个月不予确认的，按新标准会符合；本人申请后才发",
  },
  { change: "gain", label: "增加", tone: "good", help: "在享，金额变多" },
  { change: "lose", label: "减少", tone: "warn", help: "在享，金额变少" },
  { change: "leave", label: "不再符合", tone: "bad", help: "在享，按新标准不符合；停发须另作决定" },
  { change: "unknown", label: "算不出", tone: "neutral", help: "没有留存或缺事实，要先补查" },
];
export const ROUND_WORDS: Readonly<Record<string, string>> = {
  up_yuan: "不足一元的进到元",
  down_yuan: "舍去不足一元的部分",
  half_up_yuan: "四舍五入到元",
  up_jiao: "不足一角的进到角",
  half_up_jiao: "四舍五入到角",
  half_up_fen: "四舍五入到分",
  down_fen: "舍去不足一分的部分",
  up_fen: "不足一分的进到分",
};
export const valuesText = (values: readonly { label: string; text: string }[]): string =>
  values.map((v) => (v.label ? `${v.label} ${v.text}` : v.text)).join("，");

export type Rules = Reply<"getRuleSet">;
export type RuleVersion = Reply<"getRuleVersion">;
export type RuleNames = {
  readonly names: RuleVersion["check"]["names"];
  readonly functions: RuleVersion["functions"];
};
export type RuleCheck = Reply<"checkRules">;
export type RuleProblem = RuleCheck["problems"][number];
export const RULE_TONE: Record<RuleVersion["state"], Tone> = PROPOSAL_TONE;
