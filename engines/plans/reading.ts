/** A text becomes a plan: its targets with their places in it. */
import { readText } from "@wuxin/gongwen";
import { DomainError, derivedId, isIsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Looking } from "./looking.ts";
import { RUNS, who } from "./may.ts";
import { targetsIn } from "./model.ts";
import type { PlansDeps } from "./ports.ts";
import * as store from "./store.ts";
import type { PlanPage } from "./views.ts";

export interface ReadRequest {
  readonly id: string;
  readonly text: string;
  /** What the text does not say, or says otherwise. */
  readonly title?: string | undefined;
  readonly year?: number | undefined;
  readonly untilYear?: number | undefined;
  /** A campaign has days instead of years. */
  readonly campaign?: { readonly startsOn: string; readonly endsOn: string } | undefined;
}

const MOST_TEXT = 2_000_000;
/** A county's five years have some hundred; ten times that is a collection, which nobody can look through on one page. */
const MOST_TARGETS = 3_000;
export const createReading = ({ clock, audit }: PlansDeps, { page, kept }: Looking) => {
  const now = () => clock.now().toISOString();

  async function read(tx: Tx, r: ReadRequest): Promise<PlanPage> {
    const actor = who(tx, RUNS, "读入计划");
    const text = r.text.replaceAll("\r\n", "\n");
    if (text.trim().length < 20)
      throw new DomainError(
        "invalid-input",
        "文字太少，读不出计划。请粘贴全文，或上传 Word、PDF、文本文件。",
        {
          field: "text",
        },
      );
    if (text.length > MOST_TEXT)
      throw new DomainError("invalid-input", "文字超过二百万字，请分开读入。", { field: "text" });
    if (await store.findPlan(tx, r.id)) return page(tx, r.id);
    const reading = readText(text);
    const days = r.campaign;
    if (days && !(isIsoDate(days.startsOn) && isIsoDate(days.endsOn) && days.startsOn <= days.endsOn))
      throw new DomainError("invalid-input", "请填写专项行动的起止日期，结束不早于开始。", {
        field: "endsOn",
      });
    const year = days ? Number(days.startsOn.slice(0, 4)) : (r.year ?? reading.year);
    if (year === null)
      throw new DomainError("invalid-input", "文中没有写是哪一年的计划，请填写年份。", { field: "year" });
    const [, last] =
      /(\d{4})\D+(\d{4})$/
        .exec(reading.planPeriod ?? "")
        ?.slice(1)
        .map(Number) ?? [];
    const untilYear = days ? Number(days.endsOn.slice(0, 4)) : Math.max(year, r.untilYear ?? last ?? year);
    const title = (r.title ?? reading.title ?? "").trim();
    if (title === "")
      throw new DomainError("invalid-input", "文中没有认出标题，请填写标题。", { field: "title" });
    const found = targetsIn(reading, text, untilYear).map((t) =>
      days && t.due > days.endsOn ? { ...t, due: days.endsOn } : t,
    );
    if (found.length > MOST_TARGETS)
      throw new DomainError(
        "invalid-input",
        `这份文件读出 ${found.length.toLocaleString("zh-CN")} 条目标，一份计划最多 ${MOST_TARGETS.toLocaleString("zh-CN")} 条。请按单位或按部分分开读入。`,
        { field: "text" },
      );
    await store.insertPlan(
      tx,
      {
        id: r.id,
        title,
        issuer: reading.issuer ?? "",
        year,
        untilYear,
        body: text,
        outline: reading.outline,
        ...(days ? { kind: "campaign", ...days } : { kind: "plan", startsOn: null, endsOn: null }),
        items: reading.tasks.length,
        readAt: now(),
      },
      actor,
    );
    await store.insertEvents(
      tx,
      r.id,
      found.map((t, i) => ({
        id: derivedId(r.id, `found:${i}`),
        kind: "found",
        targetId: derivedId(r.id, `target:${i}`),
        data: { ...t },
        at: now(),
        actorId: actor.id,
        actorName: actor.name,
      })),
    );
    await audit.record(tx, {
      action: "plan.read",
      object: "plan",
      objectId: r.id,
      detail: `${title}：${found.length} 条目标`,
    });
    return kept(tx, r.id);
  }

  return read;
};
