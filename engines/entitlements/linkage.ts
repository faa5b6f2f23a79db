/**
 * Subsidies that follow from others: an officer enters the index with its paper, the rules say whether it sets the subsidy
 * going and for how much, another person looks at whom it reaches and confirms. Then it is owed, for that month, once.
 */
import type { LinkageDefinition } from "@wuxin/declare";
import { DomainError, formatMonthChinese, isMonth, type Month, monthOf } from "@wuxin/kernel";
import { isUniqueViolation, type Tx } from "@wuxin/platform";
import type { RuleSet } from "@wuxin/policy";
import { judge } from "./linkage-model.ts";
import * as store from "./linkage-store.ts";
import type { EntitlementsDeps } from "./ports.ts";

export interface Linkages {
  readonly list: readonly LinkageDefinition[];
  rules(countyCode: string, linkage: string, month: Month): RuleSet;
}
export interface EnterIndex {
  readonly id: string;
  readonly month: Month;
  /** In percent, by name. */
  readonly values: Readonly<Record<string, number>>;
  readonly source: string;
}

const STATES: Readonly<Record<store.LinkageState, string>> = {
  idle: "未达到启动条件",
  proposed: "达到条件，待确认",
  confirmed: "已确认发放",
  dismissed: "不发放",
  replaced: "已更正",
};
const STAFF: ReadonlySet<string> = new Set(["county", "leader"]);

/** Beyond this it is no rise of a year but the index itself, whose year before is 100. */
const MOST_PERCENT = 50;

export function createLinkage(deps: EntitlementsDeps & { readonly linkages: Linkages }) {
  const { clock, linkages } = deps;

  function of(code: string): LinkageDefinition {
    const l = linkages.list.find((x) => x.code === code);
    if (!l) throw new DomainError("not-found", "没有这项联动补贴，请从物价联动页面进入。");
    return l;
  }
  const tell = (tx: Tx, action: string, id: string, detail: string) =>
    deps.audit.record(tx, { action, object: "linkage", objectId: id, detail });

  /** Why this person may not decide about it; null when he may. */
  function whyNot(tx: Tx, r: store.LinkageRecord): string | null {
    if (r.state !== "proposed") return null;
    if (!STAFF.has(tx.actor.role) || tx.actor.accountId === null) return "由县级经办或局领导确认。";
    return r.enteredBy === tx.actor.accountId ? "指数由您录入，请另一位县级经办或局领导确认。" : null;
  }
  const row = (tx: Tx, r: store.LinkageRecord) => ({
    ...{ id: r.id, month: r.month, values: r.values, source: r.source, starts: r.starts },
    ...{ state: r.state, stateLabel: STATES[r.state], enteredBy: r.enteredByName, enteredAt: r.enteredAt },
    ...{ decidedBy: r.decidedByName, decidedAt: r.decidedAt, note: r.decisionNote },
    ...{ households: r.households, persons: r.persons, amountFen: r.amountFen },
    mine: r.state === "proposed" && whyNot(tx, r) === null,
  });

  /** Every linkage with the months that were entered, newest first. */
  const list = (tx: Tx) =>
    Promise.all(
      linkages.list.map(async (l) => ({
        ...{ code: l.code, title: l.title, index: l.index.map((i) => ({ ...i })) },
        basis: l.basis.map((b) => [b.title, b.document].filter(Boolean).join(" ")),
        unverified: l.basis.some((b) => b.unverified === true),
        months: (await store.list(tx, l.code)).map((r) => row(tx, r)),
        canEnter: tx.actor.role === "county" && tx.actor.accountId !== null,
      })),
    );

  /** For the workbench: what waits for this person's word. */
  const toConfirm = async (tx: Tx) =>
    (await list(tx)).flatMap((l) => l.months.filter((m) => m.mine).map((m) => ({ ...m, title: l.title })));

  async function get(tx: Tx, id: string, lock = false): Promise<store.LinkageRecord> {
    const r = await store.find(tx, id, lock);
    if (!r) throw new DomainError("not-found", "没有找到这一个月的指数，请从物价联动页面进入。");
    return r;
  }

  const sum = (list: readonly store.PlaceTally[]): store.Tally & { unknown: number } => ({
    households: list.reduce((n, p) => n + p.households, 0),
    persons: list.reduce((n, p) => n + p.persons, 0),
    amountFen: list.reduce((n, p) => n + p.amountFen, 0),
    unknown: list.reduce((n, p) => n + p.unknown, 0),
  });

  /** Whom it reaches and what it costs by township, as of now; of a confirmed month what was opened. */
  async function page(tx: Tx, id: string) {
    const r = await get(tx, id);
    const l = of(r.linkage);
    const classOf = (item: string) => l.classes.find((c) => c.item === item)?.value ?? item;
    const places =
      r.state === "confirmed"
        ? (await store.opened(tx, r)).map((p) => ({ ...p, class: classOf(p.class) }))
        : r.state === "proposed"
          ? await store.tally(tx, r.month, l.classes, r.rates)
          : [];
    const by = (key: "township" | "class") =>
      [...new Set(places.map((p) => p[key]))].map((k) => ({
        key: k,
        ...sum(places.filter((p) => p[key] === k)),
      }));
    return {
      ...row(tx, r),
      ...{ linkage: l.code, title: l.title, index: l.index.map((i) => ({ ...i })) },
      ...{ rates: r.rates.map((x) => ({ ...x })), told: r.told, ruleVersion: r.ruleVersion },
      total: sum(places),
      townships: by("township").map(({ key, ...t }) => ({
        ...{ code: key, name: deps.divisionName(tx.actor.countyCode, key) },
        ...t,
      })),
      classes: by("class").map(({ key, ...t }) => ({ name: key, ...t })),
      whyNot: whyNot(tx, r),
      can: { decide: r.state === "proposed" && whyNot(tx, r) === null },
    };
  }

  /**
   * The index of a month. Entered anew as long as nobody has confirmed: then it stands for good.
   * Errors: forbidden, invalid-input, already-exists, facts-missing.
   */
  async function enter(tx: Tx, code: string, input: EnterIndex) {
    if (tx.actor.role !== "county" || tx.actor.accountId === null)
      throw new DomainError("forbidden", "价格指数由县级经办录入。");
    const l = of(code);
    if (await store.find(tx, input.id)) return page(tx, input.id);
    if (!isMonth(input.month) || input.month > monthOf(clock.today()))
      throw new DomainError("invalid-input", "只能录入本月和以前月份的指数，请改选月份。", {
        field: "month",
      });
    if (input.source.trim().length < 2)
      throw new DomainError("invalid-input", "请写明数据出自哪份公报或文件。", { field: "source" });
    for (const { name, label } of l.index) {
      const value = input.values[name];
      if (value === undefined || !Number.isFinite(value) || Math.abs(value) > MOST_PERCENT)
        throw new DomainError(
          "invalid-input",
          `「${label}」写涨了百分之几，如 3.5；公报写的是指数（如 103.5）的，减去 100 再填。`,
          { field: name },
        );
    }
    const before = await store.standing(tx, code, input.month);
    if (before?.state === "confirmed")
      throw new DomainError(
        "already-exists",
        `${formatMonthChinese(input.month)}的补贴已经确认发放，指数不能再改；多发、少发的请逐户处理。`,
        { field: "month" },
      );
    const set = linkages.rules(tx.actor.countyCode, code, input.month);
    const judged = judge(l, set, input.month, input.values);
    if ("missing" in judged)
      throw new DomainError("facts-missing", `规则还缺${judged.missing.join("、")}，不能判断是否启动。`);
    if (before) await store.replace(tx, before.id);
    const values = Object.fromEntries(l.index.map(({ name }) => [name, input.values[name] as number]));
    try {
      await store.insert(
        tx,
        {
          ...{ id: input.id, linkage: code, month: input.month, values, source: input.source.trim() },
          ...{
            starts: judged.starts,
            rates: [...judged.rates],
            told: [...judged.told],
            ruleVersion: set.version,
          },
        },
        clock.now(),
      );
    } catch (error) {
      if (isUniqueViolation(error, "linkage_month_once"))
        throw new DomainError("already-exists", "另一位同事刚录入了这个月的指数，请刷新后查看。", {
          cause: error,
        });
      throw error;
    }
    await tell(tx, "linkage.enter", input.id, `${formatMonthChinese(input.month)}：${input.source.trim()}`);
    return page(tx, input.id);
  }

  async function deciding(tx: Tx, id: string, state: "confirmed" | "dismissed") {
    const r = await get(tx, id, true);
    if (r.state === state) return { r, done: true };
    if (r.state !== "proposed")
      throw new DomainError("action-not-allowed", `这个月现在是“${STATES[r.state]}”，请刷新页面。`);
    const no = whyNot(tx, r);
    if (no !== null)
      throw new DomainError(r.enteredBy === tx.actor.accountId ? "same-signer" : "forbidden", no);
    return { r, done: false };
  }

  /**
   * The second person, with the sum that he saw: all of it is owed from now on, in this transaction.
   * Errors: forbidden, same-signer, action-not-allowed, roster-changed.
   */
  async function confirm(tx: Tx, id: string, input: { note: string; persons: number; amountFen: number }) {
    const { r, done } = await deciding(tx, id, "confirmed");
    if (done) return page(tx, id);
    const l = of(r.linkage);
    const at = clock.now();
    const opened = await store.open(tx, r, l.classes, {
      ...{ exclusivityGroup: l.entitlement.exclusivityGroup, at },
      reason: `${formatMonthChinese(r.month)}${l.title}（${r.source}）`,
    });
    if (opened.persons !== input.persons || opened.amountFen !== input.amountFen)
      throw new DomainError(
        "roster-changed",
        "在享人员有变化，与您看到的人数、金额不同，请刷新页面再看一遍。",
      );
    await store.decide(tx, id, { state: "confirmed", note: input.note, tally: opened, at });
    await tell(tx, "linkage.confirm", id, `${formatMonthChinese(r.month)}，${opened.persons} 人`);
    return page(tx, id);
  }

  /** Not paid, with the reason. Errors: as `confirm`. */
  async function dismiss(tx: Tx, id: string, input: { reason: string }) {
    const { r, done } = await deciding(tx, id, "dismissed");
    if (done) return page(tx, id);
    await store.decide(tx, id, { state: "dismissed", note: input.reason, tally: null, at: clock.now() });
    await tell(tx, "linkage.dismiss", id, `${formatMonthChinese(r.month)}：${input.reason}`);
    return page(tx, id);
  }

  return { list, toConfirm, page, enter, confirm, dismiss };
}
