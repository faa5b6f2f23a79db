/** What the phone knows at the moment, and the key while it is open. */
import type { FieldListView, FieldVisitInput } from "@wuxin/contract";
import { ApiError, type ApiProblem, createClient } from "@wuxin/contract/client";
import { createStore, useStore } from "../../kit/store.ts";
import type { Meta } from "../keep/records.ts";
import * as records from "../keep/records.ts";
import type { Forms, Taking } from "./applications.ts";

export type Stop = FieldListView["stops"][number];
export type Conflict = FieldListView["conflicts"][number];
export interface Waiting {
  readonly visit: Omit<FieldVisitInput, "photos" | "signatureId">;
  readonly title: string;
  /** Ids of sealed pictures; those of `sent` are on the server already. */
  readonly photos: readonly string[];
  readonly signature: string | null;
  readonly sent: readonly string[];
  /** What the server said when it did not take it. */
  readonly problem?: string;
}
/** What became of a visit that was sent. */
export interface Outcome {
  readonly id: string;
  readonly title: string;
  readonly answered: readonly string[];
  readonly merged: readonly string[];
  readonly conflicts: readonly string[];
  readonly notes: readonly string[];
}
export interface Taken {
  /** Its stops are those of every page that was taken. */
  readonly list: FieldListView;
  readonly pages: number;
  /** When it was taken, ms. */
  readonly at: number;
}
export interface Phone {
  readonly screen: "starting" | "unsafe" | "login" | "locked" | "open";
  readonly meta?: Meta | undefined;
  readonly online: boolean;
  readonly taken?: Taken | undefined;
  readonly waiting: readonly Waiting[];
  readonly outcomes: readonly Outcome[];
  /** Applications that are being taken, and the forms for further ones. */
  readonly takings: readonly Taking[];
  readonly forms?: Forms | undefined;
  /** Subjects with something begun. */
  readonly begun: readonly string[];
  readonly syncing: boolean;
  /** The session is over; what waits needs the password once more. */
  readonly needsLogin: boolean;
  readonly message?: string | undefined;
}

const NOTHING = {
  taken: undefined,
  waiting: [],
  outcomes: [],
  takings: [],
  begun: [],
  needsLogin: false,
  message: undefined,
};
const store = createStore<Phone>({
  ...{ screen: "starting", online: navigator.onLine, syncing: false },
  ...NOTHING,
});
export const phone = (): Phone => store.get();
export const usePhone = (): Phone => useStore(store);
export const set = (change: Partial<Phone>): void => store.set({ ...store.get(), ...change });

/** By the server's clock, as far as the last list told it: a phone's own may be wrong by days. */
export function rightNow(): Date {
  const { taken } = store.get();
  const ahead = taken ? taken.at - Date.parse(taken.list.now) : 0;
  return new Date(Date.now() - (Number.isFinite(ahead) ? ahead : 0));
}

let key: CryptoKey | undefined;
export const isOpen = (): boolean => key !== undefined;
export function theKey(): CryptoKey {
  if (!key) throw new Error("locked");
  return key;
}
export function openWith(k: CryptoKey): void {
  key = k;
}
/** Forgets the key and everything that it opened. */
export function close(screen: "login" | "locked", message?: string): void {
  key = undefined;
  set({ ...NOTHING, screen, message });
}

/** So long a phone opens without having heard from the server. */
export const DAY_MS = 24 * 3600_000;
const WAIT_MS = 30_000;
/** A picture may take long on a slow line. */
const PICTURE_MS = 180_000;
export const api = createClient((url, init) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), init.body instanceof FormData ? PICTURE_MS : WAIT_MS);
  return fetch(url, { ...init, signal: stop.signal }).finally(() => clearTimeout(timer));
});

export const problemOf = (e: unknown): ApiProblem =>
  e instanceof ApiError ? e.problem : { status: 0, code: "internal", message: "没有办成，请再试一次。" };

/** What the server found wrong and will find wrong again; anything else (no network, no session) is thrown on. */
export function refusal(e: unknown): ApiProblem {
  const problem = problemOf(e);
  const { status, code } = problem;
  if (status < 400 || status >= 500 || status === 401 || status === 429 || code === "device-revoked") throw e;
  return problem;
}

export const CUT_OFF =
  "这部手机已被停用，本机保存的内容已经全部清除。找回来还要用的，请乡镇（街道）核实后，在浏览器里清除本网站的数据，再重新登录。";
export async function cutOff(): Promise<void> {
  await records.wipe();
  close("login", CUT_OFF);
  set({ meta: await records.readMeta() });
}
/** Asks with the phone's number alone, so that a locked one hears it too. True: it was cut off, and is empty now. */
export async function wasCutOff(meta: Meta): Promise<boolean> {
  const standing = await api
    .fieldStanding({ params: { id: meta.deviceId }, query: { county: meta.county } })
    .catch(() => ({ revoked: false }));
  if (standing.revoked) await cutOff();
  return standing.revoked;
}
