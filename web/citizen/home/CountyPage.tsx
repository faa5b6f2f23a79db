import { api } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { Page } from "../parts/Page.tsx";
import { Empty } from "../parts/States.tsx";
import { t } from "../texts/index.ts";

export function CountyPage() {
  const [counties, retry] = useLoad("counties", () => api.listCounties({}));
  return (
    <Page title={t("county.title")} lead={t("county.lead")} testId="counties">
      <Async of={counties} retry={retry}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t("county.none")} />
          ) : (
            <ul class="rows">
              {list.map((c) => (
                <li key={c.code}>
                  <a class="row" href={`/c/${c.code}`} data-testid={`county-${c.code}`}>
                    <strong>{c.name}</strong>
                    <span class="quiet">{c.fullName}</span>
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </Async>
    </Page>
  );
}
