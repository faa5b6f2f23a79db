/** Which departments were told of an entry, how they stand and what they said; how the list stands that it is about. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Facts } from "../../parts/page.tsx";
import { PartyReply, toneOf } from "../../parts/party.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

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
                  <State tone={toneOf(g)}>
                    {g.stateLabel}
                    {g.dueOn && g.state === "waiting" && `，${g.dueOn} 前`}
                  </State>
                </div>
                {!g.account && <p className="quiet small">这个部门还没有联络员账号，由系统管理员开。</p>}
                {g.replies.map((r) => (
                  <div key={r.id}>
                    <PartyReply reply={r} />
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
