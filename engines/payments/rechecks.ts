/** 发放后复查: what a month paid is asked again with what is known today; what a finding comes to, a person says. */
import { addMonths, DomainError, isMonth, type Month, monthOf, newId } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Desk } from "./desk.ts";
import * as flags from "./flag-store.ts";
import { requireMoney } from "./guards.ts";
import type { PaymentsDeps } from "./ports.ts";
import * as store from "./recheck-store.ts";
import type { Recoveries } from "./recoveries.ts";
import { roomForSets } from "./store.ts";
import { itemTitle } from "./views.ts";

export const OUTCOMES = { justified: "正当", recovery: "追缴", clue: "转线索" } as const;

export interface Deciding {
  readonly lineId: string;
  readonly rule: string;
  readonly outcome: store.Outcome;
  readonly note: string;
}
/** So many are shown at once; the sums are of all. */
const SHOWN = 200;
/** Who may say what a finding comes to. */
const JUDGES = ["county", "auditor"];

export function createRechecks(deps: PaymentsDeps, desk: Desk, recoveries: Pick<Recoveries, "propose">) {
  const { clock, audit } = deps;
  const note = (tx: Tx, action: string, objectId: string, detail: string) =>
    audit.record(tx, { action, object: "recheck", objectId, detail });

  /** Everything the month's rosters paid, asked again; what was found before stands. Gives how many are new. */
  async function ask(tx: Tx, month: Month): Promise<number> {
    await store.lockMonth(tx, month);
    const rosters = await store.paidRosters(tx, month);
    if (rosters.length === 0) return 0;
    await roomForSets(tx);
    const at = clock.now();
    const id = newId();
    await store.insertRecheck(tx, { id, month, at, lines: rosters.reduce((n, r) => n + r.lines, 0) });
    const apart = deps.exclusions(tx.actor.countyCode, month);
    const known = {
      pairs: apart.flatMap(({ item: one, slot }) =>
        apart.flatMap(({ item: other, slot: same }) =>
          same === slot && other !== one ? [{ one, other, title: itemTitle(deps, other) }] : [],
        ),
      ),
      listed: (await deps.listed?.(tx)) ?? [],
    };
    let found = 0;
    for (const r of rosters)
      found += await flags.findAgain(tx, id, { ...desk.judging(tx, r, null), known }, at);
    await store.setFound(tx, id, found);
    await note(tx, "recheck.run", id, `${month}，新发现 ${found} 条`);
    return found;
  }

  /** By hand, as often as somebody wants. Errors: forbidden, invalid-input, action-not-allowed. */
  async function run(tx: Tx, month: Month) {
    requireMoney(tx, "发放后复查", JUDGES);
    if (!isMonth(month) || month > monthOf(clock.today()))
      throw new DomainError("invalid-input", "请选择已经发放过的月份。", { field: "month" });
    if ((await store.paidRosters(tx, month)).length === 0)
      throw new DomainError("action-not-allowed", "这个月的名册还没有到账的明细，没有可复查的。");
    await ask(tx, month);
    return view(tx, month);
  }

  /** By the calendar: last month, once a month; again after that only by hand. */
  async function sweep(tx: Tx): Promise<void> {
    const month = addMonths(monthOf(clock.today()), -1);
    if ((await store.rechecks(tx, month)).some((r) => monthOf(r.at.slice(0, 10)) > month)) return;
    await ask(tx, month);
  }

  async function view(tx: Tx, month: Month) {
    const rules = deps.redFlags(tx.actor.countyCode, month);
    const labels = new Map(rules.map((r) => [r.rule, r.label]));
    const { role, accountId } = tx.actor;
    const byRule = (await store.findingSums(tx, month)).map((s) => ({
      ...s,
      label: labels.get(s.rule) ?? s.rule,
    }));
    const rows = (await store.findings(tx, month, SHOWN)).map(
      ({ madeBy, payeeId: _, rosterMonth: __, ...f }) => ({
        ...f,
        label: labels.get(f.rule) ?? f.rule,
        itemTitle: itemTitle(deps, f.item),
        divisionName: deps.divisionName(tx.actor.countyCode, f.divisionCode),
        outcomeLabel: f.outcome && OUTCOMES[f.outcome],
        canDecide: f.outcome === null && JUDGES.includes(role) && madeBy !== accountId,
      }),
    );
    return {
      month,
      runs: await store.rechecks(tx, month),
      asked: rules
        .filter((r) => r.on && r.asked !== "before")
        .map(({ rule, label, article }) => ({ rule, label, article })),
      rows,
      byRule,
      total: byRule.reduce((n, s) => n + s.count, 0),
      open: byRule.reduce((n, s) => n + s.open, 0),
      can: { run: JUDGES.includes(role) },
    };
  }

  /** What the handler needs to open a clue about a finding. */
  async function finding(tx: Tx, lineId: string, rule: string) {
    const f = await store.find(tx, lineId, rule);
    if (!f) throw new DomainError("not-found", "没有找到这条复查发现，请刷新页面。");
    return f;
  }

  /**
   * 正当 needs words; 追缴 needs a recovery of the month, proposed from what is owed; 转线索 the clue that was opened.
   * Errors: forbidden, same-signer, not-found, invalid-input, action-not-allowed.
   */
  async function decide(tx: Tx, d: Deciding & { readonly clueId?: string }): Promise<void> {
    requireMoney(tx, "复查结论", JUDGES);
    const f = await finding(tx, d.lineId, d.rule);
    if (f.outcome !== null) {
      if (f.outcome === d.outcome && f.decidedBy === tx.actor.name) return;
      throw new DomainError("action-not-allowed", `${f.decidedBy}已经下了结论，请刷新页面。`);
    }
    if (f.madeBy === tx.actor.accountId)
      throw new DomainError("same-signer", "名册的制表人不能给自己的名册下复查结论，请由别人办理。");
    const words = d.note.trim();
    if (d.outcome !== "recovery" && words.length < 4)
      throw new DomainError("invalid-input", "请写明理由，不少于四个字。", { field: "note" });
    let recoveryId: string | null = null;
    if (d.outcome === "recovery") {
      await recoveries.propose(tx, [f.entitlementId]);
      recoveryId = await store.recoveryOf(tx, f.entitlementId, f.month);
      if (!recoveryId)
        throw new DomainError(
          "action-not-allowed",
          "按现在登记的情况，这个月应发的并不比已付的少，还不能追缴。请先在待遇里按实际日期停发或调整，再来下结论；情况不明的请转线索。",
        );
    }
    const at = clock.now();
    await store.decide(tx, f, { outcome: d.outcome, note: words, recoveryId, clueId: d.clueId ?? null, at });
    await note(tx, "recheck.decide", f.lineId, `${OUTCOMES[d.outcome]}${words && `：${words}`}`);
  }

  return { run, sweep, view, finding, decide, open: store.open };
}
