import { api } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { goBack, navigate } from "../app/router.ts";
import type { County, Item } from "../app/types.ts";
import { Explain } from "../parts/Explain.tsx";
import { Page } from "../parts/Page.tsx";
import { Note } from "../parts/States.tsx";
import { t } from "../texts/index.ts";
import { forgetAnswers } from "./answers.ts";
import { type CheckAnswers, checkInput } from "./sequence.ts";

/** What one may get, about how much, why, what is missing, what to bring, where, how long. */
export function ResultPage(p: { item: Item; answers: CheckAnswers; base: string; county: County }) {
  const { item, county } = p;
  const input = checkInput(item, p.answers, t("check.me"));
  const [result, retry] = useLoad(JSON.stringify(input), () =>
    api.selfCheck({ params: { county: county.code, item: item.code }, body: input }),
  );
  const guide = `${p.base}/item/${item.code}`;
  return (
    <Page
      title={t("result.title")}
      over={item.title}
      step="result"
      back={() => goBack(`${guide}/check`)}
      testId="check-result"
    >
      <Async of={result} retry={retry}>
        {(r) => (
          <>
            <Explain of={r.explanation} tentative />
            <section class="card">
              <h2>{t("guide.bring")}</h2>
              {r.bring.length > 0 ? (
                <ul class="dots">
                  {r.bring.map((b) => (
                    <li key={b}>{b}</li>
                  ))}
                </ul>
              ) : (
                <p>{t("result.bringNothing")}</p>
              )}
            </section>
            <dl class="pairs card">
              <div>
                <dt>{t("result.where")}</dt>
                <dd>{t("result.whereText")}</dd>
              </div>
              <div>
                <dt>{t("guide.howLong")}</dt>
                <dd>{r.howLong}</dd>
              </div>
              <div>
                <dt>{t("guide.decidedBy")}</dt>
                <dd>{r.decidedBy}</dd>
              </div>
            </dl>
            <Note tone="info">{t("result.tentative")}</Note>
            <div class="actions sticky">
              <a class="button primary big" href={`${guide}/apply?from=check`} data-testid="start-apply">
                {t("guide.apply")}
              </a>
            </div>
            <div class="actions">
              <a class="button" href={`${p.base}/check`}>
                {t("result.other")}
              </a>
              <button
                type="button"
                class="button plain"
                onClick={() => {
                  forgetAnswers(county.code);
                  navigate(guide);
                }}
              >
                {t("result.forget")}
              </button>
            </div>
          </>
        )}
      </Async>
    </Page>
  );
}
