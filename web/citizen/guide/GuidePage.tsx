import type { ComponentChildren } from "preact";
import type { PageProps } from "../app/App.tsx";
import { getItem } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import type { Item } from "../app/types.ts";
import { Page } from "../parts/Page.tsx";
import { Tag } from "../parts/States.tsx";
import { dateWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";

/** 事项指南: what, how much, who, bring, how long, who decides, how to object, and the law folded away. */
export function GuidePage({ county, base, params }: PageProps) {
  const code = params.item ?? "";
  const [item, retry] = useLoad(`${county.code}/${code}`, () => getItem(county.code, code));
  if (item.status !== "ready")
    return (
      <Page title={t("guide.title")} back={base}>
        <Async of={item} retry={retry}>
          {() => null}
        </Async>
      </Page>
    );
  return <Guide item={item.value} base={base} />;
}

function Guide({ item, base }: { item: Item; base: string }) {
  const { guide } = item;
  const here = `${base}/item/${item.code}`;
  const looked = item.form.materials.filter((m) => m.obtainedBySharing);
  return (
    <Page title={item.title} lead={guide.what} back={base} testId="guide">
      <Part title={t("guide.howMuch")}>
        <p>{guide.howMuch}</p>
        {item.standards.length > 0 && <Standards item={item} />}
      </Part>
      <Part title={t("guide.who")}>
        <List rows={guide.who} />
      </Part>
      <Part title={t("guide.bring")}>
        <List rows={guide.bring} />
        {looked.length > 0 && (
          <p class="quiet">{t("guide.shared", { list: looked.map((m) => m.title).join(t("mark.and")) })}</p>
        )}
      </Part>
      <Part title={t("guide.howLong")}>
        <p>{guide.howLong}</p>
      </Part>
      <Part title={t("guide.decidedBy")}>
        <p>{guide.decidedBy}</p>
      </Part>
      <Part title={t("guide.objection")}>
        <p>{guide.objection}</p>
      </Part>
      <details class="card fold">
        <summary>{t("guide.basis")}</summary>
        <ul class="dots">
          {item.basis.map((b) => (
            <li key={b.title + (b.article ?? "")}>
              {b.title}
              {b.document && ` ${b.document}`}
              {b.article && ` ${b.article}`}
              {b.unverified && <Unverified />}
            </li>
          ))}
        </ul>
      </details>
      <div class="actions sticky">
        {item.selfCheck && (
          <a class="button" href={`${here}/check`} data-testid="start-check">
            {t("guide.check")}
          </a>
        )}
        <a class="button primary" href={`${here}/apply`} data-testid="start-apply">
          {t("guide.apply")}
        </a>
      </div>
    </Page>
  );
}

const Unverified = () => (
  <>
    {" "}
    <Tag tone="waiting">{t("guide.unverified")}</Tag>
  </>
);

function Standards({ item }: { item: Item }) {
  return (
    <dl class="standards" data-testid="standards">
      {item.standards.map((s) => (
        <div key={s.name}>
          <dt>{s.name}</dt>
          <dd>
            <strong class="figure">{s.text}</strong>
            <span class="quiet">
              {s.document ?? t("guide.noDocument")} · {t("guide.since", { date: dateWords(s.since) })}
              {s.unverified && <Unverified />}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Part(p: { title: string; children: ComponentChildren }) {
  return (
    <section class="card">
      <h2>{p.title}</h2>
      {p.children}
    </section>
  );
}

const List = (p: { rows: readonly string[] }) => (
  <ul class="dots">
    {p.rows.map((r) => (
      <li key={r}>{r}</li>
    ))}
  </ul>
);
