import type { CasePage } from "@wuxin/contract";
import { urlOf } from "@wuxin/contract/client";
import { ROLES, type Role } from "@wuxin/declare/roles";
import { dateTime } from "../../../kit/format.ts";
import { Panel } from "../../parts/page.tsx";

/** Everything that happened, newest first. */
export function History({ entries }: { entries: CasePage["history"] }) {
  const newest = [...entries].sort((a, b) => b.seq - a.seq);
  return (
    <Panel title="经过" extra={`${entries.length} 步`} testId="history">
      <ol className="history">
        {newest.map((h) => (
          <li key={h.seq}>
            <b>{h.label}</b>
            <div className="quiet small tabular">
              {dateTime(h.at)} · {h.actorName}
              {ROLES[h.role as Role] && `（${ROLES[h.role as Role]}）`}
            </div>
            {h.note && <p className="pre">{h.note}</p>}
            {h.rows.length > 0 && (
              <dl>
                {h.rows.map((r, n) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows of one entry never change places
                  <div key={n}>
                    <dt>{r.label}</dt>
                    <dd>
                      {r.text}
                      {r.fileIds.map((f, k) => (
                        <a key={f} href={urlOf("getFile", { id: f })} target="_blank" rel="noreferrer">
                          {" "}
                          附件{r.fileIds.length > 1 ? k + 1 : ""}
                        </a>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
