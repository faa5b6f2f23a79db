/** Where a half-filled application lives: on this device at every key, with the server at every step. */
import { api, problemOf } from "../app/api.ts";
import { longKeep } from "../app/storage.ts";
import type { Session } from "../app/types.ts";
import { draftOf, type Filling } from "./model.ts";

const DAYS = 7;
const keyOf = (county: string, item: string) => `draft.${county}.${item}`;

export const keepHere = (f: Filling): boolean => longKeep.write(keyOf(f.county, f.form.item), f);
export const forgetHere = (county: string, item: string): void => longKeep.remove(keyOf(county, item));

/** What this person left on this device; somebody else's, or what is a week old, is removed unseen. */
export function findHere(county: string, item: string, session: Session, now: Date): Filling | undefined {
  const found = longKeep.read<Filling>(keyOf(county, item));
  if (!found) return undefined;
  const age = now.getTime() - new Date(found.savedAt).getTime();
  if (found.accountId === session.account.id && age < DAYS * 86_400_000) return found;
  forgetHere(county, item);
  return undefined;
}

export type Kept = "server" | "here" | "nowhere";

/** Saves with the server; without a line the device's copy stands in. */
export async function keepThere(f: Filling): Promise<Kept> {
  const here = keepHere(f);
  try {
    await api.saveDraft({ params: { id: f.id }, body: { item: f.form.item, application: draftOf(f) } });
    return "server";
  } catch (e) {
    if (problemOf(e).code === "not-logged-in") throw e;
    return here ? "here" : "nowhere";
  }
}
