import { useState } from "preact/hooks";
import { api, isOffline, listDivisions, problemOf } from "../app/api.ts";
import { useLoad } from "../app/load.tsx";
import { withQuery } from "../app/router.ts";
import { withSession } from "../app/session.ts";
import type { ApiProblem } from "../app/types.ts";
import { forgetAnswers } from "../check/answers.ts";
import { QuestionPage } from "../parts/QuestionPage.tsx";
import { Note } from "../parts/States.tsx";
import { t } from "../texts/index.ts";
import { authorisationText } from "./AuthoriseStep.tsx";
import { applicationOf, type PlacedError, placeErrors } from "./application.ts";
import type { StepProps } from "./Fill.tsx";
import { forgetHere } from "./keep.ts";
import { changePage } from "./model.ts";
import { problemsOf } from "./problems.ts";
import { stepTitle } from "./StepBody.tsx";
import type { Step } from "./steps.ts";
import { summaryOf } from "./summary.ts";
import { Agree } from "./WhoStep.tsx";

export function ReviewStep(
  p: StepProps & {
    frame: Omit<Parameters<typeof QuestionPage>[0], "title" | "onNext" | "testKey">;
    steps: readonly Step[];
    onDone: (r: { number: string; trackingHint: string }) => void;
  },
) {
  const { item, county, f, change, steps } = p;
  const [divisions] = useLoad(county.code, () => listDivisions(county.code));
  const [sending, setSending] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const before = steps.filter((s) => s.kind !== "review");
  const unfinished: PlacedError[] = before.flatMap((s) =>
    problemsOf(item, s, f, county.today).map((e) => ({ ...e, step: s.key })),
  );
  const refused = problem?.fields ? placeErrors(problem.fields, steps, f) : [];
  const places = divisions.status === "ready" ? divisions.value : [];
  const submit = async () => {
    setTried(true);
    setProblem(undefined);
    if (sending || !f.page.truthful || unfinished.length > 0) return;
    setSending(true);
    try {
      // The id was made when the form was opened: sending it twice is the same application.
      const application = applicationOf(item, f, authorisationText(county.bureauName));
      const sent = await withSession(() => api.submitApplication({ body: { id: f.id, application } }));
      forgetHere(county.code, item.code);
      forgetAnswers(county.code);
      api.deleteDraft({ params: { id: f.id } }).catch(() => undefined);
      p.onDone(sent);
    } catch (e) {
      setProblem(problemOf(e));
    } finally {
      setSending(false);
    }
  };
  return (
    <QuestionPage
      {...p.frame}
      title={t("review.title")}
      help={t("review.help")}
      testKey="review"
      nextLabel={sending ? t("review.sending") : t("review.submit")}
      nextTestId="submit-application"
      busy={sending}
      onNext={submit}
    >
      {unfinished.length > 0 && (
        <Note tone="warning" testId="unfinished">
          <p>{t("review.unfinished", { n: unfinished.length })}</p>
          <ErrorLinks errors={unfinished} />
        </Note>
      )}
      {problem && (
        <Note tone="danger" testId="submit-problem">
          <p>{isOffline(problem) ? t("review.offline") : problem.message}</p>
          <ErrorLinks errors={refused} />
        </Note>
      )}
      {before.map((s) => (
        <section class="card" key={s.key}>
          <div class="card-head">
            <h2>{stepTitle(s, item, f).title}</h2>
            <a class="button plain" href={withQuery({ s: s.key, edit: "1" })} data-testid={`edit-${s.key}`}>
              {t("do.change")}
              <span class="unseen"> {stepTitle(s, item, f).title}</span>
            </a>
          </div>
          <dl class="pairs">
            {summaryOf(s, item, f, places).map(([label, text], i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two people may be called alike
              <div key={i}>
                <dt>{label}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Agree
        testId="field-truthful"
        text={t("review.truthful")}
        checked={f.page.truthful}
        error={tried && !f.page.truthful ? t("review.truthfulNeeded") : undefined}
        onChange={(truthful) => change(changePage(f, { truthful }))}
      />
    </QuestionPage>
  );
}

function ErrorLinks({ errors }: { errors: readonly PlacedError[] }) {
  if (errors.length === 0) return null;
  return (
    <ul>
      {errors.map((e) => (
        <li key={e.field + e.message}>
          {e.step ? <a href={withQuery({ s: e.step, edit: "1" })}>{e.message}</a> : e.message}
        </li>
      ))}
    </ul>
  );
}
