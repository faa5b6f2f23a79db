/** The life events of the home page, in the order people meet them. Items say themselves where they belong. */
import type { ItemBrief } from "../app/types.ts";

export const LIFE_EVENTS = ["生活困难", "家有老人", "家有孩子", "身有残疾", "亲人去世", "结婚收养"] as const;

/** The six, then any other event that an item of this county names. */
export function eventsOf(items: readonly Pick<ItemBrief, "lifeEvents">[]): string[] {
  return [...new Set<string>([...LIFE_EVENTS, ...items.flatMap((i) => i.lifeEvents)])];
}

export const itemsFor = <T extends Pick<ItemBrief, "lifeEvents">>(items: readonly T[], event: string): T[] =>
  items.filter((i) => i.lifeEvents.includes(event));
