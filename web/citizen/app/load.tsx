import type { ComponentChildren, ComponentType } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Failed, Loading } from "../parts/States.tsx";
import { problemOf } from "./api.ts";
import type { ApiProblem } from "./types.ts";

export type Loaded<T> =
  | { readonly status: "loading" }
  | { readonly status: "ready"; readonly value: T }
  | { readonly status: "failed"; readonly problem: ApiProblem };

/** Loads when `key` changes; an answer that comes too late for an older key is dropped. */
export function useLoad<T>(key: string, load: () => Promise<T>): [Loaded<T>, () => void] {
  const [state, setState] = useState<Loaded<T>>({ status: "loading" });
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key and the turn say when to load again
  useEffect(() => {
    let wanted = true;
    setState((s) => (s.status === "ready" && turn > 0 ? s : { status: "loading" }));
    latest.current().then(
      (value) => wanted && setState({ status: "ready", value }),
      (e: unknown) => wanted && setState({ status: "failed", problem: problemOf(e) }),
    );
    return () => {
      wanted = false;
    };
  }, [key, turn]);
  return [state, useCallback(() => setTurn((n) => n + 1), [])];
}

export function Async<T>(p: { of: Loaded<T>; retry: () => void; children: (value: T) => ComponentChildren }) {
  if (p.of.status === "loading") return <Loading />;
  if (p.of.status === "failed") return <Failed problem={p.of.problem} retry={p.retry} />;
  return <>{p.children(p.of.value)}</>;
}

/** A page in its own file, fetched when first opened; a failed fetch can be tried again without losing the page. */
export function lazy<P extends object>(fetchPage: () => Promise<ComponentType<P>>): ComponentType<P> {
  let page: ComponentType<P> | undefined;
  return function LazyPage(props: P) {
    const [state, retry] = useLoad("", async () => {
      page ??= await fetchPage();
      return page;
    });
    if (page) {
      const Page = page;
      return <Page {...props} />;
    }
    return (
      <Async of={state} retry={retry}>
        {(Page) => <Page {...props} />}
      </Async>
    );
  };
}
