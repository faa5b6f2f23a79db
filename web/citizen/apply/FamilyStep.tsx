import { useState } from "preact/hooks";
import { SureButton } from "../parts/SureButton.tsx";
import { t } from "../texts/index.ts";
import { memberFields } from "./built-in.ts";
import { Fields } from "./Fields.tsx";
import type { StepProps } from "./Fill.tsx";
import { addMember, applicantOf, changeMember, removeMember, withInitials } from "./model.ts";

/** The people who live together: one card each, open while it is being filled in or something is wrong with it. */
export function FamilyStep(p: StepProps) {
  const { f, change, errorOf, item } = p;
  const me = applicantOf(f);
  const fields = memberFields(item.form.relations.slice(1));
  const [open, setOpen] = useState<string>();
  const others = f.form.members.filter((m) => m.key !== me.key);
  return (
    <>
      <ol class="people">
        <li>
          <span>
            <strong>{me.name}</strong> <span class="quiet">{me.relation}</span>
          </span>
        </li>
      </ol>
      {others.map((m, i) => {
        const wrong = fields.some((x) => errorOf(`${m.key}.${x.name}`));
        const shown = open === m.key || wrong || m.name === "" || m.idNo === "";
        return (
          <section class="card" key={m.key} data-testid={`member-${m.key}`}>
            <div class="card-head">
              <h2>
                {m.name || t("family.nth", { n: i + 2 })} <span class="quiet">{m.relation}</span>
              </h2>
              {!shown && (
                <button type="button" class="button plain" onClick={() => setOpen(m.key)}>
                  {t("do.change")}
                </button>
              )}
              <SureButton
                label={t("do.remove")}
                name={t("family.remove", { name: m.name || t("family.nth", { n: i + 2 }) })}
                sure={t("do.removeSure")}
                harmless={m.name === "" && m.idNo === ""}
                onDo={() => change(removeMember(f, m.key))}
              />
            </div>
            {shown && (
              <Fields
                {...p}
                fields={fields}
                prefix={`${m.key}.`}
                values={{ name: m.name, idNo: m.idNo, relation: m.relation }}
                onChange={(name, v) => {
                  setOpen(m.key);
                  change(changeMember(f, m.key, { [name]: v ?? "" }));
                }}
              />
            )}
          </section>
        );
      })}
      <button
        type="button"
        class="button big"
        data-testid="add-member"
        disabled={f.form.members.length >= 30}
        onClick={() => {
          const next = withInitials(item, addMember(f));
          setOpen(next.form.members.at(-1)?.key);
          change(next);
        }}
      >
        + {t("family.add")}
      </button>
      {others.length === 0 && <p class="quiet">{t("family.alone")}</p>}
    </>
  );
}
