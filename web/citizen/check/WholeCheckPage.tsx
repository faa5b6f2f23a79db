import { checkFields } from "@wuxin/declare/fields";
import { useEffect, useState } from "preact/hooks";
import { useStore } from "../../kit/store.ts";
import type { PageProps } from "../app/App.tsx";
import { api, listItems } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { goBack, navigate, place, withQuery } from "../app/router.ts";
import type { FieldValue, Question, Scalar, WholeCheck } from "../app/types.ts";
import { QuestionPage } from "../parts/QuestionPage.tsx";
import { t } from "../texts/index.ts";
import { keepAnswers, readAnswers } from "./answers.ts";
import { People } from "./People.tsx";
import { answerHousehold, answerPerson, type CheckAnswers, fieldOf } from "./sequence.ts";
import { WholeResult } from "./WholeResult.tsx";
import { answeredFacts, askedOf, wholeInput } from "./whole.ts";

/** 我能享受什么: who lives together, then one question a page for all policies; what is settled is not asked about. */
export function WholeCheckPage({ county, base }: PageProps) {
  const { query } = useStore(place);
  const me = t("check.me");
  const [answers, setAnswers] = useState<CheckAnswers>(() => {
    const kept = readAnswers(county.code);
    return kept.people.length > 0 ? kept : { ...kept, people: [{ label: me, facts: {} }] };
  });
  // What the server was asked with: a page half filled in does not change the row of questions.
  const [sent, setSent] = useState(answers);
  useEffect(() => keepAnswers(county.code, answers), [county.code, answers]);
  const started = query.s !== undefined;
  const input = wholeInput(sent);
  const [found, retry] = useLoad(started ? JSON.stringify(input) : "", async () =>
    started ? api.wholeCheck({ params: { county: county.code }, body: input }) : null,
  );
  const start = `${base}/check/all`;
  if (!started)
    return (
      <Start
        county={county.code}
        base={base}
        answers={answers}
        onChange={setAnswers}
        onNext={() => {
          setSent(answers);
          navigate(withQuery({ s: "go" }));
        }}
      />
    );
  return (
    <Async of={found} retry={retry}>
      {(r) =>
        r && (
          <Step
            found={r}
            step={query.s ?? "go"}
            answers={answers}
            setAnswers={setAnswers}
            send={(a) => {
              setSent(a);
              navigate(withQuery({ s: "go" }));
            }}
            county={county.code}
            today={county.today}
            base={base}
            start={start}
          />
        )
      }
    </Async>
  );
}

interface StartProps {
  county: string;
  base: string;
  answers: CheckAnswers;
  onChange: (a: CheckAnswers) => void;
  onNext: () => void;
}
function Start(p: StartProps) {
  // The relations that the forms of this county know.
  const [items] = useLoad(`relations/${p.county}`, async () => {
    const list = await listItems(p.county);
    const household = list.find((i) => i.subject === "household" && i.selfCheck);
    return household
      ? (await api.getItem({ params: { county: p.county, item: household.code } })).form.relations.slice(1)
      : [];
  });
  return (
    <QuestionPage
      title={t("check.people")}
      over={t("check.whole")}
      help={t("check.wholeLead")}
      at={1}
      of={20}
      back={() => goBack(p.base)}
      onNext={p.onNext}
      testKey="people"
      foot={
        <p>
          <a href={`${p.base}/check`} data-testid="check-one">
            {t("check.oneOnly")}
          </a>
        </p>
      }
    >
      <People
        people={p.answers.people}
        relations={items.status === "ready" ? items.value : []}
        onChange={(people) => p.onChange({ ...p.answers, people })}
      />
    </QuestionPage>
  );
}

interface StepProps {
  found: WholeCheck;
  /** `go`: whatever is next; `result`; or a fact, looked at again. */
  step: string;
  answers: CheckAnswers;
  setAnswers: (change: (a: CheckAnswers) => CheckAnswers) => void;
  send: (a: CheckAnswers) => void;
  county: string;
  today: string;
  base: string;
  start: string;
}
function Step(p: StepProps) {
  const { found: r, answers } = p;
  const fact = p.step === "go" ? r.next?.fact : p.step;
  const question = r.questions.find((q) => q.fact === fact);
  if (p.step === "result" || !question)
    return (
      <WholeResult
        found={r}
        people={answers.people.map((x, i) => (i === 0 ? t("check.me") : x.label))}
        base={p.base}
        county={p.county}
        goOn={r.next ? () => navigate(withQuery({ s: "go" })) : undefined}
        back={() => goBack(p.start)}
      />
    );
  return <Ask key={question.fact} {...p} question={question} />;
}

function Ask(p: StepProps & { question: Question }) {
  const { question, answers, found } = p;
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const field = fieldOf(question);
  const me = t("check.me");
  const rows =
    question.entity === "household"
      ? [{ at: null, label: undefined, value: answers.household[question.fact] }]
      : askedOf(question, answers, found.next).map((at) => ({
          at: at as number | null,
          label: at === 0 ? me : answers.people[at]?.label,
          value: answers.people[at]?.facts[question.fact],
        }));
  const put = (a: CheckAnswers, at: number | null, value: Scalar | undefined) =>
    at === null ? answerHousehold(a, question.fact, value) : answerPerson(a, at, question.fact, value);
  const set = (at: number | null, value: FieldValue | undefined) => {
    setErrors({});
    p.setAnswers((a) => put(a, at, value as Scalar | undefined));
  };
  const goOn = () => {
    const wrong: Record<string, string> = {};
    for (const [i, row] of rows.entries()) {
      const fault = checkFields([{ ...field, required: true }], { [field.name]: row.value }, p.today)[0];
      if (fault) wrong[i] = row.value === undefined ? t("check.answerOrUnsure") : fault.message;
    }
    setErrors(wrong);
    if (Object.keys(wrong).length === 0) p.send(answers);
  };
  const change = (next: CheckAnswers) => {
    p.setAnswers(() => next);
    p.send(next);
  };
  const none = () => change(rows.reduce((a, r) => (r.value === undefined ? put(a, r.at, 0) : a), answers));
  const unsure = () => change({ ...answers, unsure: [...new Set([...answers.unsure, question.fact])] });
  const done = answeredFacts(answers) + 1;
  return (
    <QuestionPage
      title={question.question}
      over={t("check.whole")}
      help={question.help ?? undefined}
      at={done}
      of={done + Math.max(1, found.open)}
      back={() => goBack(p.start)}
      onNext={goOn}
      onNone={question.type === "money" ? none : undefined}
      onUnsure={unsure}
      testKey={question.fact}
      asked={{
        field: { ...field, help: "", required: true },
        county: p.county,
        today: p.today,
        rows: rows.map((row, i) => ({
          key: String(row.at ?? "h"),
          label: rows.length > 1 || (row.label !== undefined && row.label !== me) ? row.label : undefined,
          value: row.value,
          error: errors[i],
          onChange: (v) => set(row.at, v),
        })),
      }}
      foot={
        <p class="quiet">
          {t("check.openLeft", { n: found.open })}{" "}
          <a href={`${p.start}?s=result`} data-testid="enough">
            {t("check.enough")}
          </a>
        </p>
      }
    />
  );
}
