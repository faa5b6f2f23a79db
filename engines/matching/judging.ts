/** Alerts as people read and judge them; the caller's transaction is theirs. */
import { DomainError, derivedId, type IsoDate } from "@wuxin/kernel";
import { emit, type Tx } from "@wuxin/platform";
import type { Reason } from "./alerts.ts";
import * as store from "./alerts-store.ts";
import {
  ALERT_STATES,
  type AlertJudged,
  type ClueClosed,
  DECLARED_BESIDE_FOUND,
  type Judgement,
  judged,
  type ToldAlert,
  type ToldJudgement,
} from "./model.ts";
import type { MatchingDeps } from "./ports.ts";
import { fromText } from "./scan-feed.ts";
import { lastLists, matchOf } from "./store.ts";

export interface JudgeInput {
  readonly id: string;
  readonly judgement: Judgement;
  readonly outcome: string;
  readonly savedFen: number;
  readonly helpedFen: number;
}

const WITHDRAWN = "提供单位更正了名单，更正后没有这一条。";
export const PROPOSALS = { review: "复核", help: "上门告知并帮助申请", "stop-payment": "停发" } as const;

export function createJudging({ clock, catalogue, audit, vault, divisionName, levelName }: MatchingDeps) {
  const titleOf = (feed: string) =>
    feed === DECLARED_BESIDE_FOUND.feed
      ? DECLARED_BESIDE_FOUND.feedTitle
      : (catalogue.feeds.get(feed)?.title ?? feed);

  const opened = (a: store.AlertRecord): Reason => JSON.parse(vault.open(a.reasonSealed)) as Reason;
  /** Of a whole list: the day of a newer one that tells it no more. */
  async function goneIn(tx: Tx): Promise<(a: store.AlertRecord) => IsoDate | null> {
    const last = new Map((await lastLists(tx)).map((l) => [l.feed, l.asOf]));
    return (a) => {
      const newest = catalogue.feeds.get(a.feed)?.extent === "whole" ? last.get(a.feed) : undefined;
      return newest !== undefined && a.saidAsOf !== null && newest > a.saidAsOf ? newest : null;
    };
  }
  function alertView(tx: Tx, a: store.AlertRecord, gone: Awaited<ReturnType<typeof goneIn>>) {
    const { reasonSealed: _, saidAsOf: __, ...rest } = a;
    return {
      ...rest,
      goneAsOf: gone(a),
      feedTitle: titleOf(a.feed),
      reason: opened(a).reason,
      proposesLabel: PROPOSALS[a.proposes as keyof typeof PROPOSALS],
      stateLabel: ALERT_STATES[a.state],
      levelLabel: levelName(tx.actor.countyCode, a.level),
      divisionName: divisionName(tx.actor.countyCode, a.divisionCode),
    };
  }
  async function getAlert(tx: Tx, id: string): Promise<store.AlertRecord> {
    const a = await store.findAlert(tx, id);
    if (!a) throw new DomainError("not-found", "没有找到这条预警，或不在您的管辖范围内。");
    return a;
  }
  async function judgementOf(tx: Tx, alertId: string) {
    const found = await store.judgementOf(tx, alertId);
    if (!found) return null;
    const { outcomeSealed, ...j } = found;
    return { ...j, outcome: vault.open(outcomeSealed) };
  }
  /** With its evidence and the rows themselves; reading it is written down. */
  async function alert(tx: Tx, id: string) {
    const a = await getAlert(tx, id);
    await audit.record(tx, { action: "alert.read", object: "alert", objectId: id });
    const feed = catalogue.feeds.get(a.feed);
    const match = a.runId ? await matchOf(tx, a.runId, a.personId) : undefined;
    return {
      ...alertView(tx, a, await goneIn(tx)),
      evidence: opened(a).evidence,
      bring: catalogue.signals.get(a.rule)?.bring ?? [],
      columns: feed?.columns.map((c) => c.label) ?? [],
      records: match ? fromText(vault.open(match.sealed)) : [],
      judgement: await judgementOf(tx, id),
      canJudge: a.state === "pending" && ["township", "county"].includes(tx.actor.role),
    };
  }

  /** For whoever hears `alert.raised`. */
  async function told(tx: Tx, id: string): Promise<ToldAlert> {
    const a = await getAlert(tx, id);
    return {
      ...{
        alertId: a.id,
        countyCode: tx.actor.countyCode,
        feed: a.feed,
        feedTitle: titleOf(a.feed),
        rule: a.rule,
      },
      ...{ ruleVersion: a.ruleVersion, level: a.level, title: a.title, ...opened(a) },
      ...{ personId: a.personId, householdId: a.householdId, divisionCode: a.divisionCode },
      ...{ proposes: a.proposes as ToldAlert["proposes"], occurredOn: a.occurredOn ?? a.raisedOn },
      bring: catalogue.signals.get(a.rule)?.bring ?? [],
    };
  }

  /** For whoever hears `alert.judged`. */
  async function toldJudgement(tx: Tx, alertId: string): Promise<ToldJudgement> {
    const { title, state } = await getAlert(tx, alertId);
    // Withdrawn with its list: nothing is there to be looked at.
    if (state === "withdrawn") return { alertId, title, judgement: "false", outcome: WITHDRAWN, by: "系统" };
    const j = await judgementOf(tx, alertId);
    if (!j) throw new DomainError("not-found", "这条预警还没有核查结果。");
    return { alertId, title, judgement: j.judgement, outcome: j.outcome, by: j.by };
  }

  /** False: it was so already. */
  async function settle(
    tx: Tx,
    alertId: string,
    input: JudgeInput & { clueId: string | null },
  ): Promise<boolean> {
    const a = await store.lockAlert(tx, alertId);
    if (!a) throw new DomainError("not-found", "没有找到这条预警，或不在您的管辖范围内。");
    if (judged(a.state, input.judgement) === "same") return false;
    const { savedFen, helpedFen } = input.judgement === "confirmed" ? input : { savedFen: 0, helpedFen: 0 };
    await store.judge(tx, {
      ...{
        id: input.id,
        alertId,
        clueId: input.clueId,
        judgement: input.judgement,
        outcomeSealed: vault.seal(input.outcome.slice(0, 500)),
      },
      ...{ savedFen, helpedFen, at: clock.now(), on: clock.today() },
    });
    await audit.record(tx, {
      ...{ action: "alert.judge", object: "alert", objectId: alertId },
      detail: ALERT_STATES[input.judgement],
    });
    return true;
  }
  /** By a person at the desk; tells `alert.judged`. Errors: not-found, action-not-allowed. */
  async function judge(tx: Tx, alertId: string, input: JudgeInput): Promise<void> {
    if (await settle(tx, alertId, { ...input, clueId: null }))
      await emit(tx, "alert.judged", { alertId } satisfies AlertJudged);
  }
  /** Hears `clue.closed`. Heard twice it changes nothing; an alert that was judged meanwhile keeps its judgement. */
  async function onClueClosed(tx: Tx, e: ClueClosed): Promise<void> {
    const { judgement } = e;
    for (const alertId of e.alertIds) {
      const a = await store.lockAlert(tx, alertId);
      if (a?.state !== "pending") continue;
      await settle(tx, alertId, {
        ...{ id: derivedId(e.clueId, alertId), judgement, outcome: e.outcome || ALERT_STATES[judgement] },
        ...{ savedFen: e.savedFenPerMonth ?? 0, helpedFen: e.helpedFenPerMonth ?? 0, clueId: e.clueId },
      });
    }
  }

  return {
    titleOf,
    alert,
    told,
    toldJudgement,
    judge,
    onClueClosed,
    /** For the page of a household: what was noticed about its people, without the reasons. */
    alertsOf: async (tx: Tx, persons: readonly string[]) =>
      (await store.alertsOf(tx, persons)).map((a) => {
        const { id, title, person, state, level, raisedOn, judgedOn, savedFen, helpedFen } = a;
        return {
          ...{ id, title, person, state, level, stateLabel: ALERT_STATES[state], raisedOn, judgedOn },
          ...{ savedFen, helpedFen, feedTitle: titleOf(a.feed) },
        };
      }),
    /** Whom a list says that payment should stop for, unless somebody called it a false alarm; for a look after the payment. */
    listed: store.listed,
    async alerts(tx: Tx, q: store.AlertQuery) {
      const { rows, total } = await store.listAlerts(tx, q);
      const gone = await goneIn(tx);
      return { rows: rows.map((a) => alertView(tx, a, gone)), total };
    },
  };
}
