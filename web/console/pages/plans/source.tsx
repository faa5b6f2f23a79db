/** The text as it was read, with every target marked at its place. */
import { useEffect, useRef } from "react";
import type { Plan } from "./light.tsx";

interface Props {
  plan: Plan;
  chosen: string | null;
  choose: (id: string) => void;
}
export function Source({ plan, chosen, choose }: Props) {
  const here = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice brings another place into view
  useEffect(() => {
    // Newer browsers give a promise back, which is no way to clean up.
    void here.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const marks = plan.rows
    .flatMap((t) => (t.span ? [{ id: t.id, ...t.span }] : []))
    .sort((a, b) => a.start - b.start);
  const parts: React.ReactNode[] = [];
  let at = 0;
  for (const m of marks) {
    if (m.start < at) continue; // two targets in one place: the first is marked
    parts.push(plan.body.slice(at, m.start));
    const is = m.id === chosen;
    parts.push(
      <button
        key={m.id}
        ref={is ? here : null}
        type="button"
        className={is ? "plan-mark plan-mark-chosen" : "plan-mark"}
        aria-pressed={is}
        onClick={() => choose(m.id)}
      >
        {plan.body.slice(m.start, m.end)}
      </button>,
    );
    at = m.end;
  }
  parts.push(plan.body.slice(at));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="plan-source" tabIndex={0} aria-label="原文">
      {parts}
    </section>
  );
}
