import type { Explained } from "../app/types.ts";
import { t } from "../texts/index.ts";
import { Note, Tag } from "./States.tsx";
import { dateWords, yuanWords } from "./words.ts";

type Step = Explained["steps"][number];

/** A decision in the order a person asks: may I, how much, why, what is missing, what would change it. */
export function Explain(p: { of: Explained; tentative?: boolean }) {
  const { of } = p;
  const tone = of.eligible === true ? "good" : of.eligible === false ? "danger" : "warning";
  return (
    <div class="explain" data-testid="explanation">
      <div class={`verdict ${tone}`}>
        <span class="verdict-mark" aria-hidden="true">
          {of.eligible === true ? "✓" : of.eligible === false ? "×" : "?"}
        </span>
        <div>
          <p class="verdict-text">{of.conclusion}</p>
          {of.amountFen !== null && of.eligible !== false && (
            <p class="verdict-amount">
              <span class="quiet">{p.tentative ? t("explain.about") : t("explain.amount")}</span>{" "}
              <strong class="figure">{yuanWords(of.amountFen)}</strong>
              <span class="quiet"> {t("explain.month")}</span>
            </p>
          )}
        </div>
      </div>
      {of.counterfactual && <Note tone="info">{of.counterfactual}</Note>}
      {of.alsoRecognised.length > 0 && (
        <Note tone="good">{t("explain.also", { list: of.alsoRecognised.join(t("mark.and")) })}</Note>
      )}
      {of.highlights.length > 0 && (
        <dl class="pairs card">
          {of.highlights.map((h) => (
            <div key={h.label}>
              <dt>{h.label}</dt>
              <dd class="figure">{h.text}</dd>
            </div>
          ))}
        </dl>
      )}
      {of.missing.length > 0 && (
        <section class="card">
          <h2>{t("explain.missing")}</h2>
          <ul class="dots" data-testid="missing">
            {of.missing.map((m) => (
              <li key={`${m.member}/${m.fact}`}>
                {m.member && <strong>{m.member}：</strong>}
                {m.question}
              </li>
            ))}
          </ul>
        </section>
      )}
      {of.steps.length > 0 && <Why of={of} />}
      <p class="quiet small">
        {t("explain.version", { month: dateWords(of.month), version: of.ruleVersion.slice(0, 12) })}
      </p>
    </div>
  );
}

/** The steps behind the figures above first; all the others, which are many, folded away. */
function Why({ of }: { of: Explained }) {
  const shown = new Set(of.highlights.map((h) => h.label));
  const main = of.steps.filter((s) => shown.has(s.variable));
  const few = main.length > 0 && of.steps.length > main.length;
  return (
    <section class="card">
      <h2>{t("explain.why")}</h2>
      <Reasons steps={few ? main : of.steps} />
      {few && (
        <details class="fold" data-testid="all-steps">
          <summary>{t("explain.all", { n: of.steps.length })}</summary>
          <Reasons steps={of.steps} />
        </details>
      )}
    </section>
  );
}

const Reasons = (p: { steps: readonly Step[] }) => (
  <ol class="reasons">
    {p.steps.map((s) => (
      <li key={`${s.variable}/${s.member}`}>
        <Reason step={s} />
      </li>
    ))}
  </ol>
);

function Reason({ step }: { step: Step }) {
  return (
    <details>
      <summary>
        {step.member && <strong>{step.member}：</strong>}
        {step.variable} <span class="figure">{step.text}</span>
        {!step.known && <Tag tone="waiting">{t("explain.unknown")}</Tag>}
      </summary>
      {step.failed && <p>{t("explain.failed", { what: step.failed })}</p>}
      <p>
        <span class="quiet">{t("explain.formula")}</span> {step.formula}
      </p>
      {step.article && (
        <p>
          <span class="quiet">{t("explain.article")}</span> {step.article}
        </p>
      )}
      {step.uses.length > 0 && (
        <ul class="uses">
          {step.uses.map((u) => (
            <li key={`${u.kind}/${u.name}/${u.member}`}>
              {u.member && `${u.member} `}
              {u.name}：<strong class="figure">{u.text}</strong>
              <span class="quiet">
                {[
                  u.document,
                  u.since && t("guide.since", { date: dateWords(u.since) }),
                  u.source,
                  u.date && dateWords(u.date),
                ]
                  .filter(Boolean)
                  .map((x) => ` · ${x}`)}
              </span>
              {u.unverified && <Tag tone="waiting">{t("guide.unverified")}</Tag>}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
