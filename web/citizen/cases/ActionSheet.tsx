import { checkFields, isVisible } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { useRef, useState } from "preact/hooks";
import { api, problemOf } from "../app/api.ts";
import { session, withSession } from "../app/session.ts";
import type { ApiProblem, CasePage, County, FieldError, NextAction, Values } from "../app/types.ts";
import { FieldInput } from "../fields/FieldInput.tsx";
import { toFirstError } from "../parts/errors.ts";
import { Sheet } from "../parts/Sheet.tsx";
import { Note } from "../parts/States.tsx";
import { t } from "../texts/index.ts";
import { cleaned, groupsOf } from "./action-fields.ts";

/** Any legal action of the case, drawn from its declared fields; what was typed survives every refusal. */
export function ActionSheet(p: {
  action: NextAction;
  of: CasePage;
  county: County;
  close: () => void;
  done: (c: CasePage) => void;
  refreshed: (c: CasePage) => void;
}) {
  const { action, county } = p;
  const form = useRef<HTMLFormElement>(null);
  // Made once: pressing twice, or again after a lost answer, is the same action.
  const [id] = useState(newId);
  const [values, setValues] = useState<Values>(action.initial);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [problem, setProblem] = useState<ApiProblem>();
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    const data = cleaned(action.fields, values);
    const found = checkFields(action.fields, data, county.today);
    setErrors(found);
    setProblem(undefined);
    toFirstError(form.current);
    if (busy || found.length > 0) return;
    setBusy(true);
    try {
      const body = { id, version: p.of.version, action: action.id, data: data as Record<string, never> };
      p.done(await withSession(() => api.actOnCase({ params: { id: p.of.id }, body })));
    } catch (e) {
      const refused = problemOf(e);
      setProblem(refused);
      setErrors(refused.fields ?? []);
      toFirstError(form.current);
      if (refused.code === "stale-version")
        api.getCase({ params: { id: p.of.id } }).then(p.refreshed, () => undefined);
    } finally {
      setBusy(false);
    }
  };
  const shown = action.fields.filter((f) => isVisible(f, values));
  const known = new Set(shown.map((f) => f.name));
  return (
    <Sheet title={action.label} onClose={p.close} testId="action-sheet">
      <form
        ref={form}
        noValidate
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        {action.confirm && <Note tone="warning">{action.confirm}</Note>}
        {problem && (
          <Note tone="danger" testId="action-problem">
            {problem.code === "stale-version" ? t("case.stale") : problem.message}
            {errors
              .filter((e) => !known.has(e.field))
              .map((e) => (
                <p key={e.field}>{e.message}</p>
              ))}
          </Note>
        )}
        {groupsOf(shown).map((g) => {
          const inputs = g.fields.map((field) => (
            <FieldInput
              key={field.name}
              id={`a-${field.name}`}
              testId={`field-${field.name}`}
              field={field}
              county={county.code}
              today={county.today}
              label={field.question ?? field.label}
              signer={session.get()?.account.name}
              value={values[field.name]}
              error={errors.find((e) => e.field === field.name)?.message}
              onChange={(v) => setValues((old) => ({ ...old, [field.name]: v }))}
            />
          ));
          return g.name === "" ? (
            inputs
          ) : (
            <details key={g.name} class="card fold" open={g.fields.some((f) => f.required === true)}>
              <summary>
                <strong>{g.name}</strong>
              </summary>
              {inputs}
            </details>
          );
        })}
        <div class="actions">
          <button
            type="submit"
            class={action.tone === "danger" ? "button danger big" : "button primary big"}
            data-testid="action-submit"
            disabled={busy}
          >
            {busy ? t("review.sending") : action.label}
          </button>
          <button type="button" class="button big" onClick={p.close}>
            {t("case.notNow")}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
