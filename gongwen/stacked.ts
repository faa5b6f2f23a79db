/** One cell as it stands in the text. */
export interface Raw {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

interface Stacked {
  readonly from: number;
  readonly to: number;
  /** The heads first; every row as long as they are. */
  readonly rows: Raw[][];
}

const NUMBER_HEAD = /^(?:序号|编号)$/;
const ROW_NUMBER = /^\d{1,3}$/;
const MOST_COLUMNS = 14;
const LONGEST_HEAD = 30;

/** A cell and the head it would stand under: how well they go together. */
function fit(head: string, cell: string): number {
  const reports = /已|完成了|正在|在建|目前|基本完成|开工|投入使用/.test(cell);
  if (/进度|进展|完成情况|推进情况/.test(head)) return reports ? 3 : 0;
  if (/时间|时限|日期/.test(head)) return /^[^,。;]{0,12}(?:[年月日底前]|季度)$/.test(cell) ? 3 : 0;
  if (/单位|部门|科室|主体/.test(head)) return /[局办科室委会街道镇乡中心府]$/.test(cell) ? 2 : 0;
  if (/领导|负责人|联系人/.test(head)) return /^[一-龥·]{2,4}$/.test(cell) ? 2 : 0;
  if (/^是否/.test(head)) return /^[是否]$/.test(cell) ? 3 : 0;
  if (/内容|任务|项目|目标|事项/.test(head)) return /[一-龥]{4}/.test(cell) && !reports ? 2 : 0;
  return 0;
}

/** Cells in their order under the heads, some left empty: a merged cell is not said again, an empty one not at all. */
function aligned(heads: readonly Raw[], cells: readonly Raw[]): Raw[] {
  const [n, m] = [heads.length, cells.length];
  const best = Array.from({ length: n + 1 }, () => new Array<number>(m + 1).fill(Number.NEGATIVE_INFINITY));
  for (let i = 0; i <= n; i++) (best[i] as number[])[0] = 0;
  const at = (i: number, j: number) => (best[i] as number[])[j] as number;
  const score = (i: number, j: number) =>
    fit((heads[i] as Raw).text.replace(/\s/g, ""), (cells[j] as Raw).text) + (i === j ? 0.5 : 0);
  for (let i = 1; i <= n; i++)
    for (let j = 1; j <= m; j++)
      (best[i] as number[])[j] = Math.max(at(i - 1, j), at(i - 1, j - 1) + score(i - 1, j - 1));
  const row: Raw[] = [];
  for (let i = n, j = m; i > 0; i--) {
    const taken = j > 0 && at(i, j) === at(i - 1, j - 1) + score(i - 1, j - 1);
    row.unshift(taken ? (cells[--j] as Raw) : { from: 0, to: 0, text: "" });
  }
  return row;
}

/** Tables that were copied cell by cell, one to a line: 序号, the other heads, then 1, its cells, 2, its cells …. */
export function stackedTables(text: string): Stacked[] {
  const tables: Stacked[] = [];
  if (!/(?:^|\n)[\s|]*(?:序号|编号)\s*\|?\s*\n/.test(text)) return tables;
  const lines: Raw[] = [];
  let offset = 0;
  for (const line of text.split("\n")) {
    const bare = line.replace(/[\s|]+$/, "");
    const lead = bare.search(/[^\s|]/);
    if (lead >= 0) lines.push({ from: offset + lead, to: offset + bare.length, text: bare.slice(lead) });
    offset += line.length + 1;
  }
  for (let i = 0; i < lines.length; i++) {
    if (!NUMBER_HEAD.test((lines[i] as Raw).text)) continue;
    let first = i + 1;
    while (first < lines.length && first - i <= MOST_COLUMNS && isHead(lines[first] as Raw)) first++;
    const width = first - i;
    if (width < 3 || width > MOST_COLUMNS || !ROW_NUMBER.test(lines[first]?.text ?? "")) continue;
    const heads = lines.slice(i, first);
    const rows: Raw[][] = [heads];
    let k = first;
    while (k < lines.length && ROW_NUMBER.test((lines[k] as Raw).text)) {
      const number = Number((lines[k] as Raw).text);
      let end = k + 1;
      while (end < lines.length && end - k < width && (lines[end] as Raw).text !== String(number + 1)) end++;
      rows.push(aligned(heads, lines.slice(k, end)));
      k = end;
    }
    tables.push({ from: (heads[0] as Raw).from, to: (lines[k - 1] as Raw).to, rows });
    i = k - 1;
  }
  return tables;
}

const isHead = (cell: Raw) =>
  cell.text.length <= LONGEST_HEAD && !ROW_NUMBER.test(cell.text) && !/[。;,|\t]/.test(cell.text);
