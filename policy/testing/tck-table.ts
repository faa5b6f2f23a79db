import type { TckCase } from "./tck.ts";

/** TCK.md: per model how many cases run and agree, and why the others are out. */
export function tckTable(cases: readonly TckCase[]): string {
  const groups = [...new Set(cases.map((c) => c.group))];
  const count = (list: readonly TckCase[], outcome: TckCase["outcome"]) =>
    list.filter((c) => c.outcome === outcome).length;
  const rows = groups.map((group) => {
    const own = cases.filter((c) => c.group === group);
    const reasons = new Map<string, number>();
    for (const c of own) if (c.outcome === "out") reasons.set(c.reason!, (reasons.get(c.reason!) ?? 0) + 1);
    const why = [...reasons].map(([reason, n]) => `${reason} ${n}`).join("；");
    return `| ${group} | ${count(own, "agrees")} | ${count(own, "out")} | ${why} |`;
  });
  return [
    "# DMN TCK",
    "",
    "The TCK's models about FEEL (compliance level 3), run by `tck.test.ts`: every expression that this room takes must give what the TCK expects. What is outside the supported part is refused when loaded, so it is counted here with its reason, not run.",
    "",
    `${count(cases, "agrees")} of ${cases.length} results run and agree; ${count(cases, "out")} are out; ${count(cases, "differs")} differ.`,
    "",
    "| model | agree | out | why out |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
