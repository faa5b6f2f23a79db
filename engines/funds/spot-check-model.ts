/** Pure: how a lot is drawn, the states of a household that was drawn, and what may be done with it. */
import { createHash } from "node:crypto";

export type SpotState = "waiting" | "clean" | "found" | "confirmed" | "rectified" | "closed" | "transferred";
export type SpotAct =
  | "looked"
  | "confirmed"
  | "returned"
  | "rectified"
  | "accepted"
  | "reopened"
  | "transferred";

export const SPOT_STATES: Readonly<Record<SpotState, string>> = {
  waiting: "待检查",
  clean: "没有问题",
  found: "待复核",
  confirmed: "待整改",
  rectified: "待验收",
  closed: "已整改",
  transferred: "已移送",
};
export const SPOT_ACTS: Readonly<Record<SpotAct, string>> = {
  looked: "检查",
  confirmed: "复核属实",
  returned: "复核退回",
  rectified: "整改",
  accepted: "验收通过",
  reopened: "验收退回",
  transferred: "移送",
};

/** Which act is lawful from where, and whither it leads; a look that finds nothing ends there. */
const MOVES: Readonly<Record<Exclude<SpotAct, "looked">, readonly [from: SpotState, to: SpotState]>> = {
  confirmed: ["found", "confirmed"],
  returned: ["found", "waiting"],
  rectified: ["confirmed", "rectified"],
  accepted: ["rectified", "closed"],
  reopened: ["rectified", "confirmed"],
  transferred: ["confirmed", "transferred"],
};
/** Where it leads; undefined: not from here. */
export function moved(state: SpotState, act: SpotAct, clean: boolean): SpotState | undefined {
  if (act === "looked") return state === "waiting" ? (clean ? "clean" : "found") : undefined;
  const [from, to] = MOVES[act];
  return state === from ? to : undefined;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
/** A household's ticket: whoever knows the seed makes the same one. */
export const ticket = (seed: string, id: string): string => sha256(`${seed}:${id}`);

/** The households with the smallest tickets, in their order. The population's order does not matter. */
export function draw(population: readonly string[], seed: string, size: number): string[] {
  return population
    .map((id) => ({ id, ticket: ticket(seed, id) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .slice(0, size)
    .map((t) => t.id);
}
/** Says whether two populations are the same, without keeping either. */
export const populationDigest = (population: readonly string[]): string =>
  sha256([...population].sort().join("\n"));
