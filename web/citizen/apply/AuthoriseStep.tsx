import { isEmpty } from "@wuxin/declare/fields";
import type { FieldValue } from "../app/types.ts";
import { FieldInput } from "../fields/FieldInput.tsx";
import { Note } from "../parts/States.tsx";
import { t } from "../texts/index.ts";
import type { StepProps } from "./Fill.tsx";
import { applicantOf, changeForm, type Filling } from "./model.ts";
import { adultsOf } from "./problems.ts";

export const authorisationText = (bureau: string): string => t("authorise.text", { bureau });

function sign(f: Filling, key: string, signature: FieldValue | undefined, text: string): Filling {
  const others = (f.form.authorised?.signers ?? []).filter((s) => s.key !== key);
  const signers = signature === undefined ? others : [...others, { key, signature }];
  type Authorised = NonNullable<Filling["form"]["authorised"]>;
  return changeForm(f, { authorised: { text, signers: signers as Authorised["signers"] } });
}

/** The text that is signed, then one signature for every adult; who is away may sign later at the counter. */
export function AuthoriseStep({ county, f, change, errorOf }: StepProps) {
  const text = authorisationText(county.bureauName);
  const adults = adultsOf(f, county.today);
  const signed = (key: string) => f.form.authorised?.signers.find((s) => s.key === key)?.signature;
  const missing = adults.filter((m) => m.key !== f.form.applicantKey && isEmpty(signed(m.key) as FieldValue));
  return (
    <>
      <blockquote class="card letter">{text}</blockquote>
      {adults.map((m) => (
        <FieldInput
          key={m.key}
          id={`f-sign.${m.key}`}
          testId={`field-sign.${m.key}`}
          field={{
            name: `sign.${m.key}`,
            label: t("authorise.sign", { name: m.name }),
            type: "signature",
            required: m.key === applicantOf(f).key,
          }}
          signer={m.name}
          county={county.code}
          today={county.today}
          value={signed(m.key) as FieldValue | undefined}
          error={errorOf(`sign.${m.key}`)}
          onChange={(v) => change(sign(f, m.key, v, text))}
        />
      ))}
      {missing.length > 0 && <Note tone="warning">{t("authorise.away")}</Note>}
    </>
  );
}
