import { useState } from "preact/hooks";
import { Typed } from "../account/Typed.tsx";
import type { PageProps } from "../app/App.tsx";
import { api } from "../app/api.ts";
import { useLookup } from "../parts/lookup.ts";
import { Page } from "../parts/Page.tsx";
import { Failed, Note, Tag } from "../parts/States.tsx";
import { Steps } from "../parts/Steps.tsx";
import { clockWords, dateWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";

/** 凭编号查进度: no login; the number and the end of the ID card, nothing personal comes back. */
export function TrackPage({ county, base }: PageProps) {
  const [number, setNumber] = useState("");
  const [idTail, setIdTail] = useState("");
  const numberWrong = number.trim() === "" ? t("track.numberNeeded") : undefined;
  const tailWrong = /^\d{5}[\dX]$/i.test(idTail.trim()) ? undefined : t("track.tailWrong");
  const { form, tried, busy, problem, result, onSubmit } = useLookup(
    numberWrong !== undefined || tailWrong !== undefined,
    () =>
      api.trackCase({
        params: { county: county.code },
        body: { number: number.trim(), idTail: idTail.trim().toUpperCase() },
      }),
  );
  const at = (field: string) => problem?.fields?.find((f) => f.field === field)?.message;
  return (
    <Page title={t("home.track")} lead={t("track.lead")} back={base} testId="track">
      <form ref={form} noValidate class="stack" onSubmit={onSubmit}>
        <Typed
          name="number"
          label={t("track.number")}
          help={t("track.numberHelp")}
          value={number}
          onInput={setNumber}
          error={at("number") ?? (tried ? numberWrong : undefined)}
        />
        <Typed
          name="idTail"
          label={t("track.tail")}
          help={t("track.tailHelp")}
          value={idTail}
          onInput={setIdTail}
          error={at("idTail") ?? (tried ? tailWrong : undefined)}
        />
        <button type="submit" class="button primary big" data-testid="track-do" disabled={busy}>
          {busy ? t("state.loading") : t("track.do")}
        </button>
      </form>
      <div aria-live="polite">
        {problem && !problem.fields && <Failed problem={problem} />}
        {result && (
          <section class="card now">
            <p class="row-head">
              <strong>{result.itemTitle}</strong>
              <Tag tone="active" testId="case-state">
                {result.stateLabel}
              </Tag>
            </p>
            <p class="quiet figure">
              {result.number} · {t("case.submitted", { date: dateWords(result.submittedOn) })}
            </p>
            <p>{result.explain}</p>
            {result.clock && (
              <p class={`clock ${result.clock.light}`}>
                {result.clock.label}：<strong>{clockWords(result.clock)}</strong>
              </p>
            )}
            <Steps steps={result.steps} />
          </section>
        )}
      </div>
      <Note tone="info">
        {t("track.orLogin")} <a href={`${base}/my`}>{t("nav.my")}</a>
      </Note>
    </Page>
  );
}
