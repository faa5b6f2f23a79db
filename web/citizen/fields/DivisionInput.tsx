import { listDivisions } from "../app/api.ts";
import { Async, useLoad } from "../app/load.tsx";
import { t } from "../texts/index.ts";
import { describedBy, FieldBox, type InputProps } from "./field-box.tsx";

/** Township, then village or community where the county's list goes that far. */
export function DivisionInput(p: InputProps) {
  const [divisions, retry] = useLoad(p.county, () => listDivisions(p.county));
  const value = typeof p.value === "string" ? p.value : "";
  const township = value.slice(0, 9);
  return (
    <FieldBox {...p} group>
      <Async of={divisions} retry={retry}>
        {(list) => {
          const villages = list.filter((d) => d.level === "village" && d.parentCode === township);
          return (
            <div class="stack">
              <label>
                <span class="sub">{t("field.township")}</span>
                <select
                  data-testid={`${p.testId}-township`}
                  aria-invalid={p.error !== undefined}
                  aria-describedby={describedBy(p)}
                  value={township}
                  onChange={(e) => p.onChange(e.currentTarget.value || undefined)}
                >
                  <option value="">{t("field.choose")}</option>
                  {list
                    .filter((d) => d.level === "township")
                    .map((d) => (
                      <option key={d.code} value={d.code}>
                        {d.name}
                      </option>
                    ))}
                </select>
              </label>
              {villages.length > 0 && (
                <label>
                  <span class="sub">{t("field.village")}</span>
                  <select
                    data-testid={`${p.testId}-village`}
                    value={value.length > 9 ? value : ""}
                    onChange={(e) => p.onChange(e.currentTarget.value || township)}
                  >
                    <option value="">{t("field.choose")}</option>
                    {villages.map((d) => (
                      <option key={d.code} value={d.code}>
                        {d.name}
                      </option>
                    ))}
                  </select>
                </label>
              )}
            </div>
          );
        }}
      </Async>
    </FieldBox>
  );
}
