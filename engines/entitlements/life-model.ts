/** Pure: what may happen to an entitlement between two decisions, and from which month it counts. */
import { addMonths, ageOn, type IsoDate, type Month, monthOf } from "@wuxin/kernel";
import { type Amount, amountIn } from "./model.ts";

export type ChangeKind = "suspend" | "resume" | "member-out" | "transfer";
export const CHANGE_KINDS: Readonly<Record<ChangeKind, string>> = {
  suspend: "暂停发放",
  resume: "恢复发放",
  "member-out": "成员减少",
  transfer: "转移",
};

/** 民法典第十七条 */
export const ADULT = 18;
export type OutEvent = "died" | "left" | "jailed" | "adult" | "split" | "merged";
/** Who is no longer counted, and by which article. */
export const OUT_EVENTS: Readonly<Record<OutEvent, { readonly label: string; readonly article: string }>> = {
  died: { label: "死亡", article: "2022 年兜底保障通知一（三）" },
  left: { label: "离开家庭", article: "57号第三十条" },
  jailed: { label: "服刑或强制戒毒", article: "57号第七条" },
  adult: { label: "年满 18 周岁，不再符合", article: "43号第二十四条" },
  split: { label: "分户", article: "57号第四、三十条" },
  merged: { label: "并入另一户", article: "57号第四、三十条" },
};

export const outCause = (event: OutEvent): string => OUT_EVENTS[event].label;

/** Paid to the end of the month in which it happened; what changes changes from the month after. */
export const effectiveFrom = (happenedOn: IsoDate): Month => addMonths(monthOf(happenedOn), 1);

export type ChangeInput =
  | { readonly kind: "suspend" | "resume"; readonly fromMonth: Month; readonly reason: string }
  | {
      readonly kind: "member-out";
      readonly personId: string;
      readonly event: OutEvent;
      readonly happenedOn: IsoDate;
      readonly reason: string;
    }
  | {
      readonly kind: "transfer";
      readonly divisionCode: string;
      readonly areaClass: string | null;
      /** The new one, as far as it is known. */
      readonly address?: string | undefined;
      /** Of a benefit that goes by persons: he leaves the household, or all of it moves. To be said where there are others. */
      readonly alone?: boolean | undefined;
      readonly reason: string;
    };

export interface Now {
  readonly today: IsoDate;
  readonly fromMonth: Month;
  readonly endMonth: Month | null;
  readonly amountFen: number;
  /** Nothing is paid now, or from a later month on. */
  readonly suspended: boolean;
  readonly covered: readonly string[];
  readonly areaClass: string | null;
  readonly divisionCode: string;
  readonly recognition: boolean;
}

/**
 * The rows by which every one of these months is as wanted, over those that stand: only where what is in force differs.
 * A row that stands for a later month is thus never left saying what the change has made wrong.
 */
export function steps(
  standing: readonly Amount[],
  months: readonly Month[],
  wanted: (month: Month, was: number) => number,
): { month: Month; fen: number }[] {
  const rows: { month: Month; fen: number }[] = [];
  let seq = Math.max(0, ...standing.map((a) => a.seq));
  const all: Amount[] = [...standing];
  for (const month of months) {
    const fen = wanted(month, amountIn(standing, month));
    if (amountIn(all, month) === fen) continue;
    rows.push({ month, fen });
    all.push({ seq: ++seq, fromMonth: month, amountFen: fen });
  }
  return rows;
}

/** Which changes are possible now; the others with why not. */
export function possible(now: Now): Record<ChangeKind, string | null> {
  const ended = now.endMonth !== null && now.endMonth < monthOf(now.today);
  const over = ended ? `已发至 ${now.endMonth} 停止。` : null;
  if (now.recognition) {
    const no = "认定没有金额，情况变了请在办件里复核。";
    return { suspend: no, resume: no, "member-out": no, transfer: over };
  }
  return {
    suspend: over ?? (now.amountFen === 0 ? "现在没有在发，不需要暂停。" : null),
    resume: over ?? (now.suspended ? null : "正在发放，不需要恢复。"),
    "member-out": now.covered.length === 0 ? "没有保障对象。" : null,
    transfer: over,
  };
}

/**
 * What the register says against the event. A death that only one benefit hears of would leave the others paid; it is
 * registered first, of the person, and every benefit hears of it.
 */
export function notSo(
  input: ChangeInput & { readonly kind: "member-out" },
  person: { readonly name: string; readonly birthDate: IsoDate; readonly diedOn: IsoDate | null },
): { why: string; field: string } | null {
  const { name, birthDate, diedOn } = person;
  if (input.event === "died" && diedOn === null)
    return {
      why: `${name}还没有登记死亡。请先在个人页登记，他的各项待遇一起停发，再来这里重算金额。`,
      field: "event",
    };
  if (input.event === "died" && diedOn !== input.happenedOn)
    return { why: `${name}登记的死亡日期是 ${diedOn}，请填这一天。`, field: "happenedOn" };
  if (input.event === "adult" && ageOn(birthDate, input.happenedOn) < ADULT)
    return { why: `${name}生于 ${birthDate}，这一天还没有满 18 周岁。`, field: "happenedOn" };
  return null;
}

/** From which month a change counts; words when it cannot be. */
export function startOf(input: ChangeInput, now: Now): { month: Month } | { why: string; field: string } {
  const next = addMonths(monthOf(now.today), 1);
  switch (input.kind) {
    case "suspend":
      return input.fromMonth >= monthOf(now.today)
        ? { month: input.fromMonth }
        : { why: "暂停只能从本月或以后的月份起；已发的月份有问题的，走追缴。", field: "fromMonth" };
    case "resume":
      return input.fromMonth <= next && input.fromMonth >= now.fromMonth
        ? { month: input.fromMonth }
        : {
            why: `恢复的月份应在 ${now.fromMonth} 到 ${next} 之间；从过去的月份恢复的，缺的月份会补发。`,
            field: "fromMonth",
          };
    case "member-out":
      if (input.happenedOn > now.today) return { why: "日期不能晚于今天。", field: "happenedOn" };
      if (!now.covered.includes(input.personId))
        return { why: "这个人现在不在保障对象里。", field: "personId" };
      return { month: effectiveFrom(input.happenedOn) };
    case "transfer":
      if (input.divisionCode === now.divisionCode && input.areaClass === now.areaClass)
        return { why: "转入地和区域类型都没有变。", field: "divisionCode" };
      return { month: next };
  }
}
