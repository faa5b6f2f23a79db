/** Answers kept for a moment: many people ask the same at once. Real time on purpose: it is about load, not about days. */
export function createRecent<T>(
  keptMs: number,
  now: () => number = () => performance.now(),
): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, { readonly at: number; readonly value: T }>();
  const making = new Map<string, Promise<T>>();

  async function fresh(key: string, make: () => Promise<T>): Promise<T> {
    const work = make();
    if (keptMs <= 0) return work;
    making.set(key, work);
    try {
      const value = await work;
      for (const [old, { at }] of kept) if (now() - at >= keptMs || kept.size >= MOST) kept.delete(old);
      kept.set(key, { at: now(), value });
      return value;
    } finally {
      if (making.get(key) === work) making.delete(key);
    }
  }

  return async (key, make) => {
    const known = kept.get(key);
    if (known && now() - known.at < keptMs) return known.value;
    // Somebody else's failure is not ours: then we ask ourselves.
    return making.get(key)?.catch(() => fresh(key, make)) ?? fresh(key, make);
  };
}

const MOST = 500;
