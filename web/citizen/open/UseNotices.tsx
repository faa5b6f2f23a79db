import { yuan } from "../../kit/format.ts";
import { api } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { dateWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";

/** 资金使用公示 that hangs now: by source, paper and item what came in, was paid, came back and is left. */
interface UseNoticesProps {
  county: string;
  /** Somebody has something to say against it. */
  object: (notice: { id: string; title: string }) => void;
}
export function UseNotices({ county, object }: UseNoticesProps) {
  const [notices, retry] = useLoad(`funds/${county}`, () => api.listFundPublicity({ params: { county } }));
  const money = (fen: number) => t("publicity.yuan", { n: yuan(fen) });
  return (
    <Async of={notices} retry={retry}>
      {(list) =>
        list.length === 0 ? null : (
          <section data-testid="use-notices">
            <h2>{t("publicity.funds")}</h2>
            <p class="quiet">{t("publicity.fundsLead")}</p>
            <ul class="cards">
              {list.map((n) => (
                <li key={n.id} class="card" data-testid="use-notice">
                  <h3>{n.title}</h3>
                  <p class="quiet">
                    {dateWords(n.fromDate)} – {dateWords(n.toDate)}
                  </p>
                  {n.rows.map((r) => (
                    <section key={`${r.source}/${r.document}/${r.itemTitle}`}>
                      <h4>
                        {r.source} · {r.itemTitle}
                      </h4>
                      <p class="quiet small">{r.document}</p>
                      <dl class="pairs">
                        {(
                          [
                            ["publicity.allocated", r.allocatedFen],
                            ["publicity.paid", r.paidFen],
                            ["publicity.returned", r.returnedFen],
                            ["publicity.recovered", r.recoveredFen],
                            ["publicity.balance", r.balanceFen],
                          ] as const
                        ).map(([label, fen]) => (
                          <div key={label}>
                            <dt>{t(label)}</dt>
                            <dd>{money(fen)}</dd>
                          </div>
                        ))}
                        {r.uses.map((u) => (
                          <div key={u.title}>
                            <dt>
                              {t("publicity.usedFor")} {u.title}
                            </dt>
                            <dd>{money(u.paidFen)}</dd>
                          </div>
                        ))}
                      </dl>
                    </section>
                  ))}
                  <button
                    type="button"
                    class="button"
                    data-testid="object-use"
                    onClick={() => object({ id: n.id, title: n.title })}
                  >
                    {t("objection.do")}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Async>
  );
}
