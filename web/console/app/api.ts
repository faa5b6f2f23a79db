/**
 * The typed client, with one courtesy: when the session has lapsed in the middle of something, the request waits while
 * the person logs in again over the page, and is then repeated. Nothing typed is lost.
 */

import { queryOptions } from "@tanstack/react-query";
import { ApiError, createClient } from "@wuxin/contract/client";
import type { RouteId } from "@wuxin/contract/routes";
import { relogin } from "./relogin-store.ts";

const lapsed = async (reply: Response): Promise<boolean> => {
  if (reply.status !== 401 || !relogin.signedIn()) return false;
  const body: unknown = await reply
    .clone()
    .json()
    .catch(() => null);
  return typeof body === "object" && body !== null && "code" in body && body.code === "not-logged-in";
};

async function patientFetch(url: string, init: RequestInit): Promise<Response> {
  const reply = await fetch(url, init);
  if (!(await lapsed(reply))) return reply;
  // Whoever closes the dialog reads the server's own sentence at the form, which keeps what was typed.
  return relogin.ask().then(
    () => patientFetch(url, init),
    () => reply,
  );
}

export const api = createClient(patientFetch);
export type Api = typeof api;
export type Reply<K extends RouteId> = Awaited<ReturnType<Api[K]>>;
export type Ask<K extends RouteId> = Parameters<Api[K]>[0];

/** Query options of an endpoint; the key is the route and what was asked. */
export const ask = <K extends RouteId>(route: K, input: Ask<K>) =>
  queryOptions<Reply<K>, ApiError>({
    queryKey: [route, input],
    queryFn: () => (api[route] as (input: Ask<K>) => Promise<Reply<K>>)(input),
  });

/** The sentence to show for whatever was thrown. */
export const sentence = (e: unknown): string =>
  e instanceof ApiError ? e.problem.message : "页面出错，请刷新后重试。";

export { ApiError };
