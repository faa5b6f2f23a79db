/** Statutory tables: opened, counted from the indicators, listed, taken out as a file. */
import type { StatisticalTable } from "@wuxin/declare";
import { DomainError, dateInShanghai, derivedId, isUuid, lastDay, monthOf, newId } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { createActing, type ReturnAct } from "./acting.ts";
import { type CodeRequest, checkedCode, codesOn, insertCode, withCodes } from "./codes.ts";
import { countTable } from "./count.ts";
import {
  cellsOf,
  dueOn,
  editionOf,
  failedOf,
  keyOf,
  type Period,
  periodLabel,
  periodsBefore,
  spanOf,
} from "./model.ts";
import { entersCodes, placeName, type StatisticsDeps, signing } from "./ports.ts";
import { digestOf, type Format, fileOf } from "./sheet.ts";
import * as store from "./store.ts";
import { type Trace, traceOf } from "./trace.ts";
import { pageOf, type ReturnBrief, type ReturnPage } from "./views.ts";

export type Statistics = ReturnType<typeof createStatistics>;
const inForce = (t: StatisticalTable, period: Period): boolean =>
  (t.editions[0]?.from ?? "") <= lastDay(spanOf(t.grain, period).to);
/** How far back a table may be opened by hand. */
const OFFERED = { month: 24, quarter: 8, year: 5 } as const;

export function createStatistics(deps: StatisticsDeps) {
  const { clock, catalogue } = deps;

  function tableOf(code: string): StatisticalTable {
    const t = catalogue.tables.get(code);
    if (!t) throw new DomainError("not-found", `没有代码为“${code}”的统计报表，请从报表列表进入。`);
    return t;
  }
  const jumpFrom = (tx: Tx) => deps.jumpPercent(tx.actor.countyCode, clock.today());
  async function start(
    tx: Tx,
    input: {
      id: string;
      table: StatisticalTable;
      period: Period;
      division: string;
      version: number;
      reason: string;
    },
  ): Promise<boolean> {
    const { id, table, period, division, version, reason } = input;
    const content = await countTable(tx, deps.indicators, table, period, division);
    const failed = failedOf(content, cellsOf(content, [], jumpFrom(tx)));
    const made = await store.insert(
      tx,
      {
        ...{ id, table: table.code, period, division, version, reason, title: table.title },
        ...{ dueOn: dueOn(table, period), content, failed },
      },
      clock.now(),
    );
    if (!made) return false;
    const head = { id, division };
    await store.note(
      tx,
      head,
      { id: derivedId(id, "opened"), kind: "opened", cell: "", value: null, text: reason },
      clock.now(),
    );
    await deps.audit.record(tx, {
      ...{ action: "statistics.open", object: "statistics", objectId: id },
      detail: `${table.title} ${periodLabel(period)} 第 ${version} 版${reason && `：${reason}`}`,
    });
    return true;
  }

  /** Errors: forbidden, not-found, invalid-input while the period still runs. The same again opens the same. */
  async function open(
    tx: Tx,
    input: { id: string; table: string; period: Period; division?: string | undefined },
  ): Promise<ReturnPage> {
    const table = tableOf(input.table);
    const division = input.division || tx.actor.scope;
    placeName(deps, tx, division);
    if (!signing(tx, { division, filledBy: null }).fills)
      throw new DomainError("forbidden", "统计报表由本级经办填报，您的账号不能填报。");
    if (spanOf(table.grain, input.period).to >= monthOf(clock.today()))
      throw new DomainError("invalid-input", `${periodLabel(input.period)}还没有过完，过完后再填报。`, {
        field: "period",
      });
    editionOf(table, input.period);
    const there = (await store.versions(tx, { table: table.code, period: input.period, division })).at(-1);
    if (there) return page(tx, there.id);
    await start(tx, { ...input, table, division, version: 1, reason: "" });
    const made = (await store.versions(tx, { table: table.code, period: input.period, division })).at(-1);
    return page(tx, made?.id ?? input.id);
  }

  /** For the sweep: the county's tables of the period that ended last, each a draft to be signed. */
  async function openDue(tx: Tx): Promise<number> {
    let opened = 0;
    const division = tx.actor.countyCode;
    for (const table of catalogue.tables.values()) {
      const [period = ""] = periodsBefore(table.grain, monthOf(clock.today()), 1);
      if (!inForce(table, period)) continue;
      const there = await store.versions(tx, { table: table.code, period, division });
      if (there.length > 0) continue;
      if (await start(tx, { id: newId(), table, period, division, version: 1, reason: "" })) opened += 1;
    }
    return opened;
  }

  /** What no ledger yields is not typed twice; words on a jump hold while the figure is the same. Whose they were is said. */
  async function carryOver(tx: Tx, from: store.ReturnRow, id: string): Promise<void> {
    const next = await get(tx, id, true);
    const now = new Map(cellsOf(next.content, [], jumpFrom(tx)).map((c) => [keyOf(c.row, c.column), c]));
    const carried = (words: string, byName: string) =>
      words.startsWith("沿用第") ? words : `沿用第 ${from.version} 版：${words}（${byName}）`;
    for (const c of from.sealed?.cells ?? []) {
      const cell = keyOf(c.row, c.column);
      const there = now.get(cell);
      const note = (kind: "corrected" | "explained", text: string) =>
        store.note(
          tx,
          next,
          { id: derivedId(id, `${kind} ${cell}`), kind, cell, value: c.final, text },
          clock.now(),
        );
      if (there?.value === null && c.correction)
        await note("corrected", carried(c.correction.reason, c.correction.byName));
      if (there && c.explanation && (there.byHand !== null || there.final === c.final))
        await note("explained", carried(c.explanation.text, c.explanation.byName));
    }
    const cells = cellsOf(next.content, await store.notes(tx, id), jumpFrom(tx));
    await store.failing(tx, id, failedOf(next.content, cells));
  }

  /** A next version of what is sealed, counted anew. Errors: forbidden, action-not-allowed, invalid-input. */
  async function reopen(tx: Tx, id: string, input: { id: string; reason: string }): Promise<ReturnPage> {
    const r = await get(tx, id);
    if (!signing(tx, r).fills)
      throw new DomainError("forbidden", "重新填报由本级经办办理，您的账号不能办理。");
    const reason = input.reason.trim();
    if (reason.length < 2)
      throw new DomainError("invalid-input", "请写明为什么要重新填报，例如“补录漏登的退保”。", {
        field: "reason",
      });
    const all = await store.versions(tx, r);
    const last = all.at(-1);
    if (last && last.version === r.version + 1 && last.id === input.id) return page(tx, last.id);
    if (r.state !== "sealed" || last?.id !== r.id)
      throw new DomainError("action-not-allowed", "只有最新一版封存以后才能重新填报，请打开最新一版。");
    const table = tableOf(r.table);
    const next = {
      id: input.id,
      table,
      period: r.period,
      division: r.division,
      version: r.version + 1,
      reason,
    };
    if (!(await start(tx, next)))
      throw new DomainError("stale-version", "刚才有人重新填报了这张表，请刷新页面。");
    await carryOver(tx, r, input.id);
    return page(tx, input.id);
  }

  const act = createActing(
    deps,
    (tx, id) => get(tx, id, true),
    (tx, r) => countTable(tx, deps.indicators, tableOf(r.table), r.period, r.division),
  );

  async function get(tx: Tx, id: string, lock = false): Promise<store.ReturnRow> {
    const r = isUuid(id) ? await store.find(tx, id, lock) : undefined;
    if (!r) throw new DomainError("not-found", "没有这张统计报表，请从报表列表进入。");
    if (r.sealed) return { ...r, content: { ...r.content, number: r.sealed.number, rows: r.sealed.rows } };
    const end = lastDay(spanOf(tableOf(r.table).grain, r.period).to);
    return { ...r, content: withCodes(r.content, await codesOn(tx, r.table, end)) };
  }

  /** A code of a row (or 表号) that was seen now, for this table from a day on. Errors: forbidden, not-found, invalid-input. */
  async function enterCode(tx: Tx, id: string, request: CodeRequest): Promise<ReturnPage> {
    const r = await get(tx, id);
    if (!entersCodes(tx))
      throw new DomainError("forbidden", "报表代码由县级经办或局领导填写，您的账号不能填写。");
    const c = checkedCode(request, new Set(r.content.rows.map((x) => x.code)));
    if (await insertCode(tx, r.table, c, clock.now())) {
      const label = r.content.rows.find((x) => x.code === c.row)?.label ?? "表号";
      await deps.audit.record(tx, {
        ...{ action: "statistics.code", object: "statistics", objectId: id },
        detail: `${r.title} ${label}：${c.code}，${c.from} 起，${c.source}`,
      });
    }
    return page(tx, id);
  }

  async function page(tx: Tx, id: string): Promise<ReturnPage> {
    const r = await get(tx, id);
    const [notes, versions] = [await store.notes(tx, id), await store.versions(tx, r)];
    return pageOf({
      ...{ r, notes, versions, today: clock.today(), divisionName: placeName(deps, tx, r.division) },
      lastMonth: spanOf(tableOf(r.table).grain, r.period).to,
      ...{
        signing: signing(tx, r),
        entersCodes: entersCodes(tx),
        cells: r.sealed?.cells ?? cellsOf(r.content, notes, jumpFrom(tx)),
      },
    });
  }

  /** What waits for the caller's hand: drafts of his place to fill, filled ones to sign; by their day. */
  async function waiting(tx: Tx): Promise<ReturnBrief[]> {
    const { scope, role } = tx.actor;
    const mine = (r: store.ReturnHead) => {
      const may = signing(tx, r);
      // A leader may fill too, but it is the office's work: only the signature waits for him.
      return r.state === "draft" ? may.fills && role !== "leader" : r.state === "filled" && may.seals;
    };
    const rows = (await store.list(tx, scope)).filter(mine);
    if (rows.length === 0) return [];
    const divisionName = placeName(deps, tx, scope);
    return rows.map((r) => briefOf(r, divisionName));
  }
  const briefOf = (r: store.ReturnHead, divisionName: string): ReturnBrief => ({
    ...{ ...r, divisionName, periodLabel: periodLabel(r.period) },
    late:
      r.state === "sealed" ? dateInShanghai(new Date(r.sealedAt ?? 0)) > r.dueOn : clock.today() > r.dueOn,
  });

  async function list(tx: Tx, division?: string): Promise<{ rows: ReturnBrief[]; tables: OfferedTable[] }> {
    const place = division || tx.actor.scope;
    const divisionName = placeName(deps, tx, place);
    const today = clock.today();
    const rows = await store.list(tx, place);
    const fills = signing(tx, { division: place, filledBy: null }).fills;
    return {
      rows: rows.map((r) => briefOf(r, divisionName)),
      tables: [...catalogue.tables.values()].map((t) => ({
        ...{ code: t.code, title: t.title, grain: t.grain },
        periods: fills
          ? periodsBefore(t.grain, monthOf(today), OFFERED[t.grain])
              .filter((p) => inForce(t, p))
              .map((p) => ({ period: p, label: periodLabel(p) }))
          : [],
      })),
    };
  }

  /** Errors: action-not-allowed before it is sealed; broken-seal when the lines are no longer those that were signed. */
  async function exportFile(
    tx: Tx,
    id: string,
    format: Format,
  ): Promise<{ name: string; bytes: Buffer; format: Format }> {
    const r = await get(tx, id);
    if (!r.sealed) throw new DomainError("action-not-allowed", "两个人签字、封存以后才能导出。");
    if (digestOf(r.sealed) !== r.digest)
      throw new DomainError(
        "action-not-allowed",
        "封存的报表和签字时的摘要不一致，不能导出，请联系系统管理员核查。",
      );
    await deps.audit.record(tx, {
      ...{ action: "statistics.export", object: "statistics", objectId: id },
      detail: `${r.title} ${periodLabel(r.period)}`,
    });
    const name = `${r.sealed.divisionName}-${r.title}-${r.period}-第${r.version}版.${format}`;
    return { name, bytes: await fileOf(r.sealed, format), format };
  }

  return {
    ...{ open, openDue, reopen, page, list, waiting, exportFile, enterCode },
    /** Where a cell comes from, month by month. Errors: not-found. */
    trace: async (tx: Tx, id: string, cell: string): Promise<Trace> => {
      const r = await get(tx, id);
      return traceOf(tx, deps, r, tableOf(r.table), cell);
    },
    /** Errors: those of each act; the page as it then is. */
    async act(
      tx: Tx,
      id: string,
      input: { readonly id: string; readonly act: ReturnAct },
    ): Promise<ReturnPage> {
      await act(tx, id, input);
      return page(tx, id);
    },
  };
}

export interface OfferedTable {
  readonly code: string;
  readonly title: string;
  readonly grain: StatisticalTable["grain"];
  readonly periods: readonly { readonly period: Period; readonly label: string }[];
}
