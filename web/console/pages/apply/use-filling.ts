/** The application being filled in, its draft on the server and, should the line be down, in the tab. */
import type { ItemView } from "@wuxin/contract";
import type { Values } from "@wuxin/declare/fields";
import { useEffect, useMemo, useRef, useState } from "react";
import { type Filling, problemsOf } from "../../../kit/application.ts";
import { api, sentence } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { forget, keep } from "../../form/kept.ts";
import type { Shown } from "./group.tsx";

const PAUSE_MS = 1200;

export interface Saved {
  readonly at: Date | null;
  readonly wrong: string;
}

export function useFilling(item: ItemView, draftId: string, initial: Filling, onFirstSave: () => void) {
  const today = useToday();
  const [filling, setFilling] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<string> | "all">(new Set());
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [saved, setSaved] = useState<Saved>({ at: null, wrong: "" });
  const dirty = useRef(false);
  const own = useMemo(() => problemsOf(item, filling, today), [item, filling, today]);
  const problems = useMemo(() => new Map([...refused, ...own]), [own, refused]);
  const first = useRef(onFirstSave);
  first.current = onFirstSave;

  useEffect(() => {
    if (!dirty.current) return;
    keep(`apply.${draftId}`, filling as unknown as Values);
    const wait = setTimeout(async () => {
      try {
        await api.saveDraft({
          params: { id: draftId },
          body: { item: item.code, application: filling as unknown as Record<string, unknown> },
        });
        setSaved({ at: new Date(), wrong: "" });
        first.current();
      } catch (e) {
        setSaved((s) => ({ ...s, wrong: sentence(e) }));
      }
    }, PAUSE_MS);
    return () => clearTimeout(wait);
  }, [filling, draftId, item.code]);

  const shown: Shown = {
    problems,
    touched: refused.size > 0 ? "all" : touched,
    touch: (path) => {
      setTouched((t) => (t === "all" || t.has(path) ? t : new Set(t).add(path)));
    },
  };
  return {
    filling,
    saved,
    shown,
    own,
    change(next: Partial<Filling>) {
      dirty.current = true;
      if (refused.size > 0) {
        setRefused(new Map());
        setTouched("all");
      }
      setFilling((f) => ({ ...f, ...next }));
    },
    showAll: () => setTouched("all"),
    refuse: (errors: readonly { field: string; message: string }[]) =>
      setRefused(new Map(errors.map((e) => [e.field.replace(/^(body\.)?application\./, ""), e.message]))),
    async done() {
      dirty.current = false;
      forget(`apply.${draftId}`);
      await api.deleteDraft({ params: { id: draftId } }).catch(() => undefined);
    },
  };
}
export type FillingState = ReturnType<typeof useFilling>;
