import type { PageProps } from "../app/App.tsx";
import { listItems } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { Page } from "../parts/Page.tsx";
import { Empty } from "../parts/States.tsx";
import { t } from "../texts/index.ts";

/** 我能享受什么: which self-check to take. Answers given in one are kept for the next. */
export function ChoosePage({ county, base }: PageProps) {
  const [items, retry] = useLoad(county.code, () => listItems(county.code));
  return (
    <Page title={t("check.title")} lead={t("check.lead")} back={base} testId="choose-check">
      <Async of={items} retry={retry}>
        {(list) => {
          const found = list.filter((i) => i.selfCheck);
          if (found.length === 0)
            return <Empty title={t("check.none")}>{t("event.office", { bureau: county.bureauName })}</Empty>;
          return (
            <ul class="rows">
              <li>
                <a class="row tall" href={`${base}/check/all`} data-testid="check-all">
                  <strong>{t("check.whole")}</strong>
                  <span class="quiet">{t("check.wholeLead")}</span>
                </a>
              </li>
              {found.map((item) => (
                <li key={item.code}>
                  <a
                    class="row tall"
                    href={`${base}/item/${item.code}/check`}
                    data-testid={`check-${item.code}`}
                  >
                    <strong>{item.title}</strong>
                    <span class="quiet">{item.what}</span>
                  </a>
                </li>
              ))}
            </ul>
          );
        }}
      </Async>
    </Page>
  );
}
