import type { PageProps } from "../app/App.tsx";
import { api } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { Page } from "../parts/Page.tsx";
import { Empty } from "../parts/States.tsx";
import { t } from "../texts/index.ts";

/** 民生实事: what was promised, by when, and how far it is; what lags says so. */
export function LivelihoodPage({ county, base }: PageProps) {
  const [found, retry] = useLoad(county.code, () =>
    api.listPublicTargets({ params: { county: county.code } }),
  );
  return (
    <Page
      title={t("livelihood.title")}
      lead={t("livelihood.lead", { bureau: county.bureauName })}
      back={base}
      testId="livelihood"
    >
      <Async of={found} retry={retry}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={t("livelihood.none")} />
          ) : (
            <ul class="rows promises">
              {rows.map((r) => (
                <li key={r.id} class="promise" data-testid="promise">
                  <h2>{r.object}</h2>
                  <p>
                    {t("livelihood.aim")} <strong>{r.aimText}</strong>，{t("livelihood.now")}{" "}
                    <strong>{r.nowText}</strong>
                  </p>
                  {r.acceptedPercent !== null && (
                    <p data-testid="accepted">
                      {t("livelihood.accepted")} <strong>{r.acceptedText}</strong>（
                      {t("livelihood.acceptedPercent", { percent: String(r.acceptedPercent) })}）
                    </p>
                  )}
                  {r.percent !== null && (
                    <progress
                      max={100}
                      value={Math.max(0, Math.min(100, r.percent))}
                      aria-label={t("livelihood.percent", { percent: String(r.percent) })}
                    />
                  )}
                  <p class="quiet">
                    <strong>{r.lightText}</strong>
                    {r.percent !== null && ` · ${t("livelihood.percent", { percent: String(r.percent) })}`} ·{" "}
                    {t("livelihood.due", { due: r.due })}
                    {r.asOf !== null && ` · ${t("livelihood.asOf", { day: r.asOf })}`}
                  </p>
                  {r.quality && (
                    <p class="quiet">
                      {t("livelihood.quality", { text: r.quality.text, source: r.quality.source })}
                    </p>
                  )}
                  {r.satisfaction && (
                    <p class="quiet">
                      {t("livelihood.satisfaction", {
                        day: r.satisfaction.asOf,
                        asked: String(r.satisfaction.asked),
                        percent: String(r.satisfaction.percent),
                      })}
                    </p>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Async>
    </Page>
  );
}
