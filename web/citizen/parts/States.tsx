/** The states that are not the page itself: loading, failed, offline, not allowed, nothing there. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { isOffline } from "../app/api.ts";
import { askLogin } from "../app/session.ts";
import type { ApiProblem } from "../app/types.ts";
import { t } from "../texts/index.ts";

export function Loading() {
  // Under a fifth of a second a flash of grey only disturbs.
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="skeleton" role="status" data-testid="loading">
      <span class="unseen">{t("state.loading")}</span>
      {late && (
        <div aria-hidden="true">
          <i />
          <i />
          <i />
        </div>
      )}
    </div>
  );
}

export function Empty(p: { title: string; children?: ComponentChildren }) {
  return (
    <div class="state" data-testid="empty">
      <p class="state-title">{p.title}</p>
      {p.children && <div class="state-text">{p.children}</div>}
    </div>
  );
}

export function Failed(p: { problem: ApiProblem; retry?: () => void }) {
  const { problem, retry } = p;
  const again = retry && (
    <button type="button" class="button" onClick={retry}>
      {t("do.retry")}
    </button>
  );
  if (problem.status === 401)
    return (
      <div class="state" role="alert" data-testid="state-login">
        <p class="state-title">{t("state.login")}</p>
        <button type="button" class="button primary" onClick={() => askLogin().then((ok) => ok && retry?.())}>
          {t("login.do")}
        </button>
      </div>
    );
  if (isOffline(problem))
    return (
      <div class="state" role="alert" data-testid="state-offline">
        <p class="state-title">{t("state.offline")}</p>
        <p class="state-text">{t("state.offlineWay")}</p>
        {again}
      </div>
    );
  if (problem.status === 403)
    return (
      <div class="state" role="alert" data-testid="state-forbidden">
        <p class="state-title">{t("state.forbidden")}</p>
        <p class="state-text">{problem.message}</p>
      </div>
    );
  if (problem.status === 404)
    return (
      <div class="state" role="alert" data-testid="state-missing">
        <p class="state-title">{t("state.missing")}</p>
        <p class="state-text">{problem.message}</p>
      </div>
    );
  return (
    <div class="state" role="alert" data-testid="state-error">
      <p class="state-title">{t("state.error")}</p>
      <p class="state-text">{problem.message}</p>
      {problem.fields?.map((f) => (
        <p key={f.field} class="error">
          {f.message}
        </p>
      ))}
      {again}
    </div>
  );
}

/** A sentence of warning or good news inside a page: word, shape and colour. */
export function Note(p: {
  tone: "info" | "good" | "warning" | "danger";
  children: ComponentChildren;
  testId?: string;
}) {
  const mark = { info: "i", good: "✓", warning: "!", danger: "!" }[p.tone];
  return (
    <div class={`note ${p.tone}`} data-testid={p.testId} role={p.tone === "danger" ? "alert" : undefined}>
      <span class="note-mark" aria-hidden="true">
        {mark}
      </span>
      <div>{p.children}</div>
    </div>
  );
}

export function Tag(p: {
  tone?: "neutral" | "active" | "waiting" | "good" | "bad";
  children: ComponentChildren;
  testId?: string;
}) {
  return (
    <span class={`tag ${p.tone ?? "neutral"}`} data-testid={p.testId}>
      {p.children}
    </span>
  );
}
