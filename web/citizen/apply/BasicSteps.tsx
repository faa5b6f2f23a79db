import { accountFields, addressFields, applicantFields } from "./built-in.ts";
import { Fields } from "./Fields.tsx";
import type { StepProps } from "./Fill.tsx";
import { applicantOf, changeForm, changeMember, type Form } from "./model.ts";

export function ApplicantStep(p: StepProps) {
  const me = applicantOf(p.f);
  return (
    <Fields
      {...p}
      fields={applicantFields()}
      values={{ name: me.name, idNo: me.idNo, phone: me.phone }}
      onChange={(name, v) => p.change(changeMember(p.f, me.key, { [name]: v ?? "" }))}
    />
  );
}

export function AddressStep(p: StepProps) {
  const { divisionCode, address, areaClass } = p.f.form;
  return (
    <Fields
      {...p}
      fields={addressFields()}
      values={{ divisionCode, address, areaClass }}
      onChange={(name, v) => p.change(changeForm(p.f, { [name]: v ?? "" } as Partial<Form>))}
    />
  );
}

export function AccountStep(p: StepProps) {
  // The usual account is the applicant's own: his name stands there until another is typed.
  const account = p.f.form.account ?? { bankName: "", accountNo: "", holderName: applicantOf(p.f).name };
  return (
    <Fields
      {...p}
      fields={accountFields()}
      values={account}
      onChange={(name, v) =>
        p.change(changeForm(p.f, { account: { ...account, [name]: typeof v === "string" ? v : "" } }))
      }
    />
  );
}
