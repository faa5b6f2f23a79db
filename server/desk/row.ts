/** What the desk is made of: lines, and the sources that give them. A new kind of work is one more source. */
import type { contract, Output } from "@wuxin/contract";
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { House } from "../compose.ts";

/** Something that waits for the person who looks, and the page where he does it. */
export type DeskRow = Output<typeof contract.workbench>["groups"][number]["rows"][number] & {
  /** Decides the group; null stands under 以后. */
  readonly dueOn: IsoDate | null;
  /** Somebody asks for help: before everything of its group. */
  readonly pressing?: boolean;
};

export interface Asking {
  readonly house: House;
  readonly tx: Tx;
  readonly role: string;
  /** The division that the person works for. */
  readonly scope: string;
  readonly today: IsoDate;
}

export interface Source {
  /** Whose desk it is asked for; everybody's when left out (the engine itself tells nobody what is not his). */
  readonly for?: readonly string[];
  rows(asking: Asking): Promise<readonly DeskRow[]>;
}

/** What most lines leave empty. */
export const PLAIN = { divisionName: "", clock: null } as const;
