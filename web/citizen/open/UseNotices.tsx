import { yuan } from "../../kit/format.ts";
import { api } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { dateWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";

/** 资金使用公示 that hangs now: of the county by source, paper and item; of a place what it got and its people were paid. */
interface UseNoticesProps {
  county: string;
  /** Empty: everywhere. */
  township: string;
  /** Somebody has something to say against it. */
  object: (notice: { id: string; title: string }) => void;
}
const money = (fen: number) => t("publicity.yuan", { n: yuan(fen) });

export function UseNotices({ county, township, object }: UseNoticesProps) {
  const [notices, retry] = useLoad(`funds/${county}/${township}`, () =>
    api.listFundPublicity({ params: { county }, query: township ? { township } : {} }),
  );
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
                    <Fund key={`${r.source}/${r.document}/${r.itemTitle}`} of={r} />
                  ))}
                  {n.place && <Place of={n.place} />}
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

type Notice = Awaited<ReturnType<typeof api.listFundPublicity>>[number];

function Fund({ of: r }: { of: Notice["rows"][number] }) {
  const figures = [
    ["publicity.allocated", r.allocatedFen],
    ["publicity.paid", r.paidFen],
    ["publicity.returned", r.returnedFen],
    ["publicity.recovered", r.recoveredFen],
    ["publicity.balance", r.balanceFen],
  ] as const;
  return (
    <section>
      <h4>
        {r.source} · {r.itemTitle}
      </h4>
      <p class="quiet small">{r.document}</p>
      <dl class="pairs">
        {figures.map(([label, fen]) => (
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
  );
}

function Place({ of: p }: { of: NonNullable<Notice["place"]> }) {
  return (
    <>
      {p.allotments.length > 0 && (
        <section>
          <h4>{t("publicity.allotted")}</h4>
          <dl class="pairs">
            {p.allotments.map((a) => (
              <div key={`${a.source}/${a.document}/${a.itemTitle}/${a.purpose}`}>
                <dt>
                  {a.purpose}
                  <span class="quiet small">
                    {" "}
                    {a.source} {a.document}
                  </span>
                </dt>
                <dd>{money(a.amountFen)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {p.paid.map((r) => (
        <section key={r.title}>
          <h4>{r.title}</h4>
          {r.from.length > 0 && <p class="quiet small">{r.from.join("；")}</p>}
          <dl class="pairs">
            <div>
              <dt>{t("publicity.households")}</dt>
              <dd>{t("publicity.householdsN", { n: r.households, persons: r.persons })}</dd>
            </div>
            <div>
              <dt>{t("publicity.paidOut")}</dt>
              <dd>{money(r.paidFen)}</dd>
            </div>
          </dl>
        </section>
      ))}
      {p.note && <p class="quiet small">{p.note}</p>}
    </>
  );
}
