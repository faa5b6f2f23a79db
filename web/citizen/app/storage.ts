/** Local and session storage that never throws: private windows and full disks are part of life. */
export interface Keep {
  read<T>(key: string): T | undefined;
  write(key: string, value: unknown): boolean;
  remove(key: string): void;
  keys(): string[];
}

const PREFIX = "wuxin.";

function keep(area: () => Storage): Keep {
  return {
    read<T>(key: string): T | undefined {
      try {
        const text = area().getItem(PREFIX + key);
        return text === null ? undefined : (JSON.parse(text) as T);
      } catch {
        return undefined;
      }
    },
    write(key, value) {
      try {
        area().setItem(PREFIX + key, JSON.stringify(value));
        return true;
      } catch {
        return false;
      }
    },
    remove(key) {
      try {
        area().removeItem(PREFIX + key);
      } catch {
        // nothing kept, nothing to remove
      }
    },
    keys() {
      try {
        const store = area();
        return Array.from({ length: store.length }, (_, i) => store.key(i) ?? "")
          .filter((k) => k.startsWith(PREFIX))
          .map((k) => k.slice(PREFIX.length));
      } catch {
        return [];
      }
    },
  };
}

/** Survives closing the page; personal data in it is wiped at logout and after submitting. */
export const longKeep = keep(() => window.localStorage);
/** Gone when the tab closes. */
export const tabKeep = keep(() => window.sessionStorage);
