/** The use cases of entitlements; the caller's transaction is theirs. Decisions, deaths and reviews have files of their own. */
import { addDays, DomainError, type Month, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { createAges } from "./ages.ts";
import { createCommon } from "./common.ts";
import { createDeathCorrections } from "./death-corrections.ts";
import { createDeaths } from "./deaths.ts";
import { createDecisions } from "./decisions.ts";
import { createHomes } from "./homes.ts";
import { createLife } from "./life.ts";
import type { ChangeInput } from "./life-model.ts";
import { createLinkage } from "./linkage.ts";
import { createNotices, templateOf } from "./notices.ts";
import type { EntitlementsDeps } from "./ports.ts";
import * as queries from "./queries.ts";
import { createRepriceJobs } from "./reprice-jobs.ts";
import { createRepricing } from "./repricing.ts";
import { createReshaping } from "./reshape.ts";
import { createReviews, REVIEWERS } from "./reviews.ts";
import * as store from "./store.ts";
import { entitlementBrief, entitlementPage, entitlementRow } from "./views.ts";

export type Entitlements = ReturnType<typeof createEntitlements>;

export function createEntitlements(deps: EntitlementsDeps) {
  const { clock } = deps;
  const common = createCommon(deps);
  const { itemOf } = common;
  const { onDecision } = createDecisions(deps, common);
  const deaths = createDeaths(deps, common);
  const { onDeath, overpaid } = deaths;
  const { recordReview } = createReviews(deps, common, page);
  const life = createLife(deps, common);
  const { repricing, registry } = deps;

  async function listRecords(tx: Tx, q: queries.ListQuery) {
    const today = clock.today();
    return queries.list(tx, q, monthOf(today), addDays(today, 30));
  }

  async function list(tx: Tx, q: queries.ListQuery) {
    const { rows, total } = await listRecords(tx, q);
    return { rows: rows.map((r) => entitlementRow(deps, tx.actor.countyCode, r)), total };
  }

  /** With amounts, persons, reviews and payments. Reading it is written down. */
  async function page(tx: Tx, id: string) {
    const [row] = (await listRecords(tx, { id, size: 1 })).rows;
    if (!row) throw new DomainError("not-found", "没有找到这项待遇，或不在您的管辖范围内。");
    await deps.audit.record(tx, { action: "entitlement.read", object: "entitlement", objectId: id });
    const e = await common.get(tx, id);
    const amounts = (await store.amountsOf(tx, id)).map((a) => ({
      ...a,
      notice: templateOf(deps, e, a)?.title ?? null,
    }));
    return entitlementPage(deps, tx.actor, row, {
      amounts,
      coverage: await store.coverageOf(tx, id),
      reviews: await store.reviewsOf(tx, id),
      payments: await deps.paid.ofEntitlements(tx, [id]),
      canReview: REVIEWERS.has(tx.actor.role),
      changes: await life.changesOf(tx, id),
      possible: await life.possible(tx, id),
      livesWith: await life.livesWith(tx, e),
    });
  }

  /** For the page of one person: what covers, is paid to, or was applied for by the person. */
  async function forPerson(tx: Tx, personId: string) {
    const { rows } = await listRecords(tx, { persons: [personId], size: 200 });
    return rows.map((r) => entitlementBrief(deps, r));
  }

  /** For the page of a household: its own, and those of its members. */
  async function forHousehold(tx: Tx, householdId: string, memberIds: readonly string[] = []) {
    const own = await listRecords(tx, { household: householdId, size: 200 });
    const members =
      memberIds.length > 0 ? await listRecords(tx, { persons: memberIds, size: 200 }) : { rows: [] };
    const seen = new Map([...own.rows, ...members.rows].map((r) => [r.id, r]));
    return [...seen.values()].map((r) => entitlementBrief(deps, r));
  }

  const runs = repricing ? createRepricing({ ...deps, repricing }, common) : undefined;
  return {
    onDecision,
    onDeath,
    ...createDeathCorrections(deps, common, deaths),
    /** For the daily sweep. */
    openAgeReviews: createAges(deps).openAgeReviews,
    recordReview,
    list,
    page,
    forPerson,
    forHousehold,
    /** What the county owes in a month, in the order of the roster. Later engines use SQL `entitlement_owed(month)`. */
    owed: (tx: Tx, month: Month) => queries.owed(tx, month),
    /** Open reviews due within so many days (default 30), overdue ones first. */
    dueReviews: async (tx: Tx, withinDays = 30, limit = 200) =>
      (await queries.dueReviews(tx, addDays(clock.today(), withinDays), limit)).map((r) => ({
        ...r,
        itemTitle: itemOf(r.item).title,
        divisionName: deps.divisionName(tx.actor.countyCode, r.divisionCode),
      })),
    overpaid,
    /** Absent where the engine was made without people. */
    changeHome: registry ? createHomes(deps, registry, common) : undefined,
    previewChange: life.preview,
    /** Gives the page as it then is. */
    async change(tx: Tx, id: string, input: ChangeInput & { readonly id: string }) {
      await life.change(tx, id, input);
      return page(tx, id);
    },
    /** Absent where the engine was made without rules to reprice by. */
    repricing: runs,
    /** 变动通知书; absent where the engine was made without rules. */
    notices: runs ? createNotices(deps, common, runs.explainAmount) : undefined,
    /** Absent where the engine was made without rules or people. */
    reshaping: repricing && registry ? createReshaping({ ...deps, repricing, registry }, common) : undefined,
    /** Absent where the engine was made without subsidies that follow from others. */
    linkage: deps.linkages ? createLinkage({ ...deps, linkages: deps.linkages }) : undefined,
    /** What the worker runs. */
    jobs: repricing ? createRepriceJobs({ ...deps, repricing }) : {},
    /** Of these persons, those whom an entitlement of the item covers now or later. */
    holders: (tx: Tx, item: string, personIds: readonly string[]) =>
      queries.holders(tx, item, personIds, monthOf(clock.today())),
    /** What others go on drawing with whom this person is still counted. */
    leaving: async (tx: Tx, personId: string) =>
      (await queries.sharedBy(tx, personId, monthOf(clock.today()))).map(({ id, item }) => ({
        entitlementId: id,
        itemTitle: itemOf(item).title,
      })),
    /** Of these persons, those in a household that a split made and no case decided yet. */
    dividedOff: (tx: Tx, item: string, personIds: readonly string[]) =>
      queries.dividedOff(tx, item, personIds, monthOf(clock.today())),
    /** What is owed for these persons in a month, by item, with each one's share. */
    drawn: queries.drawn,
    ofCase: queries.ofCase,
    endedOf: queries.endedOf,
    standingOf: queries.standingOf,
    drawnOfCases: queries.drawnOfCases,
    caseOf: queries.caseOf,
    /** Who draws the item in one of these months: for trying other standards on them. */
    holdersIn: queries.holdersIn,
  };
}
