import { FieldInput } from "../fields/FieldInput.tsx";
import { t } from "../texts/index.ts";
import { relativeFields } from "./built-in.ts";
import { Fields } from "./Fields.tsx";
import type { StepProps } from "./Fill.tsx";
import { changeForm, changePage } from "./model.ts";

const NOBODY = { staffName: "", unit: "", relation: "" };

/** Whether a near relative handles such cases or sits in the village committee (57号 第十一条). */
export function RelativesStep(p: StepProps) {
  const { f, change, errorOf } = p;
  const list = f.form.relatives;
  return (
    <>
      <FieldInput
        id="f-relatives"
        testId="field-relatives"
        field={{ name: "relatives", label: t("relatives.title"), type: "boolean", required: true }}
        labelUnseen
        county={p.county.code}
        today={p.county.today}
        value={f.page.relatives ?? undefined}
        error={errorOf("relatives")}
        onChange={(v) => {
          const next = changePage(f, { relatives: v === true });
          change(v === true && list.length === 0 ? changeForm(next, { relatives: [NOBODY] }) : next);
        }}
      />
      {f.page.relatives &&
        list.map((r, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no other name until filled in
          <section class="card" key={i}>
            <Fields
              {...p}
              fields={relativeFields()}
              prefix={`relative.${i}.`}
              values={r}
              onChange={(name, v) =>
                change(
                  changeForm(f, {
                    relatives: list.map((x, j) =>
                      i === j ? { ...x, [name]: typeof v === "string" ? v : "" } : x,
                    ),
                  }),
                )
              }
            />
            {list.length > 1 && (
              <button
                type="button"
                class="button plain"
                onClick={() => change(changeForm(f, { relatives: list.filter((_, j) => j !== i) }))}
              >
                {t("do.remove")}
              </button>
            )}
          </section>
        ))}
      {f.page.relatives && (
        <button
          type="button"
          class="button"
          onClick={() => change(changeForm(f, { relatives: [...list, NOBODY] }))}
        >
          + {t("relatives.add")}
        </button>
      )}
    </>
  );
}
