/** 核对: authorise first; what was declared beside what the lists say, as a numbered report with an end. It decides nothing. */
import { addMonths, DomainError, lastDay, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Authorising } from "./authorising.ts";
import * as store from "./checks-store.ts";
import { type Compared, createComparing } from "./comparing.ts";
import type { MatchingDeps } from "./ports.ts";
import { createRechecks } from "./rechecks.ts";
import type { WithSupporters } from "./supporters.ts";
import { createSupporting, type SupporterPart } from "./supporting.ts";

const SERIES = "{county}核对报〔{year}〕{n}号";
const DEFAULT_VALID_MONTHS = 6;

interface Report extends Omit<Compared, "open"> {
  /** Reports made before supporters were asked about have none. */
  readonly supporters?: readonly SupporterPart[];
  readonly caseNumber: string;
  readonly itemTitle: string;
  readonly applicant: string;
  readonly persons: readonly string[];
}

export function createChecks(deps: MatchingDeps, { caseOf, refuse }: Authorising) {
  const { clock, audit, vault } = deps;
  const { look } = createComparing(deps);
  const { support } = createSupporting(deps);

  async function write(
    tx: Tx,
    c: WithSupporters,
    of: { id: string; purpose: store.Purpose; batchId: string | null; replaces: string | null },
  ): Promise<{ number: string; items: Compared["items"] }> {
    if (c.lacking.length > 0) await refuse(tx, c);
    const today = clock.today();
    const own = await look(tx, c);
    const others = await support(tx, c, c.supporters);
    const rows = [...own.items, ...others.items];
    const differences = [...rows, ...others.parts.flatMap((p) => p.items)].filter((r) => r.differs).length;
    const months = Number(
      deps.choice(tx.actor.countyCode, "checkValidMonths", today) ?? DEFAULT_VALID_MONTHS,
    );
    const report: Report = {
      ...{ caseNumber: c.number, itemTitle: c.itemTitle, applicant: c.applicantName, items: rows },
      found: [...own.found, ...others.found],
      persons: c.persons.map((p) => p.name),
      supporters: others.parts,
    };
    const number = await deps.nextNumber(tx, SERIES, Number(today.slice(0, 4)));
    await store.insertCheck(tx, {
      ...{ ...of, number, caseId: c.id, applicantId: c.applicantId, divisionCode: c.divisionCode },
      ...{ persons: c.persons.length + c.supporters.length, differences, madeOn: today },
      validUntil: lastDay(addMonths(monthOf(today), months)),
      sealed: vault.seal(JSON.stringify(report)),
      at: clock.now(),
    });
    await audit.record(tx, {
      ...{ action: "check.make", object: "check", objectId: of.id },
      detail: `${number}，${c.number}，${c.persons.length} 人${c.supporters.length > 0 ? `、义务人 ${c.supporters.length} 人` : ""}，${differences} 项不一致`,
    });
    return { number, items: rows };
  }
  const rechecks = createRechecks(deps, caseOf, (tx, c, of) =>
    write(tx, c, { ...of, purpose: "recheck", replaces: null }),
  );

  /** For one case. The same id again changes nothing. Errors: forbidden, not-found, not-authorised. */
  async function make(tx: Tx, input: { id: string; caseId: string }): Promise<void> {
    if (await store.findCheck(tx, input.id)) return;
    const c = await caseOf(tx, input.caseId);
    await write(tx, c, { id: input.id, purpose: "application", batchId: null, replaces: null });
  }

  async function getCheck(tx: Tx, id: string) {
    const c = await store.findCheck(tx, id);
    if (!c) throw new DomainError("not-found", "没有找到这份核对报告，或不在您的管辖范围内。");
    return c;
  }
  async function page(tx: Tx, id: string) {
    const { sealed, ...c } = await getCheck(tx, id);
    await audit.record(tx, { action: "check.read", object: "check", objectId: id });
    const { found: _, items, ...report } = JSON.parse(vault.open(sealed)) as Report;
    const objections = await store.objectionsOf(tx, id);
    return {
      ...view(tx, c),
      ...report,
      supporters: report.supporters ?? [],
      // Reports made before `compared` was kept.
      items: items.map((i) => ({ ...i, compared: i.compared ?? (i.asOf !== null && i.declared !== null) })),
      personNames: report.persons,
      persons: c.persons,
      objections: objections.map(({ raisedBy: _, reasonSealed, answerSealed, ...o }) => ({
        ...o,
        reason: vault.open(reasonSealed),
        answer: answerSealed ? vault.open(answerSealed) : null,
      })),
      can: {
        object: c.replacedBy === null,
        answer: objections.some((o) => o.answeredOn === null) && tx.actor.role === "county",
      },
    };
  }
  const view = (tx: Tx, c: store.CheckRecord) => ({
    ...c,
    divisionName: deps.divisionName(tx.actor.countyCode, c.divisionCode),
    expired: c.validUntil < clock.today(),
  });

  async function object(tx: Tx, checkId: string, input: { id: string; reason: string }): Promise<void> {
    const { number } = await getCheck(tx, checkId);
    await store.insertObjection(tx, {
      id: input.id,
      reasonSealed: vault.seal(input.reason),
      checkId,
      on: clock.today(),
    });
    await audit.record(tx, {
      action: "check.object",
      object: "check",
      objectId: checkId,
      detail: number,
    });
  }
  /** An objection is answered by asking again: a new report that replaces the old one. */
  async function answer(tx: Tx, checkId: string, input: { id: string; answer: string }): Promise<void> {
    if (await store.findCheck(tx, input.id)) return;
    const old = await getCheck(tx, checkId);
    if (old.openObjections === 0)
      throw new DomainError("action-not-allowed", "这份报告没有待答复的异议，请刷新页面。");
    const mine = (await store.objectionsOf(tx, checkId)).some(
      (o) => o.answeredOn === null && o.raisedBy !== null && o.raisedBy === tx.actor.accountId,
    );
    if (mine) throw new DomainError("same-signer", "登记异议的人不能自己答复，请由另一人复查。");
    await write(tx, await caseOf(tx, old.caseId), {
      ...{ id: input.id, purpose: "objection", batchId: null, replaces: checkId },
    });
    await store.answerObjections(tx, checkId, clock.today(), vault.seal(input.answer));
    await audit.record(tx, {
      action: "check.answer",
      object: "check",
      objectId: checkId,
      detail: old.number,
    });
  }

  return {
    make,
    ...rechecks,
    page,
    object,
    answer,
    /** The newest report of a case that is still valid: number, days and figures, for the step that takes it in. */
    async findings(tx: Tx, caseId: string) {
      const newest = (await store.checksOf(tx, [caseId])).find((c) => c.replacedBy === null);
      if (!newest || newest.validUntil < clock.today()) return null;
      const { sealed, number, madeOn, validUntil } = await getCheck(tx, newest.id);
      await audit.record(tx, { action: "check.read", object: "check", objectId: newest.id });
      return { number, madeOn, validUntil, rows: (JSON.parse(vault.open(sealed)) as Report).found };
    },
    /** For the page of a household. */
    ofCases: async (tx: Tx, cases: readonly string[]) =>
      (await store.checksOf(tx, cases)).map((c) => view(tx, c)),
    async list(
      tx: Tx,
      q: { case?: string | undefined; differing?: boolean | undefined; page?: number | undefined },
    ) {
      const { rows, total: n } = await store.listChecks(tx, q);
      return { rows: rows.map((c) => view(tx, c)), total: n };
    },
  };
}
