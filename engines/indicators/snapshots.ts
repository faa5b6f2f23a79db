/** Figures frozen when their month is over: corrected by a next version with a reason, explained when they jump. */
import type { Catalogue, IndicatorDefinition } from "@wuxin/declare";
import type { RegistersDeps } from "@wuxin/engines/registers";
import {
  addMonths,
  type Clock,
  DomainError,
  type IsoDate,
  isMonth,
  type Month,
  monthOf,
  newId,
} from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { type CorrectionAsked, createCorrections, type Moved } from "./corrections.ts";
import type { EachCounted } from "./counting.ts";
import { keepRows } from "./kept-rows.ts";
import { jumpPercent, type MonthValue, overMonths, unequalSum } from "./period.ts";
import * as store from "./snapshot-store.ts";
import type { Value } from "./value.ts";

export interface SnapshotsDeps extends Pick<RegistersDeps, "divisions"> {
  readonly clock: Clock;
  readonly catalogue: Pick<Catalogue, "indicators">;
  readonly audit: {
    record(
      tx: Tx,
      entry: { action: string; object: string; objectId?: string; detail?: string },
    ): Promise<unknown>;
  };
  /** From how many per cent against the month before a figure has to be explained (county switch). */
  readonly jumpPercent: (countyCode: string, on: IsoDate) => number;
}

/** Counts as the ledgers stand now. */
export interface Count {
  /** `division` undefined: the caller's whole scope. */
  one(
    tx: Tx,
    definitions: readonly IndicatorDefinition[],
    months: readonly Month[],
    division: string | undefined,
  ): Promise<(d: IndicatorDefinition, month: Month) => Value>;
  /** The county and each of its townships, from the rows that are kept. */
  each(tx: Tx, definitions: readonly IndicatorDefinition[], month: Month): Promise<EachCounted>;
}

export interface Frozen {
  readonly version: number;
  readonly value: number | null;
  readonly takenAt: string;
  readonly takenByName: string;
  readonly reason: string;
  readonly confirmedByName: string | null;
  /** Why other places were not corrected along with it. */
  readonly apart?: string;
}
export interface Jump {
  readonly percent: number;
  readonly explanation: string | null;
  readonly explainedBy: string | null;
}
export interface SpanFigure extends Value {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly kind: "stock" | "flow";
  readonly months: readonly MonthValue[];
}
export interface SnapshotPage {
  readonly month: Month;
  readonly division: string;
  readonly versions: readonly Frozen[];
  /** As the ledgers stand now; another figure than the newest version asks for a correction. */
  readonly now: number | null;
  /** A correction that waits for a second person. */
  readonly asked: CorrectionAsked | null;
  /** The same figure of other places, which would be corrected along with it. */
  readonly moved: readonly Moved[];
  readonly towns: readonly {
    readonly division: string;
    readonly name: string;
    readonly value: number | null;
  }[];
  /** The townships together, where that is another figure than the county's; null where it is not or cannot be added. */
  readonly townSum: number | null;
  readonly canCorrect: boolean;
}

/** What the actions of this engine are called on the audit page. */
export const indicatorsActions: Readonly<Record<string, string>> = {
  "indicators.freeze": "冻结月度指标",
  "indicators.correct": "提出更正冻结的指标",
  "indicators.confirm": "确认更正冻结的指标",
  "indicators.refuse": "退回更正冻结的指标",
  "indicators.explain": "说明指标波动",
};

const KEEPERS = ["county", "leader"];

/** In one line: why the newest version is another than the first. */
const whyOf = (s: store.SnapshotRow): string =>
  `${s.reason}（${s.takenByName}提出${s.confirmedByName ? `，${s.confirmedByName}确认` : ""}）`;

export function createSnapshots(deps: SnapshotsDeps, count: Count) {
  const { clock, catalogue } = deps;
  const definitions = () => [...catalogue.indicators.values()];

  /** The county first, then its townships. */
  function placesOf(tx: Tx): { code: string; name: string }[] {
    const all = deps.divisions(tx.actor.countyCode);
    return [...all.filter((d) => d.level === "county"), ...all.filter((d) => d.level === "township")];
  }
  function mayKeep(tx: Tx): boolean {
    const { actor } = tx;
    return actor.scope === actor.countyCode && KEEPERS.includes(actor.role);
  }
  function closed(month: Month): void {
    if (!isMonth(month) || month < "2000-01" || month >= monthOf(clock.today()))
      throw new DomainError("invalid-input", `只能冻结已经过完的月份，${month} 还没有过完或写得不对。`, {
        field: "month",
      });
  }
  function definitionOf(code: string): IndicatorDefinition {
    const d = catalogue.indicators.get(code);
    if (!d) throw new DomainError("not-found", `没有代码为“${code}”的指标，请从指标页进入。`);
    return d;
  }
  const rowOf = (d: IndicatorDefinition, division: string, month: Month, version: number, v: Value) => ({
    ...{ division, code: d.code, month, version, name: d.name, unit: d.unit },
    ...{ definition: d.definition, value: v.value, numerator: v.numerator, denominator: v.denominator },
  });
  const divisionFor = (tx: Tx, division: string) => (division === tx.actor.countyCode ? undefined : division);

  /**
   * Freezes a month for the county and each township. What is frozen stays; the same again adds only indicators that
   * were declared since. @returns how many figures were frozen now. Errors: forbidden, invalid-input.
   */
  async function freeze(tx: Tx, month: Month): Promise<number> {
    if (tx.actor.accountId !== null && !mayKeep(tx))
      throw new DomainError("forbidden", "冻结月度指标由县级科室或局领导办理，您的账号不能办理。");
    closed(month);
    const there = new Set(
      (await store.newest(tx, { months: [month] })).map((s) => `${s.division} ${s.code}`),
    );
    const rows: Parameters<typeof store.insert>[1][number][] = [];
    const places = placesOf(tx);
    const missing = (place: string) => (d: IndicatorDefinition) => !there.has(`${place} ${d.code}`);
    const wanted = definitions().filter((d) => places.some((p) => missing(p.code)(d)));
    if (wanted.length === 0) return 0;
    const { value, rows: counted } = await count.each(tx, wanted, month);
    for (const { code } of places)
      for (const d of wanted.filter(missing(code)))
        rows.push({ ...rowOf(d, code, month, 1, value(d, code)), reason: "" });
    const batch = newId();
    await keepRows(tx, batch, month, counted);
    const frozen = await store.insert(tx, rows, batch, clock.now());
    if (frozen > 0)
      await deps.audit.record(tx, {
        ...{ action: "indicators.freeze", object: "indicators", detail: `${month}，${frozen} 个数` },
      });
    return frozen;
  }

  /** The month that ended last, when it is not frozen yet: for the daily sweep. */
  const freezeDue = (tx: Tx): Promise<number> => freeze(tx, addMonths(monthOf(clock.today()), -1));

  const corrections = createCorrections({
    ...{ clock, audit: deps.audit, definitionOf, mayKeep },
    nowOf: async (tx, d, month, division) =>
      (await count.one(tx, [d], [month], divisionFor(tx, division)))(d, month),
    eachNow: (tx, d, month) => count.each(tx, [d], month),
    placeName: (tx, division) => placesOf(tx).find((p) => p.code === division)?.name ?? division,
  });

  /** Why a figure jumped, in a person's words. `id` is the caller's; the same again changes nothing. */
  async function explain(
    tx: Tx,
    input: {
      readonly id: string;
      readonly code: string;
      readonly month: Month;
      readonly division: string;
      readonly text: string;
    },
  ): Promise<void> {
    const { role, scope, accountId } = tx.actor;
    if (
      accountId === null ||
      !["county", "leader", "township"].includes(role) ||
      !input.division.startsWith(scope)
    )
      throw new DomainError("forbidden", "波动说明由本级业务人员填写，您的账号不能填写。");
    const text = input.text.trim();
    if (text.length < 2) throw new DomainError("invalid-input", "请写明波动的原因。", { field: "text" });
    const d = definitionOf(input.code);
    const last = (await store.versions(tx, input)).at(-1);
    if (!last) throw new DomainError("not-found", `${input.month} 的「${d.name}」还没有冻结，冻结后再说明。`);
    await store.insertExplanation(tx, { ...input, version: last.version, text, at: clock.now() });
    await deps.audit.record(tx, {
      ...{
        action: "indicators.explain",
        object: "indicators",
        objectId: d.code,
        detail: `${input.month} ${d.name}`,
      },
    });
  }

  /** Of one month and place, by code: the newest version and the jump against the month before. */
  async function ofMonth(tx: Tx, month: Month, division: string) {
    const before = addMonths(month, -1);
    const rows = await store.newest(tx, { months: [before, month], divisions: [division] });
    const told = await store.explanations(tx, { month, division });
    const limit = deps.jumpPercent(tx.actor.countyCode, clock.today());
    const of = (code: string, m: Month) => rows.find((r) => r.code === code && r.month === m);
    return (code: string): { frozen: Frozen | null; jump: Jump | null } => {
      const s = of(code, month);
      if (!s) return { frozen: null, jump: null };
      const percent = jumpPercent(s.value, of(code, before)?.value);
      const words = told.filter((e) => e.code === code && e.version === s.version).at(-1);
      return {
        frozen: frozenOf(s),
        jump:
          percent !== null && percent >= limit
            ? { percent, explanation: words?.text ?? null, explainedBy: words?.byName ?? null }
            : null,
      };
    };
  }

  const frozenOf = (s: store.SnapshotRow): Frozen => {
    const { version, value, takenAt, takenByName, reason, confirmedByName } = s;
    return { version, value, takenAt, takenByName, reason, confirmedByName };
  };

  /** One figure of a month: its versions, the figure by today's ledgers, and the townships side by side. */
  async function page(tx: Tx, code: string, month: Month, division: string): Promise<SnapshotPage> {
    const d = definitionOf(code);
    const all = await store.versions(tx, { code, month, division });
    const now = (await count.one(tx, [d], [month], divisionFor(tx, division)))(d, month).value;
    const places = placesOf(tx).slice(1);
    const frozen = new Map(
      (await store.newest(tx, { codes: [code], months: [month] })).map((s) => [s.division, s.value]),
    );
    const towns = places
      .filter((p) => frozen.has(p.code))
      .map((p) => ({ division: p.code, name: p.name, value: frozen.get(p.code) ?? null }));
    const asked = (await corrections.waiting(tx, { code, month, division }))[0] ?? null;
    const apart = await store.notesOf(tx, { code, month, division });
    const versions = all.map((s) => {
      const note = apart.get(s.version);
      return { ...frozenOf(s), ...(note ? { apart: note } : {}) };
    });
    const whole = division === tx.actor.countyCode && towns.length === places.length;
    return {
      ...{ month, division, versions, now, towns, asked, canCorrect: mayKeep(tx) },
      moved: asked && mayKeep(tx) ? await corrections.moved(tx, { code, month, division }) : [],
      townSum: whole
        ? unequalSum(
            d,
            all.at(-1)?.value ?? null,
            towns.map((x) => x.value),
          )
        : null,
    };
  }

  /** Figures over a span of months: frozen where there is a snapshot, counted now where there is none. */
  async function span(
    tx: Tx,
    codes: readonly string[],
    from: Month,
    to: Month,
    division: string = tx.actor.countyCode,
  ): Promise<SpanFigure[]> {
    const months: Month[] = [];
    for (let m = from; m <= to; m = addMonths(m, 1)) months.push(m);
    const wanted = codes.flatMap((c) => catalogue.indicators.get(c) ?? []);
    if (months.length === 0 || wanted.length === 0) return [];
    const rows = await store.newest(tx, { codes, months, divisions: [division] });
    const byKey = new Map(rows.map((r) => [`${r.code} ${r.month}`, r]));
    const open = months.filter((m) => wanted.some((d) => !byKey.has(`${d.code} ${m}`)));
    const live = open.length > 0 ? await count.one(tx, wanted, open, divisionFor(tx, division)) : undefined;
    return wanted.map((d) => {
      const values = months.map((month): MonthValue => {
        const s = byKey.get(`${d.code} ${month}`);
        const v = s ?? live?.(d, month);
        return {
          ...{
            month,
            value: v?.value ?? null,
            numerator: v?.numerator ?? null,
            denominator: v?.denominator ?? null,
          },
          version: s?.version ?? null,
          ...(s && s.version > 1 ? { why: whyOf(s) } : {}),
        };
      });
      const { code, name, unit, decimals, kind } = d;
      return { code, name, unit, decimals, kind, ...overMonths(d, values), months: values };
    });
  }

  return { freeze, freezeDue, explain, ofMonth, page, span, ...corrections };
}
export type Snapshots = ReturnType<typeof createSnapshots>;
