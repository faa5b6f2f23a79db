import type { PageProps } from "../app/App.tsx";
import { listItems } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { Page } from "../parts/Page.tsx";
import { t } from "../texts/index.ts";

/** 帮别人办: what a helper needs, then the item; the form opens with the helper's part first. */
export function HelpPage({ county, base }: PageProps) {
  const [items, retry] = useLoad(county.code, () => listItems(county.code));
  return (
    <Page title={t("home.help")} lead={t("help.lead")} back={base} testId="help">
      <section class="card">
        <h2>{t("help.need")}</h2>
        <ul class="dots">
          <li>{t("help.need1")}</li>
          <li>{t("help.need2")}</li>
          <li>{t("help.need3")}</li>
        </ul>
      </section>
      <h2>{t("help.which")}</h2>
      <Async of={items} retry={retry}>
        {(list) => (
          <ul class="rows">
            {list.map((item) => (
              <li key={item.code}>
                <a class="row tall" href={`${base}/item/${item.code}/apply?for=other`}>
                  <strong>{item.title}</strong>
                  <span class="quiet">{item.what}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </Async>
    </Page>
  );
}
