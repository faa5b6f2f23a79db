/** The use cases; the caller's transaction is theirs. Runs, alerts and 核对 have files of their own. */
import { addDays, DomainError, derivedId } from "@wuxin/kernel";
import type { Database, Tx } from "@wuxin/platform";
import type { Reason } from "./alerts.ts";
import { createChecks } from "./checks.ts";
import { createConnectors } from "./connectors.ts";
import {
  ALERT_STATES,
  type ClueClosed,
  DECLARED_BESIDE_FOUND,
  type Judgement,
  judged,
  ORIGINS,
  precisionOf,
  RUN_STATES,
  type ToldAlert,
} from "./model.ts";
import type { MatchingDeps } from "./ports.ts";
import { createRuns } from "./runs.ts";
import { fromText, type ScanReport, whatBroke } from "./scan-feed.ts";
import * as store from "./store.ts";
import { createSupporters } from "./supporters.ts";
import { createTokens } from "./tokens.ts";

export type Matching = ReturnType<typeof createMatching>;

export interface JudgeInput {
  readonly id: string;
  readonly judgement: Judgement;
  readonly outcome: string;
  readonly savedFen: number;
  readonly helpedFen: number;
}

const PROPOSALS = { review: "复核", help: "上门告知并帮助申请", "stop-payment": "停发" } as const;

export function createMatching(deps: MatchingDeps) {
  const { clock, catalogue, audit, vault } = deps;
  const runs = createRuns(deps);
  const supporters = createSupporters(deps);
  const checks = createChecks(deps, supporters);
  const tokens = createTokens(deps);
  const connectors = createConnectors(deps, runs);
  const titleOf = (feed: string) =>
    feed === DECLARED_BESIDE_FOUND.feed
      ? DECLARED_BESIDE_FOUND.feedTitle
      : (catalogue.feeds.get(feed)?.title ?? feed);

  function runView(r: store.RunRecord) {
    const report = r.report as Partial<ScanReport> & {
      refusal?: string;
      alerts?: number;
      again?: number;
      watched?: number;
    };
    return {
      ...{
        id: r.id,
        feed: r.feed,
        feedTitle: titleOf(r.feed),
        origin: r.origin,
        originLabel: ORIGINS[r.origin],
        fileName: r.fileName,
      },
      ...{
        fileBytes: r.fileBytes,
        asOf: r.asOf,
        state: r.state,
        stateLabel: RUN_STATES[r.state],
        receivedAt: r.receivedAt,
      },
      ...{ receivedBy: r.receivedByName, endedAt: r.endedAt, fileDeletedAt: r.fileDeletedAt },
      refusal: report.refusal ?? null,
      encoding: report.encoding ?? null,
      rows: report.rows ?? null,
      watched: report.watched ?? null,
      persons: report.persons ?? null,
      alerts: report.alerts ?? null,
      again: report.again ?? null,
      misshapen: report.misshapen ?? 0,
      unreadable: report.unreadable ?? 0,
      broken: report.broken ? whatBroke(report.broken) : "",
      brokenRows: [...(report.brokenAt ?? []), ...(report.misshapenAt ?? [])]
        .map((x) => x.row)
        .sort((a, b) => a - b),
    };
  }

  async function feeds(tx: Tx) {
    const last = new Map((await store.lastRuns(tx)).map((r) => [r.feed, r]));
    return [...catalogue.feeds.values()].map((f) => {
      const r = last.get(f.code);
      return {
        ...{ code: f.code, title: f.title, department: f.department, purpose: f.purpose, basis: f.basis },
        ...{ authorisedOnly: f.authorisedOnly === true, use: f.use, freshDays: f.freshDays },
        key: f.key.kind,
        columns: f.columns.map((c) => ({
          label: c.label,
          required: c.required === true,
          unit: c.unit ?? null,
        })),
        lastAsOf: r?.asOf ?? null,
        stale: r === undefined || r.asOf < addDays(clock.today(), -f.freshDays),
        last: r ? runView(r) : null,
      };
    });
  }

  async function rules(tx: Tx) {
    const counts = new Map((await store.countByRule(tx)).map((c) => [c.rule, c]));
    const declared = [...catalogue.signals.values()].map((s) => ({
      ...{ code: s.code, title: s.title, feedTitle: titleOf(s.feed), proposes: s.proposes },
      basis: [s.article.title, s.article.document, s.article.article].filter(Boolean).join(" "),
      unverified: s.article.unverified === true,
    }));
    return [...declared, { ...DECLARED_BESIDE_FOUND, unverified: false }].map((s) => {
      const c = counts.get(s.code);
      const n = {
        total: 0,
        pending: 0,
        confirmed: 0,
        false: 0,
        noChange: 0,
        savedFen: 0,
        helpedFen: 0,
        ...c,
      };
      return {
        ...{ code: s.code, title: s.title, feedTitle: s.feedTitle, proposes: s.proposes },
        ...{ proposesLabel: PROPOSALS[s.proposes], basis: s.basis, unverified: s.unverified },
        ...{
          hits: n.total,
          pending: n.pending,
          confirmed: n.confirmed,
        },
        ...{
          false: n.false,
          noChange: n.noChange,
          precision: precisionOf(n),
          savedFen: n.savedFen,
          helpedFen: n.helpedFen,
        },
      };
    });
  }

  const opened = (a: store.AlertRecord): Reason => JSON.parse(vault.open(a.reasonSealed)) as Reason;
  function alertView(tx: Tx, a: store.AlertRecord) {
    const { reasonSealed: _, ...rest } = a;
    return {
      ...rest,
      feedTitle: titleOf(a.feed),
      reason: opened(a).reason,
      proposesLabel: PROPOSALS[a.proposes as keyof typeof PROPOSALS],
      stateLabel: ALERT_STATES[a.state],
      divisionName: deps.divisionName(tx.actor.countyCode, a.divisionCode),
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
    const match = a.runId ? await store.matchOf(tx, a.runId, a.personId) : undefined;
    return {
      ...alertView(tx, a),
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

  async function settle(
    tx: Tx,
    alertId: string,
    input: JudgeInput & { clueId: string | null },
  ): Promise<void> {
    const a = await store.lockAlert(tx, alertId);
    if (!a) throw new DomainError("not-found", "没有找到这条预警，或不在您的管辖范围内。");
    if (judged(a.state, input.judgement) === "same") return;
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
  }
  /** By a person at the desk. Errors: not-found, action-not-allowed. */
  const judge = (tx: Tx, alertId: string, input: JudgeInput) =>
    settle(tx, alertId, { ...input, clueId: null });
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
    ...{
      feedOf: runs.feedOf,
      save: runs.save,
      receive: runs.receive,
      openInbox: runs.openInbox,
      collect: runs.collect,
      jobs: { ...runs.jobs, ...checks.jobs },
      finish: runs.finish,
      close: runs.close,
      feeds,
      rules,
      alert,
      told,
      judge,
      onClueClosed,
      checks,
      supporters,
      tokens,
      connectors,
    },
    sweep: (db: Database, countyCode: string) => runs.sweep(db, countyCode),
    /** Newest first. */
    runs: async (tx: Tx, q: { feed?: string | undefined }) =>
      (await store.listRuns(tx, q.feed ?? null, 50)).map(runView),
    knows: async (tx: Tx, id: string) => (await store.findRun(tx, id)) !== undefined,
    async run(tx: Tx, id: string) {
      const r = await store.findRun(tx, id);
      if (!r) throw new DomainError("not-found", "没有找到这次比对。");
      return runView(r);
    },
    /** For the page of a household: what was noticed about its people, without the reasons. */
    alertsOf: async (tx: Tx, persons: readonly string[]) =>
      (await store.alertsOf(tx, persons)).map((a) => {
        const { id, title, person, state, level, raisedOn, judgedOn, savedFen, helpedFen } = a;
        return {
          ...{
            id,
            title,
            person,
            state,
            level,
            stateLabel: ALERT_STATES[state],
            raisedOn,
            judgedOn,
            savedFen,
            helpedFen,
          },
          feedTitle: titleOf(a.feed),
        };
      }),
    /** Whom a list says that payment should stop for, unless somebody called it a false alarm; for a look after the payment. */
    listed: store.listed,
    async alerts(tx: Tx, q: store.AlertQuery) {
      const { rows, total } = await store.listAlerts(tx, q);
      return { rows: rows.map((a) => alertView(tx, a)), total };
    },
  };
}
