import type { Choice } from "../app/types.ts";
import { t } from "../texts/index.ts";
import { describedBy, FieldBox, type InputProps } from "./field-box.tsx";

/** Above this many a list to scroll serves better than a wall of buttons. */
const MANY = 9;

export function ChoiceInput(p: InputProps) {
  const { field, value } = p;
  if (field.type === "choice" && (field.choices?.length ?? 0) > MANY) return <SelectInput {...p} />;
  const many = field.type === "choices";
  const chosen = many ? ((Array.isArray(value) ? value : []) as string[]) : [];
  const options: readonly { value: string; label: string; stored: boolean | string }[] =
    field.type === "boolean"
      ? [
          { value: "yes", label: t("field.yes"), stored: true },
          { value: "no", label: t("field.no"), stored: false },
        ]
      : (field.choices ?? []).map((c: Choice) => ({ ...c, stored: c.value }));
  return (
    <FieldBox {...p} group>
      <div class={field.type === "boolean" ? "options two" : "options"}>
        {options.map((o) => (
          <label key={o.value} class="option" data-testid={`${p.testId}-${o.value}`}>
            <input
              type={many ? "checkbox" : "radio"}
              name={p.id}
              checked={many ? chosen.includes(o.value) : value === o.stored}
              onChange={(e) =>
                p.onChange(
                  many
                    ? e.currentTarget.checked
                      ? [...chosen, o.value]
                      : chosen.filter((c) => c !== o.value)
                    : o.stored,
                )
              }
            />
            <span>{o.label}</span>
          </label>
        ))}
      </div>
    </FieldBox>
  );
}

function SelectInput(p: InputProps) {
  return (
    <FieldBox {...p}>
      <select
        id={p.id}
        data-testid={p.testId}
        aria-invalid={p.error !== undefined}
        aria-describedby={describedBy(p)}
        value={typeof p.value === "string" ? p.value : ""}
        onChange={(e) => p.onChange(e.currentTarget.value || undefined)}
      >
        <option value="">{t("field.choose")}</option>
        {p.field.choices?.map((c) => (
          <option key={c.value} value={c.value}>
            {c.label}
          </option>
        ))}
      </select>
    </FieldBox>
  );
}
