/** The life of a roster: signed, discarded, read; made in making.ts, held in holding.ts, banked in files.ts and returns.ts. */

import { addMonths, DomainError, firstDay, type Month, monthOf } from "@wuxin/kernel";
import { isUniqueViolation, type Tx } from "@wuxin/platform";
import { createChoice } from "./choice.ts";
import { createDesk } from "./desk.ts";
import { contentDigest } from "./digest.ts";
import { createFiles } from "./files.ts";
import * as flags from "./flag-store.ts";
import * as generate from "./generate.ts";
import { inWords, lock, requireMoney } from "./guards.ts";
import { createHolding } from "./holding.ts";
import * as lines from "./lines.ts";
import { createMaking } from "./making.ts";
import {
  LINE_STATES,
  mayDiscard,
  ROSTER_STATES,
  type SignStep,
  STEPS,
  stepRule,
  whyNotSign,
} from "./model.ts";
import { createObjections } from "./objections.ts";
import * as papers from "./papers.ts";
import type { PaymentsDeps } from "./ports.ts";
import { proveRosters } from "./proof.ts";
import { createRosterPublicity } from "./publicity.ts";
import { createRechecks } from "./rechecks.ts";
import { createRecoveries } from "./recoveries.ts";
import { createReturns } from "./returns.ts";
import * as settled from "./settled.ts";
import * as store from "./store.ts";
import * as sums from "./sums.ts";
import { failure, itemTitle, releaseOf, rosterLine, rosterRow } from "./views.ts";

export type Payments = ReturnType<typeof createPayments>;

/** The caller's transaction is theirs. */
export function createPayments(deps: PaymentsDeps) {
  const { clock, audit } = deps;
  const returns = createReturns(deps);
  const files = createFiles(deps);
  const desk = createDesk(deps, { lastReturn: returns.lastReturn, makings: files.makings });
  const { note, get, view } = desk;
  const recoveries = createRecoveries(deps);
  const making = createMaking(deps, desk, recoveries);
  const holding = createHolding(deps, desk);
  const publicity = createRosterPublicity(deps, desk);
  const { choice, choose } = createChoice(deps, desk, holding);
  const rechecks = createRechecks(deps, desk, recoveries);

  /** Everything of the page; reading leaves a line in the trail. */
  async function page(tx: Tx, id: string) {
    await note(tx, "roster.read", id, "");
    return view(tx, id);
  }

  /**
   * One of three signatures, by three people, over the digest that the person saw.
   * Errors: forbidden, same-signer, roster-changed, flags-open, action-not-allowed.
   */
  async function sign(tx: Tx, rosterId: string, input: { step: SignStep; digest: string }) {
    const rule = stepRule(input.step);
    requireMoney(tx, `${rule.label}签字`, rule.roles);
    const roster = await lock(tx, rosterId);
    const signatures = await papers.signaturesOf(tx, rosterId);
    const mine = signatures.find((s) => s.step === input.step);
    if (mine && mine.accountId === tx.actor.accountId && mine.digest === input.digest)
      return view(tx, rosterId);
    const refusal = whyNotSign(roster, rule, signatures, tx.actor, await flags.openBlocks(tx, rosterId));
    if (refusal) throw new DomainError(refusal.code, refusal.message);
    if (input.digest !== roster.digest)
      throw new DomainError("roster-changed", "您打开页面后名册内容有变化，请刷新页面核对后再签字。");
    if ((await contentDigest(tx, roster)) !== roster.digest)
      throw new DomainError(
        "roster-changed",
        "名册明细与摘要不一致，可能被改动过。请作废重做，并告知系统管理员。",
      );
    try {
      await papers.insertSignature(tx, {
        rosterId,
        step: input.step,
        digest: roster.digest,
        at: clock.now(),
      });
    } catch (error) {
      if (isUniqueViolation(error, "roster_signature_person_once"))
        throw new DomainError("same-signer", "制表、复核、审批须由三个不同的人签，您已签过其中一步。");
      throw error;
    }
    await store.setState(tx, rosterId, rule.to);
    await note(tx, "roster.sign", rosterId, `${rule.label}，摘要 ${roster.digest.slice(0, 12)}`);
    return view(tx, rosterId);
  }

  /** Before the bank has it. Slots become free; failures that a reissue had taken wait again. */
  async function discard(tx: Tx, rosterId: string, input: { reason: string }) {
    requireMoney(tx, "作废名册", ["county"]);
    const roster = await lock(tx, rosterId);
    if (roster.state === "discarded") return view(tx, rosterId);
    if (!mayDiscard(roster.state))
      throw new DomainError(
        "action-not-allowed",
        `名册“${ROSTER_STATES[roster.state]}”，银行文件已生成，不能作废；发错的请走追缴。`,
      );
    if (roster.parentId !== null) {
      await lock(tx, roster.parentId);
      await generate.giveBackReissued(tx, rosterId);
    }
    await store.discardRoster(tx, rosterId, input.reason, clock.now());
    await files.forget(tx, rosterId);
    if (roster.parentId !== null) {
      await sums.refreshHead(tx, roster.parentId);
      await sums.closeOrReopen(tx, roster.parentId);
    }
    await note(tx, "roster.discard", rosterId, input.reason);
    return view(tx, rosterId);
  }

  /** Rosters that wait for a signature which this person may give. */
  async function toSign(tx: Tx) {
    const { rows } = await store.listRosters(tx, 50, 0);
    const waiting = [];
    for (const r of rows) {
      const rule = STEPS.find((s) => s.from === r.state);
      if (!rule?.roles.includes(tx.actor.role)) continue;
      const refusal = whyNotSign(r, rule, await papers.signaturesOf(tx, r.id), tx.actor, 0);
      if (refusal === null) waiting.push({ ...rosterRow(r), step: rule.step, stepLabel: rule.label });
    }
    return waiting;
  }

  return {
    generate: inWords(making.generateMonth),
    page,
    hold: inWords(holding.hold),
    release: inWords(holding.release),
    ...publicity,
    publish: inWords(publicity.publish),
    choice,
    choose: inWords(choose),
    sign: inWords(sign),
    discard: inWords(discard),
    reissue: inWords(making.reissue),
    onDeath: holding.onDeath,
    /** For `npm run verify`. */
    prove: (tx: Tx) => proveRosters(tx, deps.vault),
    rechecks,
    objections: createObjections(deps),
    /** What each rule is called in a month. */
    flagLabels: (tx: Tx, month: Month): ReadonlyMap<string, string> =>
      new Map(deps.redFlags(tx.actor.countyCode, month).map((r) => [r.rule, r.label])),
    recoveries: { ...recoveries, repay: inWords(recoveries.repay), answer: inWords(recoveries.answer) },
    toSign,
    /** The last few with who has signed what, for the desk. */
    recent: async (tx: Tx, count: number) => {
      const { rows } = await store.listRosters(tx, count, 0);
      const recent = [];
      for (const r of rows) {
        const { id, month, title, totalFen, lines: lineCount, stateLabel } = rosterRow(r);
        const signed = await papers.signaturesOf(tx, r.id);
        const signatures = STEPS.map(({ step, label }) => ({
          step,
          label,
          by: signed.find((s) => s.step === step)?.name ?? null,
        }));
        recent.push({ id, month, title, totalFen, lines: lineCount, stateLabel, signatures });
      }
      return recent;
    },
    ...files,
    ...returns,
    jobs: { ...files.jobs, ...returns.jobs },
    /** `makeBankFile`, with the page after it. */
    exportBankFile: async (tx: Tx, id: string, input: { id: string; format: string }) => {
      await files.makeBankFile(tx, id, input);
      return view(tx, id);
    },
    askBankFile: async (tx: Tx, id: string, input: { id: string; format: string }) => {
      await files.askBankFile(tx, id, input);
      return view(tx, id);
    },
    list: async (tx: Tx, q: { page?: number; size?: number } = {}) => {
      const size = q.size ?? 20;
      const { rows, total } = await store.listRosters(tx, size, ((q.page ?? 1) - 1) * size);
      const reissues = await store.reissuesOf(
        tx,
        rows.map((r) => r.id),
      );
      return { rows: rows.map((r) => rosterRow(r, reissues)), total };
    },
    /** Names and masked accounts; reading leaves a line in the trail. */
    listLines: async (tx: Tx, rosterId: string, q: lines.LineQuery = {}) => {
      await get(tx, rosterId);
      const found = await lines.listLines(tx, rosterId, q);
      const raised = await flags.flagsOf(
        tx,
        found.rows.map((l) => l.id),
      );
      const [first, last] = [found.rows[0], found.rows.at(-1)];
      const read = first && last ? `第 ${first.seq} 至 ${last.seq} 号中的 ${found.rows.length} 笔` : "0 笔";
      await note(tx, "roster.lines", rosterId, read);
      return { ...found, rows: found.rows.map((l) => rosterLine(deps, tx.actor.countyCode, l, raised)) };
    },
    /** Lines held for the death of this person, as `listLines`; with the roster, and whether the reader may release them. */
    heldForDeath: async (tx: Tx, personId: string) => {
      const held = await lines.heldForDeath(tx, personId);
      const raised = await flags.flagsOf(
        tx,
        held.map((l) => l.id),
      );
      const found = [];
      for (const l of held) {
        const r = await get(tx, l.rosterId);
        const roster = { id: r.id, title: r.title, ...releaseOf(tx.actor, r) };
        found.push({ roster, line: rosterLine(deps, tx.actor.countyCode, l, raised) });
      }
      return found;
    },
    /** Failures of the reader's scope: those that wait, and those paid again in the last half year. */
    failures: async (tx: Tx) => {
      const found = await settled.failures(tx, firstDay(addMonths(monthOf(clock.today()), -6)));
      await audit.record(tx, { action: "payment.failures", object: "payment", detail: `${found.length} 笔` });
      return found.map((f) => failure(deps, tx.actor.countyCode, f));
    },
    /** What was paid month by month, for the page of a person or household; latest first. */
    months: async (tx: Tx, entitlementIds: readonly string[], limitMonths = 24) => {
      const rows =
        entitlementIds.length === 0 ? [] : await settled.monthsOf(tx, entitlementIds, limitMonths * 8);
      const byMonth = new Map<Month, { itemTitle: string; amountFen: number; result: string }[]>();
      for (const r of rows) {
        const cells = byMonth.get(r.month) ?? [];
        cells.push({
          itemTitle: itemTitle(deps, r.item),
          amountFen: r.amountFen,
          result: r.state === "paid" && r.change === "reissue" ? "补发成功" : LINE_STATES[r.state],
        });
        byMonth.set(r.month, cells);
      }
      return [...byMonth].slice(0, limitMonths).map(([month, cells]) => ({ month, cells }));
    },
  };
}
