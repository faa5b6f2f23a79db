import { useEffect, useState } from "preact/hooks";

/** A value that components watch; 20 lines instead of a state library. */
export interface Store<T> {
  get(): T;
  set(next: T): void;
  watch(heard: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const watchers = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const w of [...watchers]) w();
    },
    watch(heard) {
      watchers.add(heard);
      return () => watchers.delete(heard);
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  const [value, setValue] = useState(() => store.get());
  useEffect(() => {
    const heard = () => setValue(() => store.get());
    heard();
    return store.watch(heard);
  }, [store]);
  return value;
}
