import type { PageProps } from "../app/App.tsx";
import { listItems } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Page } from "../parts/Page.tsx";
import { Tag } from "../parts/States.tsx";
import { t } from "../texts/index.ts";
import { itemsFor } from "./events.ts";

/** What there is for one life event; where nothing is online yet, the way by phone and counter. */
export function EventPage({ county, base, params }: PageProps) {
  const event = params.event ?? "";
  const [items, retry] = useLoad(county.code, () => listItems(county.code));
  return (
    <Page title={event} back={base} testId="event">
      <Async of={items} retry={retry}>
        {(list) => {
          const found = itemsFor(list, event);
          return (
            <>
              {found.length > 0 && (
                <ul class="rows">
                  {found.map((item) => (
                    <li key={item.code}>
                      <a
                        class="row tall"
                        href={`${base}/item/${item.code}`}
                        data-testid={`item-${item.code}`}
                      >
                        <strong>{item.title}</strong>
                        <span>{item.what}</span>
                        {item.selfCheck && <Tag tone="active">{t("event.canCheck")}</Tag>}
                      </a>
                    </li>
                  ))}
                </ul>
              )}
              <section class="card">
                <h2>{found.length > 0 ? t("event.others") : t("event.none")}</h2>
                <p>{t("event.office", { bureau: county.bureauName })}</p>
                <p>
                  <a class="button" href="tel:12345">
                    <Icon name="phone" size={20} /> {t("event.call")}
                  </a>
                </p>
              </section>
            </>
          );
        }}
      </Async>
    </Page>
  );
}
