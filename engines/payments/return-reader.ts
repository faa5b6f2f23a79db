/** Pure: rows of a return made answers, part by part, with what must be remembered from one part to the next. */
import type { AnswerField, BankLayout } from "@wuxin/declare";
import { formatYuan, type IsoDate, isIsoDate } from "@wuxin/kernel";
import { badReturn, cellsBy, fenOf, type Problem, type ReturnRow, readRow } from "./bank-return.ts";
import type { NumberedRow, Part } from "./return-source.ts";
import type { Sent, StagedRow } from "./return-store.ts";

/** How far a file is read. Sums only and nothing of a person: it lies with the job. */
export interface Reached {
  readonly offset: number;
  readonly row: number;
  /** Of payments. */
  readonly lines: number;
  readonly totalFen: number;
  readonly unanswered: number;
  /** Of other rosters. */
  readonly foreign: number;
  readonly foreignBatch: string;
  /** Rows that could not be read. */
  readonly misread: number;
}
export const START: Reached = {
  ...{ offset: 0, row: 0, lines: 0, totalFen: 0, unanswered: 0, foreign: 0, foreignBatch: "", misread: 0 },
};

export interface ReadPart {
  readonly rows: readonly ReturnRow[];
  readonly problems: readonly Problem[];
  readonly reached: Reached;
}

/** How many rows stand before the first payment. */
const headOf = ({ answer }: BankLayout): number => (answer.titles ? 1 : 0) + answer.headLines;

/**
 * @param first the rows with which the file begins
 * @throws bad-return-file when it has other columns
 */
export function openReturn(
  layout: BankLayout,
  of: { readonly rosterNumber: string; readonly today: IsoDate },
  first: readonly NumberedRow[],
) {
  const { answer } = layout;
  const cell = cellsBy(layout, answer.titles ? (first[0]?.cells ?? []) : []);

  /** @throws bad-return-file with the last part: cut off, empty, not an answer, sums that do not fit, another roster's */
  function read(from: Reached, part: Part): ReadPart {
    const body = from.row === 0 ? part.rows.slice(headOf(layout)) : [...part.rows];
    const foot = part.last && answer.foot ? body.pop() : undefined;
    if (part.last && answer.foot && !cell(foot?.cells ?? [], 1).startsWith(answer.foot.starts))
      throw badReturn(`文件末尾没有“${answer.foot.starts}”行，可能没有下载完整，请重新从银行下载回盘文件。`);
    const rows: ReturnRow[] = [];
    const problems: Problem[] = [];
    let { totalFen, unanswered, foreign, foreignBatch, misread } = from;
    for (const r of body) {
      const get = (field: AnswerField) => cell(r.cells, answer.columns[field]);
      if (get("status") === "") unanswered++;
      const row = readRow(layout, r.row, get);
      if ("message" in row) {
        misread++;
        problems.push(row);
        continue;
      }
      totalFen += row.amountFen;
      if (row.batchNo !== "" && row.batchNo !== of.rosterNumber) {
        foreign++;
        foreignBatch ||= row.batchNo.slice(0, 30);
      }
      const problem = doubt(row);
      if (problem) problems.push({ row: r.row, message: problem });
      else rows.push(row);
    }
    const reached: Reached = {
      ...{ offset: part.offset, row: part.row, lines: from.lines + body.length },
      ...{ totalFen, unanswered, foreign, foreignBatch, misread },
    };
    if (part.last) close(reached, foot?.cells);
    return { rows, problems, reached };
  }

  /** What is wrong with a row whatever its line says. */
  function doubt(r: ReturnRow): string | null {
    if (r.batchNo !== "" && r.batchNo !== of.rosterNumber)
      return `批次号“${r.batchNo.slice(0, 30)}”不是本名册的 ${of.rosterNumber}。`;
    if (r.paidOn !== null && (!isIsoDate(r.paidOn) || r.paidOn > of.today))
      return `入账日期 ${r.paidOn} 晚于今天。`;
    return null;
  }

  function close(r: Reached, stated: readonly unknown[] | undefined): void {
    if (r.lines === 0) throw badReturn("回盘里一笔明细也没有，请核对是否传错文件。");
    if (r.unanswered === r.lines)
      throw badReturn("每一行的“处理结果”都是空的，这是报送文件，不是银行的回盘。");
    if (r.misread === 0 && stated) {
      const { foot } = answer;
      const lines = foot?.lines ? Number.parseInt(cell(stated, foot.lines), 10) : r.lines;
      const fen = foot?.totalFen
        ? Number(cell(stated, foot.totalFen))
        : foot?.totalYuan
          ? fenOf("", cell(stated, foot.totalYuan))
          : r.totalFen;
      if (lines !== r.lines || fen !== r.totalFen)
        throw badReturn(
          `合计行写 ${lines} 笔 ${formatYuan(fen || 0)} 元，明细却是 ${r.lines} 笔 ${formatYuan(r.totalFen)} 元，文件不完整或被改过，请重新下载。`,
        );
    }
    if (r.foreign > 0 && r.foreign === r.lines - r.misread)
      throw badReturn(
        `这是批次“${r.foreignBatch}”的回盘，不是名册 ${of.rosterNumber} 的，请到对应的名册里装载。`,
      );
  }

  return { read };
}
export type ReturnReader = ReturnType<typeof openReturn>;

/** Nothing but that a row is wrong. */
export const wrongRow = ({ row, message }: Problem): StagedRow => ({
  ...{ row, problem: message, lineId: null, outcome: null },
  ...{ failCode: null, failReason: null, bankSerial: null, settledOn: null },
});

/** A row beside the line it names, by what was signed of it. `open`: an account as the bank writes it. */
export function besideLine(
  r: ReturnRow,
  line: Sent | undefined,
  open: (sealed: Buffer) => string,
  today: IsoDate,
): StagedRow {
  const problem = !line
    ? `${r.lineId === null ? "序号" : "依据编号"}不在这份名册里。`
    : line.amountFen !== r.amountFen
      ? `金额 ${formatYuan(r.amountFen)} 元与报送的 ${formatYuan(line.amountFen)} 元不一致。`
      : r.cardNo !== "" && line.accountSealed && open(line.accountSealed) !== r.cardNo
        ? "账号与报送的不一致。"
        : null;
  const failed = r.outcome === "failed";
  return {
    ...{ row: r.row, lineId: line?.id ?? null, outcome: r.outcome, problem },
    failCode: (r.outcome !== "paid" && r.failCode) || null,
    failReason: r.failReason || (failed ? "银行未写原因" : null),
    bankSerial: r.bankSerial || null,
    settledOn: r.paidOn ?? (failed ? today : null),
  };
}
