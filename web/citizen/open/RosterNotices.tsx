import { yuan } from "../../kit/format.ts";
import { api } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { dateWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";

/** Whom the rosters paid that hang now: nothing but name, persons and amount, of the township that was chosen. */
interface RosterNoticesProps {
  county: string;
  township: string;
  /** Somebody has something to say against a list. */
  object: (notice: { id: string; title: string }) => void;
}
export function RosterNotices({ county, township, object }: RosterNoticesProps) {
  const [notices, retry] = useLoad(`roster/${county}/${township}`, () =>
    api.listRosterPublicity({ params: { county }, query: township ? { township } : {} }),
  );
  return (
    <Async of={notices} retry={retry}>
      {(list) =>
        list.length === 0 ? null : (
          <section data-testid="roster-notices">
            <h2>{t("publicity.rosters")}</h2>
            {!township && <p class="quiet">{t("publicity.chooseTownship")}</p>}
            <ul class="cards">
              {list.map((n) => (
                <li key={n.id} class="card" data-testid="roster-notice">
                  <p class="row-head">
                    <strong>{n.itemTitle}</strong>
                  </p>
                  <h3>{n.title}</h3>
                  <p class="quiet">
                    {dateWords(n.fromDate)} – {dateWords(n.toDate)}
                  </p>
                  {n.total === 0 && <p>{t("publicity.nobody")}</p>}
                  {n.rows.length > 0 && (
                    <table class="notice-table">
                      <thead>
                        <tr>
                          <th>{t("publicity.name")}</th>
                          <th>{t("publicity.persons")}</th>
                          <th>{t("publicity.amount")}</th>
                        </tr>
                      </thead>
                      <tbody>
                        {n.rows.map((r) => (
                          <tr key={r.no}>
                            <td>
                              {r.name}
                              <div class="quiet small">{r.divisionName}</div>
                            </td>
                            <td>{r.persons}</td>
                            <td>{yuan(r.amountFen)}</td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
                  )}
                  {n.total !== null && n.total > n.rows.length && (
                    <p class="quiet small">{t("publicity.more", { n: n.total - n.rows.length })}</p>
                  )}
                  <p class="quiet small">{t("publicity.basis", { article: n.article })}</p>
                  <button
                    type="button"
                    class="button"
                    data-testid="object-roster"
                    onClick={() => object({ id: n.id, title: `${n.itemTitle} · ${n.title}` })}
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
