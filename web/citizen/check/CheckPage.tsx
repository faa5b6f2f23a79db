import { checkFields } from "@wuxin/declare/fields";
import { useEffect, useState } from "preact/hooks";
import { useStore } from "../../kit/store.ts";
import type { PageProps } from "../app/App.tsx";
import { getItem } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { goBack, navigate, place, withQuery } from "../app/router.ts";
import type { FieldValue, Item, Scalar } from "../app/types.ts";
import { Page } from "../parts/Page.tsx";
import { QuestionPage } from "../parts/QuestionPage.tsx";
import { Empty } from "../parts/States.tsx";
import { t } from "../texts/index.ts";
import { keepAnswers, readAnswers } from "./answers.ts";
import { People } from "./People.tsx";
import { ResultPage } from "./ResultPage.tsx";
import {
  answerHousehold,
  answerPerson,
  type CheckAnswers,
  checkPages,
  fieldOf,
  peopleOf,
  relationHelp,
} from "./sequence.ts";

/** 政策自测: no login, one question a page, 「不清楚」 allowed; the page's place is in the address. */
export function CheckPage({ county, base, params }: PageProps) {
  const code = params.item ?? "";
  const [item, retry] = useLoad(`${county.code}/${code}`, () => getItem(county.code, code));
  if (item.status !== "ready")
    return (
      <Page title={t("check.title")} back={`${base}/item/${code}`}>
        <Async of={item} retry={retry}>
          {() => null}
        </Async>
      </Page>
    );
  return <Questions item={item.value} county={county} base={base} params={params} />;
}

function Questions({ item, county, base }: PageProps & { item: Item }) {
  const { query } = useStore(place);
  const me = t("check.me");
  const [answers, setAnswers] = useState<CheckAnswers>(() => {
    const kept = readAnswers(county.code);
    return kept.people.length > 0 ? kept : { ...kept, people: [{ label: me, facts: {} }] };
  });
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => keepAnswers(county.code, answers), [county.code, answers]);
  const guide = `${base}/item/${item.code}`;
  const pages = checkPages(item);
  if (query.s === "result") return <ResultPage item={item} answers={answers} base={base} county={county} />;
  const at = Math.max(
    0,
    pages.findIndex((p) => p.key === query.s),
  );
  const page = pages[at];
  if (!page)
    return (
      <Page title={t("check.title")} back={guide}>
        <Empty title={t("check.none")} />
      </Page>
    );
  const next = () => navigate(withQuery({ s: pages[at + 1]?.key ?? "result" }));
  const back = () => goBack(at === 0 ? guide : `${guide}/check?s=${pages[at - 1]?.key ?? ""}`);
  const frame = { back, at: at + 1, of: pages.length, over: item.shortTitle };
  if (page.kind === "people")
    return (
      <QuestionPage
        {...frame}
        title={t("check.people")}
        help={relationHelp(item)}
        onNext={next}
        testKey="people"
      >
        <People
          people={answers.people}
          relations={item.form.relations.slice(1)}
          onChange={(people) => setAnswers({ ...answers, people })}
        />
      </QuestionPage>
    );
  const { question } = page;
  const field = fieldOf(question);
  const asked =
    question.entity === "household"
      ? [{ label: undefined, value: answers.household[question.fact] }]
      : peopleOf(item, answers, me).map((p) => ({ label: p.label, value: p.facts[question.fact] }));
  const set = (i: number, value: FieldValue | undefined) => {
    setErrors({});
    setAnswers((a) =>
      question.entity === "household"
        ? answerHousehold(a, question.fact, value as Scalar | undefined)
        : answerPerson(a, i, question.fact, value as Scalar | undefined),
    );
  };
  const goOn = () => {
    const found: Record<string, string> = {};
    for (const [i, one] of asked.entries()) {
      const wrong = checkFields([{ ...field, required: true }], { [field.name]: one.value }, county.today)[0];
      if (wrong) found[i] = one.value === undefined ? t("check.answerOrUnsure") : wrong.message;
    }
    setErrors(found);
    if (Object.keys(found).length === 0) next();
  };
  const none = () => {
    for (const [i, one] of asked.entries()) if (one.value === undefined) set(i, 0);
    next();
  };
  const unsure = () => {
    setErrors({});
    setAnswers((a) => ({ ...a, unsure: [...new Set([...a.unsure, question.fact])] }));
    next();
  };
  return (
    <QuestionPage
      {...frame}
      title={question.question}
      help={question.help ?? undefined}
      onNext={goOn}
      onNone={question.type === "money" ? none : undefined}
      onUnsure={unsure}
      testKey={question.fact}
      asked={{
        field: { ...field, help: "", required: true },
        county: county.code,
        today: county.today,
        rows: asked.map((one, i) => ({
          key: String(i),
          label: asked.length > 1 || one.label !== me ? one.label : undefined,
          value: one.value,
          error: errors[i],
          onChange: (v) => set(i, v),
        })),
      }}
    />
  );
}
