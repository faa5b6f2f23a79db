import type { CasePage } from "@wuxin/contract";
import { useState } from "react";
import { Shape } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank } from "../../parts/states.tsx";

const FEW = 8;

/** Gaps first; then each fact with its value, source and date, and the weaker values that differ. */
export function FactsPanel({ page }: { page: CasePage }) {
  const [open, setOpen] = useState(false);
  const subjects = [...new Set(page.facts.map((f) => f.subject))];
  const shown = open ? page.facts : page.facts.slice(0, FEW);
  return (
    <Panel title="事实" extra={`${page.facts.length} 项`} testId="facts">
      {page.missing.length > 0 && (
        <div className="facts-missing" data-testid="facts-missing">
          <b>还缺 {page.missing.length} 项</b>
          <ul>
            {page.missing.map((m) => (
              <li key={`${m.member}${m.fact}`}>
                <Shape tone="warn" /> {m.member && <b>{m.member}：</b>}
                {m.question}
              </li>
            ))}
          </ul>
        </div>
      )}
      {page.facts.length === 0 && page.missing.length === 0 && (
        <Blank small mark="实" title="还没有登记事实">
          申请、核对、入户得来的情况会列在这里，每项都注明来源和日期。
        </Blank>
      )}
      {subjects.map((subject) => {
        const list = shown.filter((f) => f.subject === subject);
        return list.length === 0 ? null : (
          <section key={subject}>
            {subjects.length > 1 && <h3>{subject}</h3>}
            <dl className="fact-list">
              {list.map((f) => (
                <div key={`${f.personId}${f.fact}`}>
                  <dt>{f.label}</dt>
                  <dd>
                    <b className="tabular">{f.text}</b>
                    <span className="quiet small" title={`${f.recordedBy}登记`}>
                      {f.source} · {f.date}
                    </span>
                    {f.others.map((o) => (
                      <span key={`${o.source}${o.date}${o.text}`} className="warning small">
                        另有：{o.text}（{o.source} · {o.date}）
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
      {page.facts.length > FEW && (
        <button type="button" className="link-button" onClick={() => setOpen(!open)}>
          {open ? "只看前几项" : `再看 ${page.facts.length - FEW} 项`}
        </button>
      )}
    </Panel>
  );
}
