/** What the pages of statutory tables show. */
import type { IsoDate } from "@wuxin/kernel";
import type { EnteredCode } from "./codes.ts";
import {
  blankOf,
  type Cell,
  type CheckResult,
  type Content,
  checksOf,
  codeMissing,
  keyOf,
  type Note,
  type Period,
  periodLabel,
} from "./model.ts";
import type { Signing } from "./ports.ts";
import type { ReturnHead, ReturnRow } from "./store.ts";

export interface ReturnBrief extends ReturnHead {
  readonly divisionName: string;
  readonly periodLabel: string;
  /** Not sealed by its day. */
  readonly late: boolean;
}
export interface ReturnPage extends Omit<ReturnHead, "filledBy"> {
  readonly divisionName: string;
  readonly periodLabel: string;
  readonly month: string;
  readonly number: string | null;
  readonly numberEntered: EnteredCode | null;
  readonly source: Content["source"];
  readonly columns: Content["columns"];
  readonly rows: readonly (Content["rows"][number] & {
    readonly cells: readonly (Cell & { readonly key: string })[];
  })[];
  readonly checks: readonly CheckResult[];
  readonly notes: readonly Omit<Note, "byId">[];
  readonly versions: readonly {
    readonly id: string;
    readonly version: number;
    readonly state: ReturnHead["state"];
    readonly reason: string;
    readonly sealedAt: string | null;
    readonly digest: string | null;
  }[];
  /** What keeps the first person from signing. */
  readonly open: {
    readonly failed: number;
    readonly silent: number;
    /** Cells that nothing was counted for, nobody filled and nobody called 无此项. */
    readonly blank: number;
    /** Rows of which nobody has seen the code. */
    readonly uncoded: number;
  };
  readonly late: boolean;
  readonly can: {
    readonly edit: boolean;
    readonly fill: boolean;
    readonly giveBack: boolean;
    readonly seal: boolean;
    readonly reopen: boolean;
    readonly code: boolean;
  };
}

export function pageOf(o: {
  readonly r: ReturnRow;
  readonly notes: readonly Note[];
  readonly versions: readonly ReturnHead[];
  readonly cells: readonly Cell[];
  readonly signing: Signing;
  readonly entersCodes: boolean;
  readonly today: IsoDate;
  readonly divisionName: string;
  readonly lastMonth: string;
}): ReturnPage {
  const { r, cells, signing, versions } = o;
  const { content, sealed: _, filledBy: __, ...head } = r;
  const checks = checksOf(content, cells);
  const newest = versions.at(-1)?.id === r.id;
  return {
    ...head,
    ...{ divisionName: o.divisionName, periodLabel: periodLabel(r.period as Period), month: o.lastMonth },
    ...{
      number: content.number,
      numberEntered: content.numberEntered ?? null,
      source: content.source,
      columns: content.columns,
      checks,
    },
    notes: o.notes.map(({ byId: _by, ...n }) => n),
    rows: content.rows.map((row) => ({
      ...row,
      cells: content.columns.flatMap((c) =>
        cells
          .filter((x) => x.row === row.code && x.column === c.code)
          .map((x) => ({ ...x, key: keyOf(x.row, x.column) })),
      ),
    })),
    versions: versions.map(({ id, version, state, reason, sealedAt, digest }) => ({
      ...{ id, version, state, reason, sealedAt, digest },
    })),
    open: {
      failed: checks.filter((c) => !c.ok).length,
      silent: cells.filter((c) => c.jump !== null && !c.explanation).length,
      blank: blankOf(cells).length,
      uncoded: content.rows.filter(codeMissing).length,
    },
    late: o.today > r.dueOn && r.state !== "sealed",
    can: {
      edit: r.state === "draft" && signing.fills,
      fill: r.state === "draft" && signing.fills,
      giveBack: r.state === "filled" && (signing.fills || signing.seals),
      seal: r.state === "filled" && signing.seals,
      code: r.state !== "sealed" && o.entersCodes,
      reopen: r.state === "sealed" && newest && signing.fills,
    },
  };
}
