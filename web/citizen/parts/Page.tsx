import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { goBack } from "../app/router.ts";
import { t } from "../texts/index.ts";

let arrivals = 0;

/**
 * A page's head: way back, one h1. On arrival the heading gets the focus, so that a screen reader and the keyboard
 * start there; `step` changes within a page (the next question) count as arrivals too.
 */
export function Page(p: {
  title: string;
  /** Shown above the title, small. */
  over?: ComponentChildren;
  lead?: ComponentChildren;
  back?: string | (() => void);
  step?: string;
  testId?: string;
  wide?: boolean;
  children: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const step = p.step ?? p.title;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step is an arrival
  useEffect(() => {
    document.title = `${p.title} · ${t("app.name")}`;
    // The very first page keeps the browser's own start, so that "skip to content" comes first.
    if (arrivals++ === 0) return;
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [step]);
  const { back } = p;
  return (
    <div class={p.wide ? "page wide" : "page"} data-testid={p.testId}>
      {back !== undefined && (
        <button
          type="button"
          class="back"
          data-testid="back"
          onClick={() => (typeof back === "string" ? goBack(back) : back())}
        >
          <span aria-hidden="true">‹</span> {t("do.back")}
        </button>
      )}
      {p.over && <p class="over">{p.over}</p>}
      <h1 ref={heading} tabIndex={-1}>
        {p.title}
      </h1>
      {p.lead && <p class="lead">{p.lead}</p>}
      {p.children}
    </div>
  );
}
