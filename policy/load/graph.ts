import type { ProblemList } from "../errors.ts";
import type { Variable } from "../types.ts";
import type { Declaration } from "./declarations.ts";

/** A longer chain of variables would exhaust the stack of the machines, and no law has one. */
const LONGEST_CHAIN = 200;

/** A variable may not need itself, on any date. Each date on which some formula starts is walked. */
export function checkCycles(
  variables: ReadonlyMap<string, Variable>,
  declarations: readonly Declaration[],
  problems: ProblemList,
): void {
  const dates = new Set([...variables.values()].flatMap((v) => v.versions.map((x) => x.since)));
  const reported = new Set<string>();
  for (const date of [...dates].sort()) {
    const state = new Map<string, "open" | "done">();
    const height = new Map<string, number>();
    const visit = (start: string): void => {
      // An explicit stack: a chain of thousands of variables must not exhaust the machine's own.
      const stack: { name: string; rest: string[] }[] = [
        { name: start, rest: needs(variables, start, date) },
      ];
      state.set(start, "open");
      while (stack.length > 0) {
        const top = stack.at(-1)!;
        const next = top.rest.shift();
        if (next === undefined) {
          state.set(top.name, "done");
          const below = needs(variables, top.name, date).map((n) => height.get(n) ?? 0);
          const own = 1 + Math.max(0, ...below);
          height.set(top.name, own);
          if (own === LONGEST_CHAIN) tooLong(top.name);
          stack.pop();
        } else if (state.get(next) === "open") {
          report([...stack.slice(stack.findIndex((s) => s.name === next)).map((s) => s.name), next]);
        } else if (!state.has(next)) {
          state.set(next, "open");
          stack.push({ name: next, rest: needs(variables, next, date) });
        }
      }
    };
    const tooLong = (name: string) => {
      const d = declarations.find((x) => x.name === name);
      if (d && !reported.has(name)) {
        reported.add(name);
        problems.add(
          d.source.place(d.keyNode),
          `“${name}”要经过 ${LONGEST_CHAIN} 个以上的变量才能算出`,
          "合并中间的变量",
        );
      }
    };
    const report = (path: string[]) => {
      const key = [...new Set(path)].sort().join(" ");
      if (reported.has(key)) return;
      reported.add(key);
      const d = declarations.find((x) => x.name === path[0]);
      if (d)
        problems.add(
          d.source.place(d.keyNode),
          `“${path[0]}”绕回了自己：${path.join(" → ")}`,
          "断开其中一环，例如把一个量改成填报的",
        );
    };
    for (const name of variables.keys()) if (!state.has(name)) visit(name);
  }
}

function needs(variables: ReadonlyMap<string, Variable>, name: string, date: string): string[] {
  const version = variables.get(name)?.versions.findLast((v) => v.since <= date);
  return version ? version.uses.filter((u) => variables.has(u)) : [];
}
