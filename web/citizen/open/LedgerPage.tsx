import type { PageProps } from "../app/App.tsx";
import { api, listDivisions } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { Page } from "../parts/Page.tsx";
import { Empty } from "../parts/States.tsx";
import { valueWords } from "../parts/value.ts";
import { t } from "../texts/index.ts";

/** 公开台账: a register's public fields, as cards on a phone and a table where there is room. */
export function LedgerPage({ county, base, params }: PageProps) {
  const register = params.register ?? "";
  const [found, retry] = useLoad(register, async () => ({
    ledger: await api.listPublicRegister({ params: { county: county.code, register } }),
    places: await listDivisions(county.code),
  }));
  const title = found.status === "ready" ? found.value.ledger.title : t("ledger.title");
  return (
    <Page
      title={title}
      lead={t("ledger.lead", { bureau: county.bureauName })}
      back={base}
      testId="ledger"
      wide
    >
      <Async of={found} retry={retry}>
        {({ ledger, places }) =>
          ledger.rows.length === 0 ? (
            <Empty title={t("ledger.none")} />
          ) : (
            // A region that scrolls must be reachable by keyboard.
            // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
            <section class="table" tabIndex={0} aria-label={title}>
              <table>
                <thead>
                  <tr>
                    {ledger.fields.map((f) => (
                      <th key={f.name} scope="col">
                        {f.label}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {ledger.rows.map((row, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: public rows carry no id
                    <tr key={i}>
                      {ledger.fields.map((f) => (
                        <td
                          key={f.name}
                          data-label={f.label}
                          class={f.type === "money" || f.type === "integer" ? "figure" : undefined}
                        >
                          {valueWords(f, row[f.name], places)}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )
        }
      </Async>
    </Page>
  );
}
