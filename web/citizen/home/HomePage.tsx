import type { PageProps } from "../app/App.tsx";
import { listItems } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { publicLedgers } from "../open/ledgers.ts";
import { Icon } from "../parts/Icon.tsx";
import { Page } from "../parts/Page.tsx";
import { t } from "../texts/index.ts";
import { eventsOf, itemsFor } from "./events.ts";

export function HomePage({ county, base }: PageProps) {
  const [items, retry] = useLoad(county.code, () => listItems(county.code));
  const ways = [
    { to: "trouble", icon: "help", label: t("trouble.way"), hint: t("trouble.wayHint") },
    { to: "check/all", icon: "check", label: t("home.check"), hint: t("home.checkHint") },
    { to: "track", icon: "track", label: t("home.track"), hint: t("home.trackHint") },
    { to: "publicity", icon: "notice", label: t("home.publicity"), hint: t("home.publicityHint") },
    { to: "livelihood", icon: "ledger", label: t("livelihood.title"), hint: t("livelihood.hint") },
    { to: "help", icon: "help", label: t("home.help"), hint: t("home.helpHint") },
    ...publicLedgers(county).map((l) => ({
      to: `ledger/${l.code}`,
      icon: "ledger",
      label: l.title,
      hint: t("home.ledgerHint"),
    })),
  ];
  return (
    <Page title={t("home.ask")} lead={t("home.lead")} testId="home" wide>
      <Async of={items} retry={retry}>
        {(list) => (
          <ul class="entries">
            {eventsOf(list).map((event, i) => {
              const found = itemsFor(list, event);
              return (
                <li key={event}>
                  <a
                    class={`entry hue-${i % 6}`}
                    href={`${base}/event/${encodeURIComponent(event)}`}
                    data-testid={`entry-${event}`}
                  >
                    <span class="entry-mark">
                      <Icon name={event} size={30} />
                    </span>
                    <strong>{event}</strong>
                    <span class="quiet">
                      {found.length > 0
                        ? found.map((f) => f.shortTitle).join(t("mark.and"))
                        : t("home.entryOffice")}
                    </span>
                  </a>
                </li>
              );
            })}
          </ul>
        )}
      </Async>
      <ul class="ways">
        {ways.map((w) => (
          <li key={w.to}>
            <a class="row way" href={`${base}/${w.to}`} data-testid={`way-${w.to}`}>
              <Icon name={w.icon} size={26} />
              <span>
                <strong>{w.label}</strong>
                <span class="quiet">{w.hint}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Page>
  );
}
