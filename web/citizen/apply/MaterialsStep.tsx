import { FilePicker } from "../fields/FileInput.tsx";
import { Tag } from "../parts/States.tsx";
import { t } from "../texts/index.ts";
import type { StepProps } from "./Fill.tsx";
import { changeForm, changePage, type Filling } from "./model.ts";
import { isNeeded, papersOf } from "./steps.ts";

const without = (list: readonly string[], code: string) => list.filter((c) => c !== code);
const toggled = (list: readonly string[], code: string, on: boolean) =>
  on ? [...without(list, code), code] : without(list, code);

/** Photos of papers, a 告知承诺 instead, or 「以后再交」. What the government holds is only named. */
export function MaterialsStep({ item, county, f, change, errorOf }: StepProps) {
  const { asked, lookedUp } = papersOf(item, f);
  const mayPromise = county.switches.commitmentInsteadOfProof !== false;
  const setFiles = (next: Filling, code: string, files: readonly { id: string; name: string }[]) =>
    changeForm(next, {
      materials: [
        ...next.form.materials.filter((m) => m.code !== code),
        ...files.map((x) => ({ code, fileId: x.id, name: x.name })),
      ],
    });
  return (
    <>
      {lookedUp.length > 0 && (
        <section class="card good-edge">
          <h2>{t("materials.lookedUp")}</h2>
          <ul class="dots">
            {lookedUp.map((m) => (
              <li key={m.code}>{m.title}</li>
            ))}
          </ul>
        </section>
      )}
      {asked.map((m) => {
        const name = `material.${m.code}`;
        const error = errorOf(name);
        const files = f.form.materials
          .filter((x) => x.code === m.code)
          .map((x) => ({ id: x.fileId, name: x.name }));
        return (
          <section class={error ? "card wrong" : "card"} key={m.code} data-testid={name}>
            <h2>
              {m.title}{" "}
              {isNeeded(m, f) ? (
                <Tag tone="active">{t("materials.needed")}</Tag>
              ) : (
                <Tag>{t("materials.ifAny")}</Tag>
              )}
            </h2>
            {m.help && <p class="help">{m.help}</p>}
            {error && (
              <p class="error" id={`${name}-error`}>
                {error}
              </p>
            )}
            <FilePicker
              id={`f-${name}`}
              testId={`field-${name}`}
              label={t("materials.photo", { title: m.title })}
              describedBy={error ? `${name}-error` : undefined}
              files={files}
              onChange={(next) => change(setFiles(f, m.code, next))}
            />
            {files.length === 0 && m.commitmentAllowed && mayPromise && (
              <label class="option">
                <input
                  type="checkbox"
                  data-testid={`commit-${m.code}`}
                  checked={f.form.commitments.includes(m.code)}
                  onChange={(e) =>
                    change(
                      changeForm(f, {
                        commitments: toggled(f.form.commitments, m.code, e.currentTarget.checked),
                      }),
                    )
                  }
                />
                <span>{t("materials.commit")}</span>
              </label>
            )}
            {files.length === 0 && isNeeded(m, f) && (
              <label class="option">
                <input
                  type="checkbox"
                  data-testid={`later-${m.code}`}
                  checked={f.page.later.includes(m.code)}
                  onChange={(e) =>
                    change(changePage(f, { later: toggled(f.page.later, m.code, e.currentTarget.checked) }))
                  }
                />
                <span>{t("materials.later")}</span>
              </label>
            )}
          </section>
        );
      })}
    </>
  );
}
