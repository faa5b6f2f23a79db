/** The server's doors, with a limit on waiting and a cache for what does not change while one fills a form. */
import type { ApiProblem } from "@wuxin/contract/client";
import { ApiError, createClient } from "@wuxin/contract/client";

const WAIT_MS = 30_000;
const UPLOAD_WAIT_MS = 180_000;

export const api = createClient((url, init) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), init.body instanceof FormData ? UPLOAD_WAIT_MS : WAIT_MS);
  return fetch(url, { ...init, signal: stop.signal }).finally(() => clearTimeout(timer));
});

export const isOffline = (p: ApiProblem): boolean => p.code === "offline";

/** Any failure as a problem with a sentence for people. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiError) return error.problem;
  return { status: 0, code: "internal", message: "页面出了点问题，请刷新后再试。" };
}

const cache = new Map<string, { at: number; value: Promise<unknown> }>();

/** One request for the same thing within five minutes; failures are not kept. */
export function once<T>(key: string, load: () => Promise<T>): Promise<T> {
  const hit = cache.get(key);
  if (hit && Date.now() - hit.at < 300_000) return hit.value as Promise<T>;
  const value = load();
  cache.set(key, { at: Date.now(), value });
  value.catch(() => cache.delete(key));
  return value;
}

export const getCounty = (county: string) =>
  once(`county:${county}`, () => api.getCounty({ params: { county } }));
export const listItems = (county: string) =>
  once(`items:${county}`, () => api.listItems({ params: { county } }));
export const getItem = (county: string, item: string) =>
  once(`item:${county}:${item}`, () => api.getItem({ params: { county, item } }));
export const listDivisions = (county: string) =>
  once(`divisions:${county}`, () => api.listDivisions({ params: { county } }));
