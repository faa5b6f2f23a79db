import { daysBetween } from "@wuxin/kernel";
import { useState } from "preact/hooks";
import { useStore } from "../../kit/store.ts";
import type { PageProps } from "../app/App.tsx";
import { api, listDivisions } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { navigate, place, withQuery } from "../app/router.ts";
import type { Notice } from "../app/types.ts";
import { Page } from "../parts/Page.tsx";
import { Empty, Note, Tag } from "../parts/States.tsx";
import { dateWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";
import { ObjectionSheet } from "./ObjectionSheet.tsx";
import { RosterNotices } from "./RosterNotices.tsx";
import { UseNotices } from "./UseNotices.tsx";

/** 看公示: what hangs now, by township; who knows better can say so here. */
export function PublicityPage({ county, base }: PageProps) {
  const { query } = useStore(place);
  const township = query.township ?? "";
  const [divisions] = useLoad(county.code, () => listDivisions(county.code));
  const [notices, retry] = useLoad(`${county.code}/${township}`, () =>
    api.listPublicity({
      params: { county: county.code },
      query: township ? { township } : {},
    }),
  );
  const [objecting, setObjecting] = useState<Pick<Notice, "id" | "title">>();
  const [said, setSaid] = useState(false);
  const townships = divisions.status === "ready" ? divisions.value.filter((d) => d.level === "township") : [];
  return (
    <Page title={t("home.publicity")} lead={t("publicity.lead")} back={base} testId="publicity">
      <div class="field">
        <label for="township">{t("field.township")}</label>
        <select
          id="township"
          data-testid="field-township"
          value={township}
          onChange={(e) =>
            navigate(withQuery({ township: e.currentTarget.value || undefined }), { replace: true })
          }
        >
          <option value="">{t("publicity.all")}</option>
          {townships.map((d) => (
            <option key={d.code} value={d.code}>
              {d.name}
            </option>
          ))}
        </select>
      </div>
      {said && (
        <Note tone="good" testId="objection-sent">
          {t("objection.sent")}
        </Note>
      )}
      <Async of={notices} retry={retry}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t("publicity.none")}>{t("publicity.noneText")}</Empty>
          ) : (
            <ul class="cards">
              {list.map((n) => {
                const left = daysBetween(county.today, n.toDate);
                return (
                  <li key={n.id} class="card" data-testid="notice">
                    <p class="row-head">
                      <strong>{n.itemTitle}</strong>
                      <Tag tone="active">
                        {left > 0 ? t("publicity.left", { n: left }) : t("publicity.last")}
                      </Tag>
                    </p>
                    <h2>{n.title}</h2>
                    <p class="quiet">
                      {n.divisionName} · {dateWords(n.fromDate)} – {dateWords(n.toDate)}
                    </p>
                    <dl class="pairs">
                      {n.rows.map((r) => (
                        <div key={r.label}>
                          <dt>{r.label}</dt>
                          <dd>{r.text}</dd>
                        </div>
                      ))}
                    </dl>
                    <p class="quiet small">{t("publicity.basis", { article: n.article })}</p>
                    {n.acceptsObjections && (
                      <button
                        type="button"
                        class="button"
                        data-testid="object"
                        onClick={() => {
                          setSaid(false);
                          setObjecting(n);
                        }}
                      >
                        {t("objection.do")}
                      </button>
                    )}
                  </li>
                );
              })}
            </ul>
          )
        }
      </Async>
      <RosterNotices
        county={county.code}
        township={township}
        object={(n) => {
          setSaid(false);
          setObjecting(n);
        }}
      />
      <UseNotices
        county={county.code}
        township={township}
        object={(n) => {
          setSaid(false);
          setObjecting(n);
        }}
      />
      {objecting && (
        <ObjectionSheet
          notice={objecting}
          county={county.code}
          close={() => setObjecting(undefined)}
          done={() => {
            setObjecting(undefined);
            setSaid(true);
            scrollTo(0, 0);
          }}
        />
      )}
    </Page>
  );
}
