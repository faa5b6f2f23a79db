/** A typed client of a few hundred bytes: types from the contract, no schema at run time. */
import type { Contract, Input, Output } from "./index.ts";
import { type RouteId, routes } from "./routes.ts";

export interface ApiProblem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly fields?: readonly { readonly field: string; readonly message: string }[];
  readonly details?: unknown;
}
export class ApiError extends Error {
  readonly problem: ApiProblem;
  constructor(problem: ApiProblem) {
    super(problem.message);
    this.problem = problem;
  }
}
type Caller = {
  [K in RouteId]: (
    input: Input<Contract[K], "in"> & { file?: Blob; fileName?: string },
  ) => Promise<Output<Contract[K]>>;
};
export const urlOf = (
  route: RouteId,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string => {
  const path = routes[route][1].replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const entries = Object.entries(query).filter(([, v]) => v !== undefined && v !== null && v !== "");
  return entries.length === 0
    ? path
    : `${path}?${new URLSearchParams(entries.map(([k, v]): [string, string] => [k, String(v)]))}`;
};

/**
 * @param fetcher window.fetch, or one that adds a base address and cookies in tests
 * @throws ApiError with the server's sentence; a lost connection gives code "offline" and keeps what was typed
 */
export function createClient(fetcher: (url: string, init: RequestInit) => Promise<Response>): Caller {
  const call =
    (route: RouteId) => async (input: Record<string, unknown> & { file?: Blob; fileName?: string }) => {
      const url = urlOf(
        route,
        input.params as Record<string, unknown>,
        input.query as Record<string, unknown>,
      );
      const init: RequestInit = {
        method: routes[route][0],
        credentials: "same-origin",
        headers: { "x-wuxin": "1" },
      };
      if (input.file) {
        const form = new FormData();
        form.append("file", input.file, input.fileName ?? "file");
        init.body = form;
      } else if (input.body !== undefined) {
        init.body = JSON.stringify(input.body);
        init.headers = { "content-type": "application/json", "x-wuxin": "1" };
      }
      let reply: Response;
      try {
        reply = await fetcher(url, init);
      } catch {
        throw new ApiError({
          status: 0,
          code: "offline",
          message: "网络不通，内容已保留在本机，请稍后再试。",
        });
      }
      const text = await reply.text();
      const json: unknown = text === "" ? undefined : safeParse(text);
      if (!reply.ok)
        throw new ApiError({
          code: "internal",
          message: "系统暂时出错，请稍后再试。",
          ...(json as object),
          status: reply.status,
        });
      return json;
    };
  return Object.fromEntries((Object.keys(routes) as RouteId[]).map((r) => [r, call(r)])) as unknown as Caller;
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
