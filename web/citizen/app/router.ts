/** History routing: every page has an address under /c/<county>/…, the server answers index.html for all of them. */
import { createStore, type Store } from "../../kit/store.ts";

export interface Place {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** How many pages of ours lie behind this one; 0 when it was opened directly. */
  readonly depth: number;
}

const read = (): Place => ({
  path: decodeURI(location.pathname).replace(/\/+$/, "") || "/",
  query: Object.fromEntries(new URLSearchParams(location.search)),
  depth: (history.state as { depth?: number } | null)?.depth ?? 0,
});

export const place: Store<Place> = createStore(read());
addEventListener("popstate", () => place.set(read()));

export function navigate(to: string, how: { replace?: boolean } = {}): void {
  const depth = place.get().depth;
  if (how.replace) history.replaceState({ depth }, "", to);
  else history.pushState({ depth: depth + 1 }, "", to);
  place.set(read());
}

/** One page back inside the app; a page that was opened directly goes to `otherwise` instead of leaving. */
export function goBack(otherwise: string): void {
  if (place.get().depth > 0) history.back();
  else navigate(otherwise, { replace: true });
}

/** The same page with another query; empty values leave it. */
export function withQuery(changes: Readonly<Record<string, string | undefined>>): string {
  const { path, query } = place.get();
  const rows = Object.entries({ ...query, ...changes }).filter((e): e is [string, string] => Boolean(e[1]));
  return encodeURI(path) + (rows.length > 0 ? `?${new URLSearchParams(rows)}` : "");
}

/** Ordinary links stay ordinary: one listener turns clicks inside the app into navigation. */
export function followLinks(): void {
  document.addEventListener("click", (e) => {
    if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    const a = e.target instanceof Element ? e.target.closest("a") : null;
    const href = a?.getAttribute("href");
    if (!a || !href?.startsWith("/") || a.target || a.hasAttribute("download")) return;
    if (href.startsWith("/api") || href.startsWith("/console")) return;
    e.preventDefault();
    navigate(href);
  });
}

/** Matches `/c/:county/item/:item`; undefined when it does not. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const want = pattern.split("/");
  const have = path.split("/");
  if (want.length !== have.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const value = have[i] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}
