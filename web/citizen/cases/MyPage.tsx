import { useState } from "preact/hooks";
import { SignedIn } from "../account/SignedIn.tsx";
import type { PageProps } from "../app/App.tsx";
import { api, listItems } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { navigate } from "../app/router.ts";
import { signOut, withSession } from "../app/session.ts";
import { Page } from "../parts/Page.tsx";
import { Empty, Note, Tag } from "../parts/States.tsx";
import { clockWords, dateWords, yuanWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";

/** 我的申请: what runs, what was left half-filled, and the way out on a shared phone. */
export function MyPage(props: PageProps) {
  return (
    <SignedIn {...props} why={t("login.whyMy")}>
      {(s) => (
        <Page
          title={t("my.title")}
          lead={t("my.hello", { name: s.account.name })}
          back={props.base}
          testId="my-page"
        >
          {s.account.role === "resident" ? (
            <Mine {...props} />
          ) : (
            <Note tone="info">
              {t("my.staff")} <a href="/console/">{t("my.console")}</a>
            </Note>
          )}
          <SignOut base={props.base} />
        </Page>
      )}
    </SignedIn>
  );
}

function Mine({ county, base }: PageProps) {
  const [mine, retry] = useLoad("mine", () =>
    withSession(async () => {
      const [cases, drafts, items] = await Promise.all([
        api.listMyCases({}),
        api.listDrafts({}),
        listItems(county.code),
      ]);
      return { cases, drafts, items };
    }),
  );
  return (
    <Async of={mine} retry={retry}>
      {({ cases, drafts, items }) => (
        <>
          {drafts.length > 0 && (
            <section>
              <h2>{t("my.drafts")}</h2>
              <ul class="rows">
                {drafts.map((d) => (
                  <li key={d.id}>
                    <a class="row" href={`${base}/item/${d.item}/apply`} data-testid={`draft-${d.item}`}>
                      <strong>{items.find((i) => i.code === d.item)?.title ?? t("my.draft")}</strong>
                      <span class="quiet">{t("my.draftAt", { date: dateWords(d.savedAt) })}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <h2 class="unseen">{t("my.title")}</h2>
          {cases.length === 0 ? (
            <Empty title={t("my.none")}>
              <a class="button primary" href={`${base}/check`}>
                {t("home.check")}
              </a>
            </Empty>
          ) : (
            <ul class="rows">
              {cases.map((c) => (
                <li key={c.id}>
                  <a class="row tall" href={`${base}/case/${c.id}`} data-testid={`case-${c.number}`}>
                    <span class="row-head">
                      <strong>{c.itemTitle}</strong>
                      <Tag tone={c.tone}>{c.stateLabel}</Tag>
                    </span>
                    <span class="quiet figure">
                      {c.number} · {dateWords(c.submittedOn)}
                    </span>
                    {c.amountFen !== null && <span>{t("my.amount", { yuan: yuanWords(c.amountFen) })}</span>}
                    {c.clock && (
                      <span class={`clock ${c.clock.light}`}>
                        {c.clock.label} · {clockWords(c.clock)}
                      </span>
                    )}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Async>
  );
}

function SignOut({ base }: { base: string }) {
  const [busy, setBusy] = useState(false);
  return (
    <section class="sign-out">
      <button
        type="button"
        class="button"
        data-testid="logout"
        disabled={busy}
        onClick={() => {
          setBusy(true);
          signOut()
            .catch(() => undefined)
            .then(() => navigate(base));
        }}
      >
        {t("my.signOut")}
      </button>
      <p class="quiet">{t("my.signOutWhy")}</p>
    </section>
  );
}
