/** What has to be settled before a summary goes out: every number against its source. Pure. */
import { type Printed, placed, quantitiesIn } from "./document.ts";
import { TO_WRITE } from "./draft.ts";
import { type Content, type Figure, monthsOf, plain, shown } from "./model.ts";

export interface Finding {
  /** The same finding has the same key; another number is another finding. */
  readonly key: string;
  readonly kind: "changed" | "gone" | "typed" | "open-month" | "to-write";
  readonly text: string;
  readonly figure: string | null;
  /** Why it stands as it does, by a person; null: still to be settled. */
  readonly reason: string | null;
  readonly reasonBy: string | null;
}
export interface Checked {
  readonly findings: readonly Finding[];
  /** Numbers in the text, and those of them with a source. */
  readonly numbers: number;
  readonly linked: number;
}
/** How many numbers the text has, and how many of them have a source. */
export function counted(content: Content, printed: Printed): { numbers: number; linked: number } {
  const all = quantitiesIn(placed(content, printed));
  return { numbers: all.length, linked: all.filter((q) => q.figure !== null).length };
}

export interface Said {
  readonly key: string;
  readonly reason: string;
  readonly byName: string;
}

/** @param now what each figure's source says now; null: nothing any more */
export function check(
  content: Content,
  printed: Printed,
  now: ReadonlyMap<string, Figure | null>,
  said: readonly Said[],
): Checked {
  const at = placed(content, printed);
  const found: Omit<Finding, "reason" | "reasonBy">[] = [];
  const used = new Set(at.places.map((p) => p.figure));
  const months = new Map<string, number>();
  for (const id of used) {
    const f = content.figures[id];
    if (!f) continue;
    const told = now.get(id);
    const value = told?.value ?? null;
    if (!told || value === null)
      found.push({
        ...{ key: `gone:${id}`, kind: "gone", figure: id },
        text: `「${f.source.name}」${shown(f)}：现在已经取不到这个数。`,
      });
    else if (value !== f.value)
      found.push({
        ...{ key: `changed:${id}:${plain(value)}`, kind: "changed", figure: id },
        text: `「${f.source.name}」写的是 ${shown(f)}，来源现在是 ${shown({ ...f, value })}。${corrected(f, told)}`,
      });
    for (const m of openMonths(f)) months.set(m, (months.get(m) ?? 0) + 1);
  }
  for (const [month, count] of [...months].sort())
    found.push({
      ...{ key: `open:${month}`, kind: "open-month", figure: null },
      text: `${month} 还没有冻结，有 ${count} 个数按当时的台账算。`,
    });
  const quantities = quantitiesIn(at);
  for (const q of quantities)
    if (q.figure === null)
      found.push({
        ...{ key: `typed:${at.text.slice(Math.max(0, q.start - 12), q.start)}${q.quote}`, kind: "typed" },
        ...{ figure: null, text: `“${q.object} ${q.quote}”是手写的，没有来源。` },
      });
  const toWrite = at.text.split(TO_WRITE).length - 1;
  if (toWrite > 0)
    found.push({
      ...{ key: `to-write:${toWrite}`, kind: "to-write", figure: null },
      text: `还有 ${toWrite} 处${TO_WRITE}没有写，请用「修改文字」写上或删去。`,
    });
  const reasons = new Map(said.map((s) => [s.key, s]));
  const unique = [...new Map(found.map((f) => [f.key, f])).values()];
  return {
    findings: unique.map((f) => {
      const s = reasons.get(f.key);
      return { ...f, reason: s?.reason ?? null, reasonBy: s?.byName ?? null };
    }),
    ...counted(content, printed),
  };
}

/** Months that were corrected since the figure was read, each with its reason and who confirmed it. */
function corrected(was: Figure, now: Figure): string {
  const before = new Map(monthsOf(was).map((m) => [m.month, m.version]));
  return monthsOf(now)
    .filter((m) => m.why !== undefined && m.version !== before.get(m.month))
    .map((m) => `${m.month} 更正：${m.why}。`)
    .join("");
}

const openMonths = (f: Figure): string[] =>
  monthsOf(f)
    .filter((m) => m.version === null)
    .map((m) => m.month);
