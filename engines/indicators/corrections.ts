/** A frozen figure is corrected by two people: one asks with a reason, another confirms or sends it back. */
import type { IndicatorDefinition } from "@wuxin/declare";
import { type Clock, DomainError, isUuid, type Month, newId } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { EachCounted } from "./counting.ts";
import { keepRows } from "./kept-rows.ts";
import * as store from "./snapshot-store.ts";
import type { SnapshotsDeps } from "./snapshots.ts";
import type { Value } from "./value.ts";

export interface CorrectionsDeps extends Pick<SnapshotsDeps, "audit"> {
  readonly clock: Clock;
  /** Errors: not-found. */
  readonly definitionOf: (code: string) => IndicatorDefinition;
  readonly mayKeep: (tx: Tx) => boolean;
  readonly nowOf: (tx: Tx, d: IndicatorDefinition, month: Month, division: string) => Promise<Value>;
  /** The county and each of its townships, with the rows. */
  readonly eachNow: (tx: Tx, d: IndicatorDefinition, month: Month) => Promise<EachCounted>;
  readonly placeName: (tx: Tx, division: string) => string;
}
/** The same figure of another place, which the ledgers of today give differently too. */
export interface Moved {
  readonly division: string;
  readonly name: string;
  readonly before: number | null;
  readonly value: number | null;
}
export interface CorrectionAsked {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly month: Month;
  readonly division: string;
  readonly before: number | null;
  readonly value: number | null;
  readonly reason: string;
  readonly askedAt: string;
  readonly askedByName: string;
  /** The caller asked for it himself: somebody else confirms. */
  readonly mine: boolean;
}

export function createCorrections(deps: CorrectionsDeps) {
  const { clock, audit, definitionOf, mayKeep, nowOf } = deps;
  function keeper(tx: Tx): { id: string; name: string } {
    const { accountId, name } = tx.actor;
    if (accountId === null || !mayKeep(tx))
      throw new DomainError("forbidden", "更正冻结的指标由县级科室或局领导办理，您的账号不能办理。");
    return { id: accountId, name };
  }
  const same = (a: Value, b: Value): boolean =>
    a.value === b.value && a.numerator === b.numerator && a.denominator === b.denominator;
  const orNone = (v: number | null) => v ?? "无";

  /**
   * Asks for a next version, counted from the ledgers as they stand now; the same id again is the same request. Errors:
   * forbidden, not-found, invalid-input, action-not-allowed when nothing changed or somebody already asked.
   */
  async function correct(
    tx: Tx,
    input: store.SnapshotKey & { readonly id: string; readonly reason: string },
  ): Promise<void> {
    const actor = keeper(tx);
    const d = definitionOf(input.code);
    const reason = input.reason.trim();
    if (reason.length < 2)
      throw new DomainError("invalid-input", "请写明为什么要更正，例如“补录 3 月漏登的注销”。", {
        field: "reason",
      });
    if (await store.findCorrection(tx, input.id)) return;
    const last = (await store.versions(tx, input)).at(-1);
    if (!last) throw new DomainError("not-found", `${input.month} 的「${d.name}」还没有冻结，不用更正。`);
    const now = await nowOf(tx, d, input.month, input.division);
    if (same(now, last))
      throw new DomainError("action-not-allowed", "按现在的台账重算，和冻结的数一样，不用更正。");
    const asked = { ...input, ...now, version: last.version + 1, reason };
    if (!(await store.insertCorrection(tx, asked, actor, clock.now())))
      throw new DomainError("action-not-allowed", "这个数已经有人提出更正，等确认或退回以后再提。");
    await audit.record(tx, {
      ...{ action: "indicators.correct", object: "indicators", objectId: d.code },
      detail: `${input.month} ${d.name}：${orNone(last.value)} → ${orNone(now.value)}，${reason}`,
    });
  }

  /** Where else the same mistake stands frozen; what somebody asked for by itself waits for its own confirmation. */
  async function alsoMoved(tx: Tx, key: store.SnapshotKey, now: EachCounted) {
    const { code, month, division } = key;
    const d = definitionOf(code);
    const asked = new Set((await store.openCorrections(tx, { code, month })).map((c) => c.division));
    const kept = (await store.newest(tx, { codes: [code], months: [month] })).filter(
      (s) => s.division !== division && !asked.has(s.division),
    );
    return kept
      .map((last) => ({ last, value: now.value(d, last.division) }))
      .filter(({ last, value }) => !same(last, value));
  }
  const moved = async (tx: Tx, key: store.SnapshotKey): Promise<Moved[]> =>
    (await alsoMoved(tx, key, await deps.eachNow(tx, definitionOf(key.code), key.month))).map(
      ({ last, value }) => ({
        ...{ division: last.division, name: deps.placeName(tx, last.division) },
        ...{ before: last.value, value: value.value },
      }),
    );

  /**
   * Another person confirms, and the next version stands; or sends it back with a note (who asked may take it back
   * himself). The same figure of other places moves along, so that townships add up to their county, unless it is said
   * why not. Errors: forbidden, not-found, invalid-input, action-not-allowed when the ledgers moved in between.
   */
  async function decide(
    tx: Tx,
    input: {
      readonly id: string;
      readonly accept: boolean;
      readonly note?: string | undefined;
      /** False: this place alone, and `note` says why. */
      readonly along?: boolean | undefined;
    },
  ): Promise<void> {
    const actor = keeper(tx);
    const c = isUuid(input.id) ? await store.findCorrection(tx, input.id) : undefined;
    if (!c) throw new DomainError("not-found", "没有这条更正，请从指标页进入。");
    if (c.decidedAt !== null) {
      if (c.accepted === input.accept) return;
      throw new DomainError("stale-version", "这条更正刚才已经有人办过，请刷新后再看。");
    }
    const d = definitionOf(c.code);
    const note = input.note?.trim() ?? "";
    const detail = `${c.month} ${d.name}：${orNone(c.value)}`;
    const log = (action: string, words: string) =>
      audit.record(tx, { action, object: "indicators", objectId: d.code, detail: words });
    if (!input.accept) {
      if (note.length < 2) throw new DomainError("invalid-input", "请写明为什么退回。", { field: "note" });
      await store.decideCorrection(tx, { id: c.id, accepted: false, note }, actor, clock.now());
      await log("indicators.refuse", `${detail}，${note}`);
      return;
    }
    if (c.askedBy === actor.id)
      throw new DomainError("forbidden", "这条更正是您自己提出的，请由另一位县级经办或局领导确认。");
    const now = await deps.eachNow(tx, d, c.month);
    if (!same(now.value(d, c.division), c))
      throw new DomainError(
        "action-not-allowed",
        "提出以后台账又变了，按今天的台账已经不是这个数，请退回后重新提出。",
      );
    const others = await alsoMoved(tx, c, now);
    const alone = input.along === false && others.length > 0;
    if (alone && note.length < 2)
      throw new DomainError(
        "invalid-input",
        `另有 ${others.length} 个地方的这个数也变了。不一起更正，请写明为什么，否则各乡镇相加和全县对不上。`,
        { field: "note" },
      );
    await store.decideCorrection(tx, { id: c.id, accepted: true, note }, actor, clock.now());
    const { name, unit, definition } = d;
    const by = { id: c.askedBy, name: c.askedByName };
    const along = (alone ? [] : others).map(({ last, value }) => ({
      ...{ ...last, ...value, version: last.version + 1 },
      reason: `${c.reason}（随${deps.placeName(tx, c.division)}一并更正）`,
    }));
    const rows = [c, ...along].map((r) => ({ ...r, name, unit, definition }));
    const batch = newId();
    await keepRows(tx, batch, c.month, now.rows);
    if ((await store.insert(tx, rows, batch, clock.now(), { by, confirmed: actor })) < rows.length)
      throw new DomainError("stale-version", "刚才有人更正过这个数，请刷新后再看。");
    const told = alone ? `，${others.length} 个地方没有一起更正：${note}` : "";
    await log("indicators.confirm", `${detail}${along.length > 0 ? `，连同 ${along.length} 个地方` : told}`);
  }

  /** What waits for a second person, oldest first. */
  async function waiting(tx: Tx, where: Partial<store.SnapshotKey> = {}): Promise<CorrectionAsked[]> {
    const rows = await store.openCorrections(tx, where);
    return rows.map(({ askedBy, ...c }) => {
      const { name, unit, decimals } = definitionOf(c.code);
      return { ...c, name, unit, decimals, mine: askedBy === tx.actor.accountId };
    });
  }

  return { correct, decide, waiting, moved };
}
