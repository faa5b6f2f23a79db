import { useEffect, useState } from "preact/hooks";
import { useStore } from "../../kit/store.ts";
import { Typed } from "../account/Typed.tsx";
import type { PageProps } from "../app/App.tsx";
import { api } from "../app/api.ts";
import { place } from "../app/router.ts";
import { useLookup } from "../parts/lookup.ts";
import { Page } from "../parts/Page.tsx";
import { Failed, Tag } from "../parts/States.tsx";
import { dateWords, momentWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";

type Progress = Awaited<ReturnType<typeof api.trackTrouble>>;

/** With the number and the last four digits of the phone: how far it is, in one sentence. Nothing about anybody. */
export function TroubleTrackPage({ county, base }: PageProps) {
  const { query } = useStore(place);
  const [number, setNumber] = useState(query.number ?? "");
  const [tail, setTail] = useState(query.tail ?? "");
  const numberWrong = number.trim() === "" ? t("trouble.numberNeeded") : undefined;
  const tailWrong = /^\d{4}$/.test(tail.trim()) ? undefined : t("trouble.tailWrong");
  const { form, tried, busy, problem, result, submit, onSubmit } = useLookup(
    numberWrong !== undefined || tailWrong !== undefined,
    () =>
      api.trackTrouble({
        params: { county: county.code },
        body: { number: number.trim(), phoneTail: tail.trim() },
      }),
  );
  // Come from the page that gave the number: nothing left to type.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the page opens
  useEffect(() => {
    if (query.number && query.tail) void submit();
  }, []);
  return (
    <Page title={t("trouble.track")} back={`${base}/trouble`} testId="trouble-track">
      <form ref={form} noValidate class="stack" onSubmit={onSubmit}>
        <Typed
          name="number"
          label={t("trouble.number")}
          help={t("trouble.numberHelp")}
          value={number}
          onInput={setNumber}
          error={tried ? numberWrong : undefined}
        />
        <Typed
          name="tail"
          label={t("trouble.tail")}
          inputMode="numeric"
          value={tail}
          onInput={setTail}
          error={tried ? tailWrong : undefined}
        />
        <button type="submit" class="button primary big" data-testid="trouble-track-do" disabled={busy}>
          {busy ? t("state.loading") : t("trouble.see")}
        </button>
      </form>
      <div aria-live="polite">
        {problem && <Failed problem={problem} />}
        {result && (
          <section class="card now">
            <p class="row-head">
              <strong class="figure">{result.number}</strong>
              <Tag tone={result.state === "closed" ? "good" : "active"} testId="trouble-state">
                {t(`trouble.state.${result.state}`)}
              </Tag>
            </p>
            <p data-testid="trouble-words">{wordsOf(result)}</p>
            <p class="quiet">{t("trouble.reported", { date: dateWords(result.reportedOn) })}</p>
          </section>
        )}
      </div>
    </Page>
  );
}

function wordsOf(r: Progress): string {
  if (r.state === "closed") return t(`trouble.closed.${r.outcome ?? "no-change"}`);
  const by = r.answerBy ? momentWords(r.answerBy) : r.visitBy ? dateWords(r.visitBy) : "";
  const on = r.visitedOn ? dateWords(r.visitedOn) : "";
  return t(`trouble.words.${r.state}`, { place: r.divisionName, by, on });
}
