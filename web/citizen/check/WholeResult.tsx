import { navigate } from "../app/router.ts";
import type { Benefit, WholeCheck } from "../app/types.ts";
import { Page } from "../parts/Page.tsx";
import { Note } from "../parts/States.tsx";
import { yuanWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";
import { forgetAnswers } from "./answers.ts";

interface WholeResultProps {
  found: WholeCheck;
  /** What each person is called. */
  people: readonly string[];
  base: string;
  county: string;
  goOn: (() => void) | undefined;
  back: () => void;
}
const HEADS = { yes: "whole.yes", later: "whole.later", maybe: "whole.maybe" } as const;

/** What one may get, about how much, who, what is still missing, what to bring and where; the rest folded away. */
export function WholeResult(p: WholeResultProps) {
  const of = (state: Benefit["state"]) => p.found.benefits.filter((b) => b.state === state);
  const no = of("no");
  const any = p.found.benefits.some((b) => b.state !== "no");
  return (
    <Page title={t("whole.title")} over={t("check.whole")} step="result" back={p.back} testId="whole-result">
      {!any && <Note tone="info">{t("whole.none")}</Note>}
      {(["yes", "later", "maybe"] as const).map((state) => {
        const list = of(state);
        if (list.length === 0) return null;
        return (
          <section key={state} class="stack" data-testid={`whole-${state}`}>
            <h2>{t(HEADS[state])}</h2>
            {list.map((b) => (
              <Card key={b.code} benefit={b} people={p.people} base={p.base} />
            ))}
          </section>
        );
      })}
      {no.length > 0 && (
        <details class="card" data-testid="whole-no">
          <summary>{t("whole.no", { n: no.length })}</summary>
          <dl class="pairs">
            {no.map((b) => (
              <div key={b.code}>
                <dt>{b.title}</dt>
                <dd>{b.why}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <Note tone="info">{t("whole.tentative")}</Note>
      <div class="actions">
        {p.goOn && (
          <button type="button" class="button primary big" onClick={p.goOn} data-testid="go-on">
            {t("whole.goOn")}
          </button>
        )}
        <button
          type="button"
          class="button plain"
          onClick={() => {
            forgetAnswers(p.county);
            navigate(p.base);
          }}
        >
          {t("result.forget")}
        </button>
      </div>
    </Page>
  );
}

function Card({ benefit: b, people, base }: { benefit: Benefit; people: readonly string[]; base: string }) {
  return (
    <article class="card" data-testid={`benefit-${b.code}`}>
      <h3>{b.title}</h3>
      {b.amountFen !== null && (
        <p>
          <span class="quiet">{t("whole.about")}</span>{" "}
          <strong class="figure">{yuanWords(b.amountFen)}</strong>{" "}
          <span class="quiet">{t(b.once ? "whole.once" : "whole.perMonth")}</span>
        </p>
      )}
      {b.why && <p>{b.why}</p>}
      <p>{b.what}</p>
      {b.note && <Note tone="warning">{b.note}</Note>}
      {b.people.length > 0 && people.length > 1 && (
        <p>
          <span class="quiet">{t("whole.who")}：</span>
          {b.people.map((i) => people[i]).join("、")}
        </p>
      )}
      {b.missing.length > 0 && (
        <>
          <h4>{t("whole.missing")}</h4>
          <ul class="dots" data-testid="missing">
            {b.missing.map((m) => (
              <li key={m}>{m}</li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>{t("whole.more")}</summary>
        {b.bring.length > 0 && (
          <ul class="dots">
            {b.bring.map((x) => (
              <li key={x}>{x}</li>
            ))}
          </ul>
        )}
        <dl class="pairs">
          <div>
            <dt>{t("result.where")}</dt>
            <dd>{t(b.item ? "result.whereText" : "whole.where")}</dd>
          </div>
          <div>
            <dt>{t("guide.howLong")}</dt>
            <dd>{b.howLong}</dd>
          </div>
          <div>
            <dt>{t("guide.decidedBy")}</dt>
            <dd>{b.decidedBy}</dd>
          </div>
        </dl>
      </details>
      {b.item && b.state !== "maybe" && (
        <div class="actions">
          <a class="button primary" href={`${base}/item/${b.code}/apply?from=check`}>
            {t("guide.apply")}
          </a>
          <a class="button" href={`${base}/item/${b.code}/check`}>
            {t("whole.detail")}
          </a>
        </div>
      )}
    </article>
  );
}
