/**
 * Where in a rules file one stands: the keys that enclose a place, by lines and indentation. Not by the parsed tree: while
 * a line is being typed the tree is broken exactly there. Pure.
 */

/** Outermost first: 低保金, formula, 2021-07-01. */
export function keysAt(text: string, at: number): string[] {
  const lines = text.slice(0, at).split("\n");
  const last = lines.at(-1) ?? "";
  const keys = keysOnLine(last);
  let indent = indentOf(last);
  if (last.trim() === "") indent = last.length;
  for (let n = lines.length - 2; n >= 0 && indent > 0; n--) {
    const line = lines[n] ?? "";
    if (line.trim() === "" || line.trim().startsWith("#") || indentOf(line) >= indent) continue;
    indent = indentOf(line);
    // Braces that were opened and not closed go on; a closed line only stands beside.
    keys.unshift(...keysOnLine(line));
  }
  return keys;
}

const indentOf = (line: string): number => /^ */.exec(line)?.[0].length ?? 0;

/** Keys that are open at the end of a line, `{` by `{`. */
function keysOnLine(line: string): string[] {
  const open: (string | null)[] = [null];
  const token = /"(?:[^"\\]|\\.)*"?|'[^']*'?|#.*$|[{}[\],]|([^\s{}[\],"':#][^{}[\],"':#]*?)\s*:(?=\s|$)/gu;
  for (const m of line.matchAll(token)) {
    if (m[1] !== undefined) open[open.length - 1] = m[1].replace(/^-\s*/, "");
    else if (m[0] === "{" || m[0] === "[") open.push(null);
    else if ((m[0] === "}" || m[0] === "]") && open.length > 1) open.pop();
    else if (m[0] === "," && open.length > 1) open[open.length - 1] = null;
  }
  return open.filter((k) => k !== null);
}

/** A formula, a condition, or the right side of a table's row. */
export const inFormula = (keys: readonly string[]): boolean =>
  keys.some((k) => k === "formula" || k === "when" || k === "table");

/** Names at the left edge, as an author has just written them. */
export const namesWritten = (text: string): string[] =>
  [...text.matchAll(/^([\p{L}_][\p{L}\p{N}_]*):/gmu)].map((m) => m[1] as string);
