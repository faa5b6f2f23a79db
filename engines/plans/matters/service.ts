/** Matters put on supervision: opened with source, owner and day; reported, sent back, closed by another; late ones go up. */
import { addDays, DomainError, derivedId, type IsoDate, isIsoDate, isUuid, within } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { noted, REPORTS, RUNS, who } from "../may.ts";
import { foldTargets } from "../model.ts";
import { placeMoved } from "../places.ts";
import type { MattersDeps, PutRight } from "../ports.ts";
import * as plans from "../store.ts";
import {
  foldMatter,
  MATTER_EVENTS,
  type MatterEvent,
  raisedText,
  raisesDue,
  SOURCES,
  type Source,
  startingLevel,
} from "./model.ts";
import * as store from "./store.ts";
import {
  briefOf,
  type MatterActKind,
  type MatterBrief,
  type MatterView,
  type Reader,
  viewOf,
} from "./views.ts";

export type Matters = ReturnType<typeof createMatters>;
export interface OpenMatter {
  readonly id: string;
  readonly source: Exclude<Source, "return">;
  readonly sourceText: string;
  readonly sourceOn: string;
  readonly register?: string | undefined;
  readonly entryId?: string | undefined;
  readonly lineId?: string | undefined;
  readonly title: string;
  readonly demand: string;
  readonly owner: string;
  /** The township that answers; left out: an office of the county. */
  readonly divisionCode?: string | undefined;
  readonly dueOn: string;
}
export interface MatterAct {
  readonly id: string;
  readonly kind: MatterActKind;
  readonly note: string;
  readonly files?: readonly string[] | undefined;
  /** It was pressed as the second look (复查合格, 退回) at what the place put right: once only, whoever is first. */
  readonly looked?: boolean | undefined;
}
/** A target of a plan that is urged, beside the matters of no plan. */
export interface UrgedTarget {
  readonly planId: string;
  readonly targetId: string;
  readonly object: string;
  readonly owner: string | null;
  readonly until: IsoDate;
  readonly late: boolean;
  readonly raised: boolean;
}

/** Only of what was found in their own place; the house asks that before (server/party-places.ts). */
const PLACES = new Set(["institution"]);
const HOUSE = "系统";
/** Digits of a township's code. */
const TOWNSHIP = 9;

export function createMatters(deps: MattersDeps) {
  const { clock, audit } = deps;

  const readerOf = (tx: Tx): Reader => {
    const { role, scope, countyCode, accountId } = tx.actor;
    return {
      ...{ accountId, countyCode, today: clock.today(), runs: RUNS.has(role) },
      reports: (division) =>
        REPORTS.has(role) && (division === countyCode ? scope === countyCode : within(scope, division)),
      divisionName: (division) => deps.divisionName(countyCode, division),
    };
  };
  async function get(tx: Tx, id: string): Promise<store.MatterRecord> {
    const m = isUuid(id) ? await store.find(tx, id) : undefined;
    if (!m) throw new DomainError("not-found", "没有这件督办事项，或不在您的辖区，请从督办列表进入。");
    return m;
  }
  const page = async (tx: Tx, id: string): Promise<MatterView> =>
    viewOf(await get(tx, id), await store.events(tx, [id]), readerOf(tx));

  async function open(tx: Tx, asked: OpenMatter): Promise<MatterView> {
    const actor = who(tx, RUNS, "督办立项");
    if (await store.find(tx, asked.id)) return page(tx, asked.id);
    const matter = checked(tx, asked);
    if (asked.lineId && asked.entryId) {
      const same = (await store.ofEntry(tx, asked.entryId)).find((m) => m.lineId === asked.lineId);
      if (same) throw new DomainError("action-not-allowed", `这一条已立项督办：「${same.title}」。`);
    }
    await store.insert(tx, { ...matter, madeAt: clock.now().toISOString() }, actor);
    await audit.record(tx, {
      ...{ action: "matter.open", object: "matter", objectId: asked.id },
      detail: `${SOURCES[asked.source]}：${matter.title}`,
    });
    return page(tx, asked.id);
  }

  /** What a check found wrong in a place of a register: whoever reported it puts it on supervision by that. */
  async function putRight(tx: Tx, asked: PutRight): Promise<void> {
    const actor = who(tx, REPORTS, "检查发现的问题");
    if (await store.find(tx, asked.id)) return;
    const matter = checked(tx, { ...asked, source: "register" });
    await store.insert(tx, { ...matter, madeAt: clock.now().toISOString() }, actor);
    await audit.record(tx, {
      ...{ action: "matter.open", object: "matter", objectId: asked.id },
      detail: `${asked.sourceText}：${matter.title}`,
    });
  }

  /** Of these, the closed, with their day. */
  const settled = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, IsoDate>> =>
    new Map(
      (await store.events(tx, ids)).flatMap((e) =>
        e.kind === "closed" ? [[e.matterId, e.on] as const] : [],
      ),
    );

  /** Of these, what the open ones wait for, where not for whoever is to put them right. */
  async function waitsFor(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, "复查" | "核查">> {
    const events = await store.events(tx, ids);
    const waits = new Map<string, "复查" | "核查">();
    for (const id of ids) {
      const { state, rectified } = foldMatter(
        "township",
        events.filter((e) => e.matterId === id),
      );
      if (state === "reported") waits.set(id, "核查");
      else if (state === "open" && rectified) waits.set(id, "复查");
    }
    return waits;
  }

  function checked(tx: Tx, a: OpenMatter): Omit<store.MatterRecord, "madeByName" | "madeAt"> {
    const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });
    const { countyCode } = tx.actor;
    const words = (field: "sourceText" | "title" | "demand" | "owner", least: number, message: string) => {
      const text = a[field].trim();
      if (text.length < least) throw bad(field, message);
      return text;
    };
    const divisionCode = a.divisionCode ?? countyCode;
    if (
      divisionCode !== countyCode &&
      (!divisionCode.startsWith(countyCode) || deps.divisionName(countyCode, divisionCode) === divisionCode)
    )
      throw bad("divisionCode", "请从列表里选本县的乡镇（街道）。");
    if (!isIsoDate(a.sourceOn) || a.sourceOn > clock.today())
      throw bad("sourceOn", "来源日期应是今天或以前。");
    if (!isIsoDate(a.dueOn) || a.dueOn < clock.today()) throw bad("dueOn", "办结期限应是今天或以后。");
    if ((a.source === "register") !== (a.entryId !== undefined && a.register !== undefined))
      throw bad("source", "台账来的事项请从台账那一条点「立项督办」。");
    return {
      ...{ id: a.id, divisionCode, source: a.source, sourceOn: a.sourceOn, dueOn: a.dueOn },
      ...{ register: a.register ?? null, entryId: a.entryId ?? null, lineId: a.lineId ?? null },
      householdId: null,
      sourceText: words("sourceText", 2, "请写明是哪次会议、谁的批示或哪件工单（至少 2 个字）。"),
      title: words("title", 2, "请写明督办什么事（至少 2 个字）。"),
      demand: words("demand", 4, "请写明要求办到什么程度（至少 4 个字）。"),
      owner: words("owner", 2, "请写明责任股室或责任人（至少 2 个字）。"),
    };
  }

  async function act(tx: Tx, id: string, a: MatterAct): Promise<MatterView> {
    const m = await get(tx, id);
    await store.hold(tx, id);
    const now = await page(tx, id);
    // What a place says that it put right is looked at by whoever answers for it; his report by the county.
    const looks = a.kind === "reported" || (a.kind === "returned" && now.rectified);
    const actor = who(tx, looks ? REPORTS : RUNS, MATTER_EVENTS[a.kind]);
    if (await store.hasEvent(tx, a.id)) return now;
    if (a.looked && !now.rectified)
      throw new DomainError("stale-version", "刚才已经有人复查过，请刷新页面看结果，不用再报一次。");
    const { reportedBy } = foldMatter(now.level, await store.events(tx, [id]));
    if (a.kind === "closed" && now.state === "reported" && reportedBy === actor.id)
      throw new DomainError("forbidden", "销号要由反馈人以外的人核查，请换一个账号。");
    if (!now.can.includes(a.kind))
      throw new DomainError(
        "action-not-allowed",
        a.kind === "closed" || a.kind === "returned"
          ? "责任单位反馈以后才能核查，请先催办。"
          : `现在是「${now.stateText}」，不能${MATTER_EVENTS[a.kind]}。`,
      );
    const note = noted(a.note);
    const files = a.files ?? [];
    await deps.attachFiles(tx, files, { caseId: id, divisionCode: m.divisionCode, applicantId: null });
    await store.addEvent(tx, {
      ...{ id: a.id, matterId: id, kind: a.kind, at: clock.now().toISOString() },
      data: files.length > 0 ? { note, files } : { note },
      ...{ actorId: actor.id, actorName: actor.name },
    });
    await audit.record(tx, {
      ...{ action: "matter.act", object: "matter", objectId: id },
      detail: `${MATTER_EVENTS[a.kind]}：${m.title}`,
    });
    if (m.entryId !== null) await placeMoved(tx, { entryId: m.entryId });
    return page(tx, id);
  }

  /** The place where it was found says, with photographs, that it put it right: it waits to be looked at again. */
  async function rectified(tx: Tx, id: string, a: Omit<MatterAct, "kind">): Promise<void> {
    const actor = who(tx, PLACES, "报告整改");
    const m = await get(tx, id);
    await store.hold(tx, id);
    if (await store.hasEvent(tx, a.id)) return;
    const now = await page(tx, id);
    if (now.state !== "open" || now.rectified)
      throw new DomainError("action-not-allowed", `这个问题现在是「${now.stateText}」，不用再报告整改。`);
    await store.addEvent(tx, {
      ...{ id: a.id, matterId: id, kind: "rectified", at: clock.now().toISOString() },
      data: { note: a.note.trim(), files: a.files ?? [] },
      ...{ actorId: actor.id, actorName: actor.name },
    });
    await audit.record(tx, {
      ...{ action: "matter.act", object: "matter", objectId: id },
      detail: `${MATTER_EVENTS.rectified}：${m.title}`,
    });
  }

  /**
   * A look at a household (帮扶回访) that is long past its day: the township answers for it from tonight. The same household and
   * day again is the same matter.
   */
  async function openOfReturn(
    tx: Tx,
    r: {
      readonly householdId: string;
      readonly divisionCode: string;
      readonly dueOn: IsoDate;
      readonly numbers: readonly string[];
    },
  ): Promise<void> {
    const id = derivedId(r.householdId, `return:${r.dueOn}`);
    if (await store.find(tx, id)) return;
    const today = clock.today();
    await store.insert(
      tx,
      {
        ...{ id, divisionCode: r.divisionCode.slice(0, TOWNSHIP), source: "return", sourceOn: today },
        ...{ register: null, entryId: null, lineId: null, householdId: r.householdId },
        sourceText: `${r.numbers.join("、")}，应于 ${r.dueOn} 回访`,
        ...{
          title: "帮扶回访逾期",
          demand: "督促村（社区）上门或打电话回访，在这户的页面登记风险还在不在。",
        },
        owner: "分管负责人",
        ...{ dueOn: addDays(today, Math.max(1, deps.raiseAfterDays(tx.actor.countyCode, today))) },
        madeAt: clock.now().toISOString(),
      },
      { id: null, name: HOUSE },
    );
  }

  async function briefs(tx: Tx, records: readonly store.MatterRecord[]): Promise<MatterBrief[]> {
    const byMatter = new Map(records.map((m): [string, MatterEvent[]] => [m.id, []]));
    for (const e of await store.events(tx, [...byMatter.keys()])) byMatter.get(e.matterId)?.push(e);
    const reader = readerOf(tx);
    return records.map((m) => briefOf(m, byMatter.get(m.id) ?? [], reader));
  }

  async function urgedTargets(tx: Tx): Promise<UrgedTarget[]> {
    const events = await plans.events(tx, null);
    const planOf = new Map(events.map((e) => [e.targetId, e.planId]));
    return foldTargets(events).flatMap((t) =>
      t.urgedUntil === null || t.dropped || t.mergedInto !== null
        ? []
        : [
            {
              ...{ planId: planOf.get(t.id) ?? "", targetId: t.id, object: t.object, owner: t.owner },
              ...{ until: t.urgedUntil, late: t.urgedUntil < clock.today(), raised: t.urgedRaised },
            },
          ],
    );
  }

  /** Every night: what is so many days past its day goes up a level, and says so. */
  async function sweep(tx: Tx): Promise<number> {
    const today = clock.today();
    const days = deps.raiseAfterDays(tx.actor.countyCode, today);
    const at = clock.now().toISOString();
    const house = { actorId: null, actorName: HOUSE, at };
    let raised = 0;
    for (const m of await store.open(tx)) {
      const start = startingLevel(m.divisionCode, tx.actor.countyCode);
      const { level } = foldMatter(start, await store.events(tx, [m.id]));
      for (const to of raisesDue(level, start, m.dueOn, today, days))
        raised += await store.addEvent(tx, {
          ...{ id: derivedId(m.id, `raised:${to}`), matterId: m.id, kind: "raised", ...house },
          data: { to, note: raisedText(to, m.dueOn, today) },
        });
    }
    for (const t of await urgedTargets(tx)) {
      if (t.raised || raisesDue("county", "county", t.until, today, days).length === 0) continue;
      await plans.insertEvents(tx, t.planId, [
        {
          ...{ id: derivedId(t.targetId, `raised:${t.until}`), kind: "raised", targetId: t.targetId },
          ...{ data: { note: raisedText("leader", t.until, today) }, ...house },
        },
      ]);
      raised++;
    }
    return raised;
  }

  /** What waits for the reader: reports of a township, checks of the county; the leader sees what went up. */
  async function waiting(tx: Tx): Promise<MatterBrief[]> {
    const { role } = tx.actor;
    if (!REPORTS.has(role)) return [];
    const all = await briefs(tx, await store.open(tx));
    return all.filter((m) => {
      if (role === "township") return m.state === "open";
      if (role === "leader") return m.level === "leader";
      return m.state === "reported" || m.divisionName === null || m.level !== "township";
    });
  }

  /** What came up to the leader, the longest late first. */
  async function raised(tx: Tx) {
    const matters = (await briefs(tx, await store.open(tx))).filter((m) => m.late && m.level === "leader");
    const targets = (await urgedTargets(tx)).filter((t) => t.raised);
    return [
      ...matters
        .filter((m) => m.raisedTo !== null)
        .map((m) => ({ title: m.title, owner: m.owner, dueOn: m.dueOn, link: `/matters/${m.id}` })),
      ...targets.map((t) => ({
        ...{ title: t.object, owner: t.owner ?? "责任未定", dueOn: t.until },
        link: `/plans/${t.planId}?target=${t.targetId}`,
      })),
    ].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  }

  return {
    open,
    putRight,
    settled,
    waitsFor,
    openOfReturn,
    act,
    rectified,
    raiseAfterDays: (tx: Tx) => deps.raiseAfterDays(tx.actor.countyCode, clock.today()),
    page,
    sweep,
    waiting,
    urgedTargets,
    raised,
    lateByTownship: (tx: Tx) => store.lateByDivision(tx, clock.today()),
    list: async (tx: Tx, which: "open" | "closed") =>
      briefs(tx, await (which === "open" ? store.open(tx) : store.closed(tx))),
    ofEntry: async (tx: Tx, entryId: string) => briefs(tx, await store.ofEntry(tx, entryId)),
  };
}
