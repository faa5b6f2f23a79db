/** The use cases; the caller's transaction is theirs. Runs, alerts and 核对 have files of their own. */
import { addDays, DomainError } from "@wuxin/kernel";
import type { Database, Tx } from "@wuxin/platform";
import { countByRule, moveAlerts } from "./alerts-store.ts";
import { createAnswerInbox } from "./answer-inbox.ts";
import { createAuthorising } from "./authorising.ts";
import { createChecks } from "./checks.ts";
import { createConnectors } from "./connectors.ts";
import { createFalls } from "./falls.ts";
import { createJudging, PROPOSALS } from "./judging.ts";
import { DECLARED_BESIDE_FOUND, FALLS, ORIGINS, precisionOf, RUN_STATES } from "./model.ts";
import { createPackages } from "./packages.ts";
import type { MatchingDeps } from "./ports.ts";
import { createRuns } from "./runs.ts";
import { type ScanReport, whatBroke } from "./scan-feed.ts";
import * as store from "./store.ts";
import { createSupporters } from "./supporters.ts";
import { createTokens } from "./tokens.ts";

export type Matching = ReturnType<typeof createMatching>;

export function createMatching(deps: MatchingDeps) {
  const { clock, catalogue } = deps;
  const runs = createRuns(deps);
  const supporters = createSupporters(deps);
  const authorising = createAuthorising(deps, supporters);
  const checks = createChecks(deps, authorising);
  const packages = createPackages(deps, authorising, checks.dueSoon);
  const answers = createAnswerInbox(deps, packages);
  const tokens = createTokens(deps);
  const connectors = createConnectors(deps, runs);
  const judging = createJudging(deps);
  const { titleOf } = judging;

  function runView(r: store.RunRecord) {
    const report = r.report as Partial<ScanReport> & {
      refusal?: string;
      alerts?: number;
      again?: number;
      watched?: number;
      withdrawn?: number;
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
      ...{ replaces: r.replaces, replacedBy: r.replacedByName, withdrawn: report.withdrawn ?? null },
      fall:
        r.fall === null || r.fallFrom === null
          ? null
          : {
              ...{ state: r.fall, stateLabel: FALLS[r.fall], from: r.fallFrom, by: r.fallJudgedByName },
              reason: r.fallReasonSealed ? deps.vault.open(r.fallReasonSealed) : null,
            },
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
        ...{
          authorisedOnly: f.authorisedOnly === true,
          use: f.use,
          freshDays: f.freshDays,
          extent: f.extent,
        },
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
    const counts = new Map((await countByRule(tx)).map((c) => [c.rule, c]));
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
        withdrawn: 0,
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
          withdrawn: n.withdrawn,
          precision: precisionOf(n),
          savedFen: n.savedFen,
          helpedFen: n.helpedFen,
        },
      };
    });
  }

  return {
    ...{
      feedOf: runs.feedOf,
      save: runs.save,
      receive: runs.receive,
      jobs: { ...runs.jobs, ...checks.jobs },
      finish: runs.finish,
      close: runs.close,
      feeds,
      rules,
      checks,
      packages,
      supporters,
      tokens,
      connectors,
    },
    sweep: (db: Database, countyCode: string) => runs.sweep(db, countyCode),
    openInbox(countyCode: string): void {
      runs.openInbox(countyCode);
      answers.openInbox(countyCode);
    },
    async collect(db: Database, countyCode: string): Promise<void> {
      await runs.collect(db, countyCode);
      await answers.collect(db, countyCode);
    },
    /** Newest first. */
    runs: async (tx: Tx, q: { feed?: string | undefined }) =>
      (await store.listRuns(tx, q.feed ?? null, 50)).map(runView),
    knows: async (tx: Tx, id: string) => (await store.findRun(tx, id)) !== undefined,
    async run(tx: Tx, id: string) {
      const r = await store.findRun(tx, id);
      if (!r) throw new DomainError("not-found", "没有找到这次比对。");
      return runView(r);
    },
    ...judging,
    ...createFalls(deps),
    /** Of the outbox event `people.moved`: what waits for judgement is judged where they live now. */
    onMoved: (tx: Tx, to: { readonly personIds: readonly string[]; readonly divisionCode: string }) =>
      moveAlerts(tx, to.personIds, to.divisionCode),
  };
}
