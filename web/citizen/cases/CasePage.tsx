import { useState } from "preact/hooks";
import { SignedIn } from "../account/SignedIn.tsx";
import type { PageProps } from "../app/App.tsx";
import { api } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { withSession } from "../app/session.ts";
import type { CasePage as Case, NextAction } from "../app/types.ts";
import { Page } from "../parts/Page.tsx";
import { Note, Tag } from "../parts/States.tsx";
import { Steps } from "../parts/Steps.tsx";
import { clockWords, dateWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";
import { ActionSheet } from "./ActionSheet.tsx";
import { Decisions, Documents, History, Papers, Said } from "./CaseParts.tsx";

/** One application as its resident sees it: where it stands, what happens now, what he may do. */
export function CasePage(props: PageProps) {
  const id = props.params.id ?? "";
  return (
    <SignedIn {...props} why={t("login.whyMy")}>
      {() => <Loaded {...props} id={id} />}
    </SignedIn>
  );
}

function Loaded({ id, base, county }: PageProps & { id: string }) {
  const [found, retry] = useLoad(id, () => withSession(() => api.getCase({ params: { id } })));
  const [newer, setNewer] = useState<Case>();
  const [doing, setDoing] = useState<NextAction>();
  const [said, setSaid] = useState<string>();
  if (found.status !== "ready")
    return (
      <Page title={t("case.title")} back={`${base}/my`}>
        <Async of={found} retry={retry}>
          {() => null}
        </Async>
      </Page>
    );
  const c = newer && newer.version >= found.value.version ? newer : found.value;
  const running = c.clocks.filter((k) => k.stoppedOn === null);
  return (
    <Page
      title={c.itemTitle}
      over={<span class="figure">{c.number}</span>}
      back={`${base}/my`}
      step={`case-${c.id}`}
      testId="case"
    >
      {said && (
        <Note tone="good" testId="action-done">
          {said}
        </Note>
      )}
      <section class="card now">
        <p class="row-head">
          <Tag tone={c.tone} testId="case-state">
            {c.stateLabel}
          </Tag>
          <span class="quiet">{t("case.submitted", { date: dateWords(c.submittedOn) })}</span>
        </p>
        <p class="lead">{c.explain}</p>
        {running.map((k) => (
          <p key={k.key} class={`clock ${k.light}`}>
            {k.label}：<strong>{clockWords(k)}</strong>
            <span class="quiet"> {t("clock.by", { date: dateWords(k.dueOn) })}</span>
            {k.unpublishedYears.length > 0 && (
              <span class="quiet"> {t("clock.unpublished", { years: k.unpublishedYears.join("、") })}</span>
            )}
          </p>
        ))}
        {c.actions.length > 0 && (
          <div class="actions">
            {c.actions.map((a) => (
              <div key={a.id} class="action">
                <button
                  type="button"
                  class={
                    a.tone === "primary" ? "button primary" : a.tone === "danger" ? "button danger" : "button"
                  }
                  data-testid={`action-${a.id}`}
                  disabled={a.blocked.length > 0}
                  aria-describedby={a.blocked.length > 0 ? `why-${a.id}` : undefined}
                  onClick={() => {
                    setSaid(undefined);
                    setDoing(a);
                  }}
                >
                  {a.label}
                </button>
                {a.blocked.length > 0 && (
                  <p class="quiet" id={`why-${a.id}`}>
                    {a.blocked.join(" ")}
                  </p>
                )}
              </div>
            ))}
          </div>
        )}
      </section>
      <Said of={c} />
      {c.missing.length > 0 && !c.final && (
        <section class="card">
          <h2>{t("explain.missing")}</h2>
          <ul class="dots">
            {c.missing.map((m) => (
              <li key={`${m.member}/${m.fact}`}>
                {m.member && <strong>{m.member}：</strong>}
                {m.question}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="card">
        <h2>{t("case.steps")}</h2>
        <Steps steps={c.steps} />
      </section>
      <Decisions of={c} />
      <Documents of={c} base={base} />
      <Papers of={c} />
      <History of={c} />
      {doing && (
        <ActionSheet
          action={doing}
          of={c}
          county={county}
          close={() => setDoing(undefined)}
          done={(next) => {
            setNewer(next);
            setDoing(undefined);
            setSaid(t("case.actionDone", { label: doing.label }));
            scrollTo(0, 0);
          }}
          refreshed={(next) => {
            setNewer(next);
            const same = next.actions.find((a) => a.id === doing.id);
            if (same) setDoing(same);
          }}
        />
      )}
    </Page>
  );
}
