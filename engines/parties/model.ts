/** Pure: what is given to an outside party, what it says back, and in which state that is. */
import type { Field, Values } from "@wuxin/declare";
import type { IsoDate } from "@wuxin/kernel";

/** `department:<code>` of the county's list, or `institution:<id>` of a registered place. */
export type Party = `department:${string}` | `institution:${string}`;
export const department = (code: string): Party => `department:${code}`;
export const institution = (entryId: string): Party => `institution:${entryId}`;
export const partyOf = (
  text: string,
): { readonly kind: "department" | "institution"; readonly id: string } => {
  const [kind, id = ""] = text.split(":");
  return { kind: kind === "institution" ? "institution" : "department", id };
};

/** `waiting`: an answer is asked; `shared`: for knowledge, may be answered; `done`: nothing more can be said. */
export const PARTY_STATES = { waiting: "等答复", shared: "已共享", done: "已办结" } as const;
export type PartyState = keyof typeof PARTY_STATES;

export interface Line {
  readonly label: string;
  readonly text: string;
}
export interface Asked {
  readonly action: string;
  readonly label: string;
  readonly fields: readonly Field[];
  /** What it is sent with; none: the press alone. */
  readonly note?: string;
}
/** What a party is told of a matter: as little as its part of it needs. */
export interface Told {
  /** Without personal data: it stands in lists. */
  readonly title: string;
  readonly divisionCode: string;
  readonly state: PartyState;
  readonly dueOn: IsoDate | null;
  /** What the party may use it for, and the article that lets it. */
  readonly purpose: string;
  readonly basis: string;
  readonly lines: readonly Line[];
  /** What was said and decided, oldest first: meetings, points, reports. */
  readonly chapters?: readonly { readonly title: string; readonly lines: readonly Line[] }[];
  readonly actions: readonly Asked[];
  /** Somebody's name and number can be asked for, one at a time, on record. */
  readonly identity?: boolean;
  /** A file lies ready: what it is called on the button. */
  readonly file?: string;
  /** A file is expected here: the code of the feed. */
  readonly feed?: string;
}

export interface Reply {
  readonly id: string;
  readonly action: string;
  readonly data: Values;
  readonly byName: string;
  readonly at: string;
}
/** Every file that an answer brings along. */
export const filesOf = (fields: readonly Field[], data: Values): string[] =>
  fields.flatMap((f) => (f.type === "file" && Array.isArray(data[f.name]) ? (data[f.name] as string[]) : []));
