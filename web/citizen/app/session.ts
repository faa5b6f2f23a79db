/** Who is signed in. A session that ends in the middle of something opens a sheet; what was typed stays. */
import { ApiError } from "@wuxin/contract/client";
import { createStore } from "../../kit/store.ts";
import { api } from "./api.ts";
import { longKeep, tabKeep } from "./storage.ts";
import type { Session } from "./types.ts";

/** undefined: not asked yet. */
export const session = createStore<Session | null | undefined>(undefined);

/** Only tells whether asking the server is worth a request; the session itself is a cookie. */
const HINT = "signed-in";
let asking: Promise<Session | null> | undefined;

/** What was typed to sign in, in memory only: the server gives a resident's name back masked. */
let typedName: string | undefined;
export const typedLoginName = (): string | undefined => typedName;

export function signedIn(next: Session, typed?: string): Session {
  if (typed !== undefined) typedName = typed;
  longKeep.write(HINT, true);
  session.set(next);
  return next;
}

export function findSession(): Promise<Session | null> {
  const known = session.get();
  if (known !== undefined) return Promise.resolve(known);
  asking ??= api
    .getSession({})
    .then(
      (s) => signedIn(s),
      (e: unknown) => {
        if (!(e instanceof ApiError) || e.problem.status !== 401) throw e;
        longKeep.remove(HINT);
        session.set(null);
        return null;
      },
    )
    .finally(() => {
      asking = undefined;
    });
  return asking;
}

/** At the start of the app: visitors who never signed in cost no request. */
export function recallSession(): void {
  if (longKeep.read<boolean>(HINT)) findSession().catch(() => undefined);
  else session.set(null);
}

/** Everything typed here is wiped: the next person on a shared phone sees nothing. */
export function wipeTyped(): void {
  for (const k of longKeep.keys()) if (k.startsWith("draft.")) longKeep.remove(k);
  for (const k of tabKeep.keys()) tabKeep.remove(k);
}

export async function signOut(): Promise<void> {
  try {
    await api.logout({});
  } finally {
    wipeTyped();
    longKeep.remove(HINT);
    typedName = undefined;
    session.set(null);
  }
}

/** The sheet that asks to sign in again; `null` when closed. */
export const loginSheet = createStore<{ readonly done: (ok: boolean) => void } | null>(null);
let waiting: Promise<boolean> | undefined;

/** @returns false when the person closes the sheet */
export function askLogin(): Promise<boolean> {
  waiting ??= new Promise<boolean>((resolve) => {
    loginSheet.set({
      done(ok) {
        loginSheet.set(null);
        waiting = undefined;
        resolve(ok);
      },
    });
  });
  return waiting;
}

const expired = (e: unknown): boolean => e instanceof ApiError && e.problem.code === "not-logged-in";

/** Runs the work; when the session has ended, asks to sign in again and runs it once more. */
export async function withSession<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (e) {
    if (!expired(e) || !(await askLogin())) throw e;
    return work();
  }
}
