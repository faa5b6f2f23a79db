import type { Tx } from "@wuxin/platform";

/**
 * For statements that read a whole roster: of one made a moment ago the planner has no statistics, takes it for a few rows
 * and would look up the rest row by row, which is quadratic.
 */
export async function readWhole<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const nestedLoops = (on: "on" | "off") => tx.exec("select set_config('enable_nestloop', $1, true)", [on]);
  await nestedLoops("off");
  const result = await work();
  await nestedLoops("on");
  return result;
}
