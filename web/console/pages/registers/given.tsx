/** Which departments were told of an entry, how they stand and what they said; how the list stands that it is about. */
import { useQuery } from "@tanstack/react-query";
import { dateTime } from "../../../kit/format.ts";
import { ask } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Facts } from "../../parts/page.tsx";
import { Photos } from "../../parts/photos.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

const TONES = { waiting: "warn", shared: "active", done: "good" } as const;

export function Given({ register, id }: { register: string; id: string }) {
  const query = useQuery(ask("givenOf", { params: { register, id } }));
  return (
    <Loaded query={query} rows={3} small>
      {({ standing, given }) => (
        <div className="stack" data-testid="given">
          {standing.length > 0 && <Facts rows={standing.map((l) => [l.label, l.text] as const)} />}
          {given.length === 0 ? (
            <Blank small mark="享" title="没有告诉别的部门">
              在「基本」里选了部门或数据源，办到可以共享的一步，就在这里。
            </Blank>
          ) : (
            given.map((g) => (
              <section key={g.id} className="stack">
                <div className="row">
                  <b className="line-grow">{g.party}</b>
                  <State tone={g.late ? "bad" : TONES[g.state]}>
                    {g.stateLabel}
                    {g.dueOn && g.state === "waiting" && `，${g.dueOn} 前`}
                  </State>
                </div>
                {!g.account && <p className="quiet small">这个部门还没有联络员账号，由系统管理员开。</p>}
                {g.replies.map((r) => (
                  <div key={r.id}>
                    <b>{r.label}</b>{" "}
                    <span className="quiet small">
                      {r.by}，{dateTime(r.at)}
                    </span>
                    <Facts rows={r.lines.map((l) => [l.label, l.text, true] as const)} />
                    <Photos ids={r.files} />
                  </div>
                ))}
              </section>
            ))
          )}
        </div>
      )}
    </Loaded>
  );
}
