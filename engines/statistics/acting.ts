/** What people do about one table: count again, correct, explain, sign, give back, seal. */
import { DomainError, dateInShanghai, type IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import {
  blankOf,
  type Cell,
  type Content,
  cellsOf,
  checksOf,
  failedOf,
  keyOf,
  type Note,
  periodLabel,
} from "./model.ts";
import { placeName, type StatisticsDeps, signing } from "./ports.ts";
import { digestOf, type SealedTable } from "./sheet.ts";
import * as store from "./store.ts";

/** What a person does about one table; `id` is made by the caller, so that a repeated request is the same. */
export type ReturnAct =
  | { readonly kind: "count" | "fill" | "seal" }
  | { readonly kind: "correct"; readonly cell: string; readonly value: number | null; readonly text: string }
  | { readonly kind: "explain"; readonly cell: string; readonly text: string }
  | { readonly kind: "giveBack"; readonly text: string };

function draft(r: store.ReturnRow): void {
  if (r.state !== "draft")
    throw new DomainError(
      "action-not-allowed",
      r.state === "sealed" ? "报表已经封存，要改请重新填报一版。" : "填报人已签字，要改请先退回。",
    );
}
function words(text: string, what: string, least = 2): string {
  const said = text.trim();
  if (said.length < least) throw new DomainError("invalid-input", `请写明${what}。`, { field: "text" });
  return said;
}

/** A figure that no ledger yields stands in a document; that there is none has its reason. */
function wordsOn(cell: Cell, value: number | null, text: string): string {
  if (cell.value !== null) return words(text, "为什么不用取数的结果");
  if (value === null) return words(text, "为什么没有此项（至少 4 个字）", 4);
  return words(text, "这个数出自哪份文件或报表（名称、文号或日期，至少 6 个字）", 6);
}

/** A table with empty cells says neither nought nor that there is none. */
function noneBlank(content: Content, cells: readonly Cell[]): void {
  const blank = blankOf(cells);
  if (blank.length === 0) return;
  const rows = [...new Set(blank.map((c) => content.rows.find((r) => r.code === c.row)?.label ?? c.row))];
  const named = `「${rows.slice(0, 3).join("」「")}」${rows.length > 3 ? "等" : ""}`;
  throw new DomainError(
    "action-not-allowed",
    `还有 ${blank.length} 格是空的：${named}。请填上数、写明来处，没有的选「无此项」、写明理由，再签字。`,
  );
}

/** @param get locks the table; @param count reads its cells from the indicators as they stand now */
export function createActing(
  deps: StatisticsDeps,
  get: (tx: Tx, id: string) => Promise<store.ReturnRow>,
  count: (tx: Tx, r: store.ReturnHead) => Promise<Content>,
) {
  const { clock } = deps;

  /** Errors: forbidden, not-found, invalid-input, action-not-allowed, same-signer. */
  async function act(
    tx: Tx,
    id: string,
    input: { readonly id: string; readonly act: ReturnAct },
  ): Promise<void> {
    const r = await get(tx, id);
    const { act: a } = input;
    const may = signing(tx, r);
    const before = await store.notes(tx, id);
    if (before.some((n) => n.id === input.id)) return;
    const name = `${r.title} ${periodLabel(r.period)}`;
    const record = (action: string, detail: string) =>
      deps.audit.record(tx, {
        ...{ action: `statistics.${action}`, object: "statistics", objectId: id },
        detail: detail ? `${name}：${detail}` : name,
      });
    const noted = (n: Omit<Note, "at" | "byId" | "byName">) => store.note(tx, r, n, clock.now());
    const jumpFrom = deps.jumpPercent(tx.actor.countyCode, clock.today());
    const cells = cellsOf(r.content, before, jumpFrom);
    const checked = async (content: Content) => {
      const now = cellsOf(content, await store.notes(tx, id), jumpFrom);
      await store.failing(tx, id, failedOf(content, now));
    };
    const cellAt = (key: string) => {
      const cell = cells.find((c) => keyOf(c.row, c.column) === key);
      if (!cell) throw new DomainError("not-found", "表里没有这一格，请刷新页面。");
      return cell;
    };
    if (a.kind !== "seal" && a.kind !== "giveBack" && !may.fills)
      throw new DomainError("forbidden", "统计报表由本级经办填报，您的账号不能填报。");
    switch (a.kind) {
      case "count": {
        draft(r);
        const content = await count(tx, r);
        await store.recount(tx, id, content, clock.now());
        await noted({ id: input.id, kind: "counted", cell: "", value: null, text: "" });
        await checked(content);
        break;
      }
      case "correct": {
        draft(r);
        const cell = cellAt(a.cell);
        const text = wordsOn(cell, a.value, a.text);
        if (a.value !== null && !(Number.isFinite(a.value) && Math.abs(a.value) < 1e13))
          throw new DomainError("invalid-input", "数写得不对，请重新填写。", { field: "value" });
        await noted({ id: input.id, kind: "corrected", cell: a.cell, value: a.value, text });
        await checked(r.content);
        const to = a.value ?? (cell.value === null ? "无此项" : "取数");
        await record("correct", `${a.cell} ${cell.value ?? "无"} → ${to}，${text}`);
        break;
      }
      case "explain": {
        draft(r);
        const cell = cellAt(a.cell);
        const text = words(a.text, "变动的原因");
        await noted({ id: input.id, kind: "explained", cell: a.cell, value: cell.final, text });
        await record("explain", `${a.cell} ${text}`);
        break;
      }
      case "fill": {
        draft(r);
        const wrong = checksOf(r.content, cells).find((c) => !c.ok);
        if (wrong)
          throw new DomainError(
            "action-not-allowed",
            `校验没有通过：${wrong.text}。${wrong.fails[0]}。请先更正。`,
          );
        noneBlank(r.content, cells);
        const silent = cells.filter((c) => c.jump !== null && !c.explanation);
        if (silent.length > 0)
          throw new DomainError(
            "action-not-allowed",
            `还有 ${silent.length} 个数比上年同期变动较大，没有写明原因，请先说明。`,
          );
        await store.fill(tx, id, clock.now());
        await noted({ id: input.id, kind: "filled", cell: "", value: null, text: "" });
        await record("fill", "");
        break;
      }
      case "giveBack": {
        if (!may.fills && !may.seals)
          throw new DomainError("forbidden", "退回由填报人或负责人办理，您的账号不能办理。");
        if (r.state !== "filled")
          throw new DomainError("action-not-allowed", "只有填报人签字后、负责人签字前可以退回。");
        const text = words(a.text, "为什么退回");
        await store.giveBack(tx, id);
        await noted({ id: input.id, kind: "returned", cell: "", value: null, text });
        await record("giveBack", text);
        break;
      }
      case "seal": {
        if (r.state !== "filled")
          throw new DomainError("action-not-allowed", "填报人签字以后，负责人才能签字。");
        if (!may.seals)
          throw may.sameHand
            ? new DomainError("same-signer", "填报人和负责人不能是同一个人，请另一个人签字。")
            : new DomainError("forbidden", "负责人由局领导（乡镇由另一名经办）担任，您的账号不能签字。");
        if (before.some((n) => n.kind === "corrected" && n.byId === tx.actor.accountId))
          throw new DomainError(
            "same-signer",
            "表里有您自己填写或更正过的数，要由没有填过数的负责人签字，请换一位。",
          );
        const on = clock.now();
        const sealed = sealedOf(deps, tx, r, cells, dateInShanghai(on));
        await store.seal(tx, id, sealed, digestOf(sealed), on);
        await noted({ id: input.id, kind: "sealed", cell: "", value: null, text: "" });
        await record("seal", "");
        break;
      }
    }
  }

  return act;
}

function sealedOf(
  deps: StatisticsDeps,
  tx: Tx,
  r: store.ReturnRow,
  cells: SealedTable["cells"],
  on: IsoDate,
): SealedTable {
  const { columns, rows, number, source } = r.content;
  return {
    ...{
      lines: 2,
      title: r.title,
      number,
      periodLabel: periodLabel(r.period),
      version: r.version,
      reason: r.reason,
    },
    ...{ divisionName: placeName(deps, tx, r.division), columns, rows, cells },
    source: `${source.document}${source.unverified ? "（待核实）" : ""}`,
    filled: { byName: r.filledByName ?? "", on: dateInShanghai(new Date(r.filledAt ?? 0)) },
    sealed: { byName: tx.actor.name, on },
  };
}
