/** From hit to help: how many of what was found were handed over, looked at, settled, and how. */
import type { Reply } from "../../app/api.ts";
import { Go } from "../../parts/page.tsx";
import "../../styles/clues.css";

type Counts = Reply<"clueFunnel">["total"];

export function Funnel({ counts: t }: { counts: Counts }) {
  const steps = [
    ["命中", t.hits],
    ["下发", t.dispatched],
    ["入户", t.checked],
    ["办结", t.closed],
  ] as const;
  const ends = [
    ["纳入", t.newCase, "new-case"],
    ["调整", t.adjust, "adjust"],
    ["停发", t.stop, "stop"],
    ["转介", t.refer, "refer"],
    ["情况不变", t.noChange, "no-change"],
    ["误报", t.false, "false"],
  ] as const;
  return (
    <>
      <ol className="funnel" data-testid="funnel">
        {steps.map(([label, n]) => (
          <li key={label}>
            <span className="quiet">{label}</span>
            <span className="funnel-track">
              <i style={{ inlineSize: `${t.hits === 0 ? 0 : (n / t.hits) * 80}%` }} aria-hidden="true" />
              <b className="tabular">{n}</b>
            </span>
          </li>
        ))}
      </ol>
      <p className="funnel-split">
        {ends.map(([label, n, outcome]) => (
          <Go key={outcome} href={`/clues?state=all&outcome=${outcome}`}>
            {label} <b className="tabular">{n}</b>
          </Go>
        ))}
        <Go href="/clues?late=true">
          超期未办 <b className="tabular">{t.late}</b>
        </Go>
      </p>
    </>
  );
}
