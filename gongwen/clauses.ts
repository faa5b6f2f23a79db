/** The words of one clause before and behind a place, and the figures in them. */

const MAX_SCAN = 90;

const [OPEN, CLOSE, QUOTE, UNQUOTE, STOP, LINE] = [1, 2, 3, 4, 5, 6];
const CLASS = new Uint8Array(65536);
for (const c of ",。;:!?…\t|") CLASS[c.charCodeAt(0)] = STOP;
CLASS[40] = OPEN;
CLASS[41] = CLOSE;
CLASS[0x201c] = QUOTE;
CLASS[0x201d] = UNQUOTE;
CLASS[10] = LINE;

/** Words between the last break and `to`; brackets and quotations closed on the way belong to them. */
export function left(text: string, to: number): string {
  let i = to;
  let depth = 0;
  let quoted = 0;
  for (; i > 0 && to - i < MAX_SCAN; i--) {
    const c = CLASS[text.charCodeAt(i - 1)];
    if (c === 0) continue;
    if (c === LINE || (c === OPEN && depth === 0) || (c === STOP && depth === 0 && quoted <= 0)) break;
    if (c === CLOSE) depth++;
    else if (c === OPEN) depth--;
    else if (c === UNQUOTE) quoted++;
    else if (c === QUOTE) quoted--;
  }
  return text.slice(i, to);
}

/** Words from `from` to the next break. */
export function right(text: string, from: number): string {
  let i = from;
  let depth = 0;
  let quoted = 0;
  for (; i < text.length && i - from < MAX_SCAN; i++) {
    const c = CLASS[text.charCodeAt(i)];
    if (c === 0) continue;
    if (c === LINE || (c === CLOSE && depth === 0) || (c === STOP && depth === 0 && quoted === 0)) break;
    // “完成3012户改造”两项任务: a figure within a quotation is about what stands in it.
    if (c === UNQUOTE && quoted === 0) break;
    if (c === OPEN) depth++;
    else if (c === CLOSE) depth--;
    else if (c === QUOTE) quoted++;
    else if (c === UNQUOTE) quoted--;
  }
  return text.slice(from, i);
}

export const FIGURE =
  /\d+(?:\.\d+)?(?:[多余])?[万亿]?(?:[人场批家户件轮名车班台例]次|平方米|小时|分钟|个?工作日|床(?!位)|[个家所户人名位张座处场次条份期件批套台元%辆对例起亩米吨间栋幢支项公袋桶箱瓶盒具棵株册块枚颗盏节顶轮遍]|(?<=[万亿])(?=[一-龥]{2}|[、,。;]))/;

export const FIGURES = new RegExp(FIGURE, "g");
const FIGURE_HERE = new RegExp(FIGURE, "y");
const isDigit = (c: number) => c >= 48 && c <= 57;
/** The last figure of a clause, looked for from its end. */
export function lastFigure(clause: string): RegExpExecArray | undefined {
  for (let end = clause.length - 1; end >= 0; end--) {
    if (!isDigit(clause.charCodeAt(end))) continue;
    let from = end;
    while (from > 0 && /[\d.,]/.test(clause[from - 1] as string)) from--;
    for (let at = from; at <= end; at++) {
      if (!isDigit(clause.charCodeAt(at))) continue;
      FIGURE_HERE.lastIndex = at;
      const found = FIGURE_HERE.exec(clause);
      if (found) return found;
    }
    end = from;
  }
  return undefined;
}

export const clauseAround = (text: string, from: number, to: number) => ({
  left: left(text, from),
  right: right(text, to),
});
