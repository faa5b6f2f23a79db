import { FieldInput } from "../fields/FieldInput.tsx";
import { t } from "../texts/index.ts";
import { agentFields } from "./built-in.ts";
import { Fields } from "./Fields.tsx";
import type { StepProps } from "./Fill.tsx";
import { changeForm, changePage } from "./model.ts";

const NO_AGENT = { name: "", idNo: "", phone: "", relation: "", consent: false };
/** `agentIdNo` of the form is `idNo` of the agent. */
const ownName = (field: string) => field.charAt(5).toLowerCase() + field.slice(6);

export function WhoStep(p: StepProps) {
  const { f, change, errorOf } = p;
  const agent = f.form.agent ?? NO_AGENT;
  const { forOther } = f.page;
  return (
    <>
      <FieldInput
        id="f-for"
        testId="field-for"
        field={{
          name: "for",
          label: t("who.title"),
          type: "choice",
          required: true,
          choices: [
            { value: "me", label: t("who.me") },
            { value: "other", label: t("who.other") },
          ],
        }}
        labelUnseen
        county={p.county.code}
        today={p.county.today}
        value={forOther === null ? undefined : forOther ? "other" : "me"}
        error={errorOf("for")}
        onChange={(v) => change(changePage(f, { forOther: v === "other" }))}
      />
      {forOther && (
        <section class="card">
          <h2>{t("who.agent")}</h2>
          <Fields
            {...p}
            fields={agentFields()}
            values={{
              agentName: agent.name,
              agentIdNo: agent.idNo,
              agentPhone: agent.phone,
              agentRelation: agent.relation,
            }}
            onChange={(name, v) =>
              change(changeForm(f, { agent: { ...agent, [ownName(name)]: typeof v === "string" ? v : "" } }))
            }
          />
          <Agree
            testId="field-consent"
            text={t("who.consent")}
            checked={agent.consent}
            error={errorOf("consent")}
            onChange={(consent) => change(changeForm(f, { agent: { ...agent, consent } }))}
          />
        </section>
      )}
    </>
  );
}

/** One sentence to agree to. */
export function Agree(p: {
  testId: string;
  text: string;
  checked: boolean;
  error: string | undefined;
  onChange: (checked: boolean) => void;
}) {
  return (
    <div class={p.error ? "field wrong" : "field"}>
      {p.error && (
        <p class="error" id={`${p.testId}-error`}>
          <span aria-hidden="true">! </span>
          {p.error}
        </p>
      )}
      <label class="option">
        <input
          type="checkbox"
          data-testid={p.testId}
          checked={p.checked}
          aria-invalid={p.error !== undefined}
          aria-describedby={p.error ? `${p.testId}-error` : undefined}
          onChange={(e) => p.onChange(e.currentTarget.checked)}
        />
        <span>{p.text}</span>
      </label>
    </div>
  );
}
