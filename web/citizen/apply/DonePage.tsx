import type { Item } from "../app/types.ts";
import { Page } from "../parts/Page.tsx";
import { t } from "../texts/index.ts";

export function DonePage(p: { number: string; hint: string; base: string; item: Item }) {
  return (
    <Page title={t("done.title")} over={p.item.title} step="done" testId="done">
      <section class="card done">
        <p>{t("done.number")}</p>
        <p class="number" data-testid="case-number">
          {p.number}
        </p>
        <p class="quiet">{p.hint}</p>
      </section>
      <section class="card">
        <h2>{t("done.next")}</h2>
        <p>{p.item.guide.howLong}</p>
        <p>{p.item.guide.decidedBy}</p>
      </section>
      <div class="actions">
        <a class="button primary big" href={`${p.base}/my`} data-testid="to-my">
          {t("done.my")}
        </a>
        <a class="button" href={p.base}>
          {t("do.home")}
        </a>
      </div>
    </Page>
  );
}
