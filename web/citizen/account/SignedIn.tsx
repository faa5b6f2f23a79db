import type { ComponentChildren } from "preact";
import { useStore } from "../../kit/store.ts";
import type { PageProps } from "../app/App.tsx";
import { Async, useLoad } from "../app/load.tsx";
import { findSession, session } from "../app/session.ts";
import type { Session } from "../app/types.ts";
import { Page } from "../parts/Page.tsx";
import { Empty, Note } from "../parts/States.tsx";
import { t } from "../texts/index.ts";
import { LoginForm } from "./LoginForm.tsx";

/** Shows its page to who is signed in, in this county; others sign in on the spot. */
export function SignedIn(p: PageProps & { why: string; children: (s: Session) => ComponentChildren }) {
  const [asked, retry] = useLoad("session", findSession);
  const who = useStore(session);
  if (asked.status !== "ready" && !who)
    return (
      <Page title={t("login.title")} back={p.base}>
        <Async of={asked} retry={retry}>
          {() => null}
        </Async>
      </Page>
    );
  if (!who)
    return (
      <Page title={t("login.title")} back={p.base} testId="login-page">
        <Note tone="info">{p.why}</Note>
        <LoginForm county={p.county.code} demo={p.county.demo} done={() => undefined} />
        <ToSignup base={p.base} />
      </Page>
    );
  if (who.county.code !== p.county.code)
    return (
      <Page title={t("login.elsewhere")} back={p.base}>
        <Empty title={t("login.elsewhereText", { county: who.county.name })}>
          <a class="button" href={`/c/${who.county.code}`}>
            {t("login.elsewhereGo", { county: who.county.name })}
          </a>
        </Empty>
      </Page>
    );
  return <>{p.children(who)}</>;
}

export function ToSignup({ base }: { base: string }) {
  const next = encodeURIComponent(location.pathname.endsWith("/login") ? "" : location.pathname);
  return (
    <p class="aside">
      {t("login.noAccount")}{" "}
      <a href={`${base}/signup${next ? `?next=${next}` : ""}`} data-testid="to-signup">
        {t("signup.title")}
      </a>
    </p>
  );
}
