import { t } from "../texts/index.ts";
import type { CheckPerson } from "./sequence.ts";

/** Who lives together: names are not needed to try, relations are enough. */
export function People(p: {
  people: readonly CheckPerson[];
  relations: readonly string[];
  onChange: (people: CheckPerson[]) => void;
}) {
  const relations = p.relations.length > 0 ? p.relations : [t("check.relative")];
  return (
    <div class="stack">
      <ol class="people" aria-live="polite">
        {p.people.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: people have no other name here
          <li key={i}>
            <span>
              <span class="figure">{i + 1}</span> {one.label}
            </span>
            {i > 0 && (
              <button
                type="button"
                class="button plain"
                aria-label={t("check.removePerson", { n: i + 1, who: one.label })}
                onClick={() => p.onChange(p.people.filter((_, j) => j !== i))}
              >
                {t("do.remove")}
              </button>
            )}
          </li>
        ))}
      </ol>
      <fieldset class="field">
        <legend>{t("check.addPerson")}</legend>
        <div class="chips">
          {relations.map((relation) => (
            <button
              key={relation}
              type="button"
              class="chip"
              data-testid={`add-${relation}`}
              disabled={p.people.length >= 30}
              onClick={() => p.onChange([...p.people, { label: relation, facts: {} }])}
            >
              + {relation}
            </button>
          ))}
        </div>
      </fieldset>
      <p class="quiet">{t("check.alone")}</p>
    </div>
  );
}
