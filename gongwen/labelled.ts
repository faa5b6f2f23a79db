import type { Gold } from "./scoring.ts";

const KIND = { t: "target", r: "result", s: "standard", o: "other" } as const;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A text with its labels in it, by the rules of the gold:
 * `新建中心{2处|t2处 养老服务中心}`: the quote, then the kind (t target, r result, s standard, o other), the comparator
 * (>=, <=, >, <; none is =), value and unit, the object, then what else there is: `f680` the value before, `m3` the
 * upper end, `p2025-06` a period that is said, `n两` the numeral as it stands, `~` about.
 * `§` opens a task. Below a line of ==== stand title, issuer, year, kind, and a line for each task: its title, its path.
 * Throws on a label that does not fit its text.
 */
export function labelled(source: string): { readonly text: string; readonly gold: Gold } {
  const [marked = "", tail = ""] = source.split("\n====\n");
  const quantities: Mutable<Gold["quantities"][number]>[] = [];
  const starts: number[] = [];
  let text = "";
  for (const part of marked.matchAll(/§|\{([^|}]*)\|([^}]*)\}|[^§{]+/g)) {
    const [whole, quote, label] = part;
    if (whole === "§") starts.push(text.length);
    else if (quote === undefined || label === undefined) text += whole;
    else {
      quantities.push(quantityOf(quote, label, text.length));
      text += quote;
    }
  }
  const head: Record<string, string | null> = {};
  const tasks: Gold["tasks"][number][] = [];
  for (const line of tail.split("\n").filter(Boolean)) {
    const [, key, value] = /^(title|issuer|year|kind): (.*)$/.exec(line) ?? [];
    if (key && value) head[key] = value === "null" ? null : value;
    else {
      const [title = "", ...path] = line.split(" | ").map((words) => words.trim());
      const start = starts[tasks.length];
      if (start === undefined) throw new Error(`no § for the task ${line}`);
      tasks.push({ start, title, path });
    }
  }
  if (tasks.length !== starts.length) throw new Error(`${starts.length} § and ${tasks.length} tasks`);
  const { title = null, issuer = null, kind } = head;
  return { text, gold: { title, issuer, year: Number(head.year), kind: kind ?? "", tasks, quantities } };
}

function quantityOf(quote: string, label: string, at: number): Gold["quantities"][number] {
  const m = /^([trso])(>=|<=|>|<)?(\d+(?:\.\d+)?)(\S+) (\S+)((?: \S+)*)$/.exec(label);
  if (!m) throw new Error(`not a label: ${label}`);
  const [, kind, comparator = "=", value = "", unit = "", object = "", more = ""] = m;
  const said = (mark: string) => new RegExp(` ${mark}(\\S+)`).exec(more)?.[1];
  const [num, from, max, period] = [said("n") ?? value, said("f"), said("m"), said("p")];
  const offset = from ? quote.lastIndexOf(num) : quote.indexOf(num);
  if (offset < 0) throw new Error(`${num} does not stand in ${quote}`);
  const power = unit.startsWith("万") ? 4 : unit.startsWith("亿") ? 8 : 0;
  return {
    num_start: at + offset,
    num,
    quote,
    object,
    base_value: Number(`${value}e${power}`),
    unit,
    kind: KIND[kind as keyof typeof KIND],
    comparator,
    from: from ? Number(from) : null,
    ...(max ? { max: Number(max) } : {}),
    approx: / ~/.test(more),
    period: period ?? null,
    period_explicit: period !== undefined,
  };
}
