import type { z } from "zod";

/** What is wrong with a field, for the person who filled it. The field itself is named by its place on the form. */
type Issue = Parameters<z.core.$ZodErrorMap>[0];

const KINDS: Readonly<Record<string, string>> = {
  number: "要填数字。",
  int: "要填整数。",
  bigint: "要填整数。",
  string: "要填文字。",
  boolean: "要选是或否。",
  date: "要填日期，写成 2026-03-01 这样。",
  array: "要选一项或几项。",
  set: "要选一项或几项。",
};
const FORMATS: Readonly<Record<string, string>> = {
  date: "日期要写成 2026-03-01 这样。",
  datetime: "时间写得不对，请重新选。",
  time: "时间要写成 08:30 这样。",
  email: "邮箱写得不对。",
  url: "网址写得不对。",
  uuid: "编号不对，请刷新页面再试。",
};
const WRONG = "填写得不对，请检查。";

const UNITS: Readonly<Record<string, string>> = {
  string: "个字",
  array: "项",
  set: "项",
  map: "项",
  file: "字节",
};

function tooSmall(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): string {
  const unit = UNITS[issue.origin];
  if (unit === undefined)
    return issue.inclusive === false ? `要大于 ${issue.minimum}。` : `不能小于 ${issue.minimum}。`;
  if (Number(issue.minimum) === 1) return issue.origin === "string" ? "没有填写。" : "至少要有一项。";
  return `至少 ${issue.minimum} ${unit}。`;
}

function tooBig(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>): string {
  const unit = UNITS[issue.origin];
  if (unit !== undefined) return `最多 ${issue.maximum} ${unit}。`;
  return issue.inclusive === false ? `要小于 ${issue.maximum}。` : `不能大于 ${issue.maximum}。`;
}

/** Whether a sentence is one of `wording` and so needs the name of its field before it; a schema's own words have it. */
export const isWording = (sentence: string, issue: object): boolean =>
  // What was given is not told any more: nothing, or something of the wrong kind.
  [undefined, ""].some((input) => wording({ ...issue, input } as Issue) === sentence);

/** Sentences for what the contract's schemas refuse; a schema's own message goes before them. */
export function wording(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined || issue.input === null) return "没有填写。";
      return KINDS[issue.expected] ?? WRONG;
    case "too_small":
      return tooSmall(issue);
    case "too_big":
      return tooBig(issue);
    case "invalid_format":
      return FORMATS[issue.format] ?? "写法不对，请检查。";
    case "not_multiple_of":
      return `要是 ${issue.divisor} 的整数倍。`;
    case "unrecognized_keys":
      return `多了不认识的内容：${issue.keys.join("、")}。请刷新页面再试。`;
    case "invalid_value":
      return "不在可以选的几项里，请重新选。";
    default:
      return WRONG;
  }
}
