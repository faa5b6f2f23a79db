/** Found month by month, each column stacked by level, the highest at the foot; a column opens its clues. */
import { useEffect, useRef } from "react";
import type { Reply } from "../../app/api.ts";
import { Go } from "../../parts/page.tsx";
import "../../styles/clues.css";

type View = Reply<"clueFunnel">;
const HEIGHT = 120;
const HUES = ["var(--danger)", "#d97706", "#8a97a6", "#c3cad3"];

export function Trend({ view: v }: { view: View }) {
  const list = useRef<HTMLOListElement>(null);
  // On a narrow screen the newest months are in sight first.
  useEffect(() => {
    if (list.current) list.current.scrollLeft = list.current.scrollWidth;
  }, []);
  const most = Math.max(1, ...v.months.map((m) => m.hits));
  const said = (m: View["months"][number]) =>
    v.levels.map((l, i) => `${l.label} ${m.levels[i] ?? 0}`).join("，");
  return (
    <>
      <ol className="trend" ref={list} data-testid="trend">
        {v.months.map((m) => (
          <li key={m.key}>
            <Go href={`/clues?state=all&month=${m.key}`}>
              <b className="tabular">{m.hits}</b>
              <span className="trend-column" aria-hidden="true" title={said(m)}>
                {m.levels.map((n, i) => (
                  <i
                    key={v.levels[i]?.level}
                    style={{ blockSize: (n / most) * HEIGHT, background: HUES[i] ?? HUES.at(-1) }}
                  />
                ))}
              </span>
              <span className="quiet small">{m.key}</span>
              <span className="sr-only">{said(m)}</span>
            </Go>
          </li>
        ))}
      </ol>
      <ul className="trend-key quiet small">
        {v.levels.map((l, i) => (
          <li key={l.level}>
            <i style={{ background: HUES[i] ?? HUES.at(-1) }} aria-hidden="true" />
            {l.label}
          </li>
        ))}
      </ul>
    </>
  );
}
