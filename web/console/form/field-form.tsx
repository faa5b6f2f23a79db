/**
 * The generic form: questions declared as `Field[]`, checked by the same function as on the server while one types.
 * A field complains only after it was left or after a submit; the server's own complaints stand at their field.
 */
import {
  checkFields,
  type Field,
  type FieldError,
  isRequired,
  isVisible,
  type Values,
} from "@wuxin/declare/fields";
import { useId, useMemo, useRef, useState } from "react";
import { useToday } from "../app/session.tsx";
import { FieldBox } from "./field-box.tsx";
import "../styles/form.css";

export interface FormState {
  readonly values: Values;
  readonly set: (name: string, value: Values[string]) => void;
  readonly setAll: (values: Values) => void;
  readonly errors: ReadonlyMap<string, string>;
  readonly touch: (name: string) => void;
  /** Shows every complaint; true when there is none. Puts the eye on the first. */
  readonly submit: () => boolean;
  readonly refuse: (errors: readonly FieldError[]) => void;
  /** Only what is asked: hidden fields are left out. */
  readonly answers: () => Record<string, NonNullable<Values[string]> | null>;
  readonly box: React.RefObject<HTMLDivElement | null>;
}

interface Options {
  fields: readonly Field[];
  initial: Values;
  onChange?: (values: Values) => void;
}

export function useFieldForm({ fields, initial, onChange }: Options): FormState {
  const today = useToday();
  const [values, setValues] = useState<Values>(initial);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [all, setAllShown] = useState(false);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const box = useRef<HTMLDivElement>(null);
  const known = useMemo(() => new Set(fields.map((f) => f.name)), [fields]);
  const wrong = useMemo(
    () =>
      checkFields(
        fields,
        Object.fromEntries(Object.entries(values).filter(([name]) => known.has(name))),
        today,
      ),
    [fields, values, today, known],
  );
  const errors = new Map<string, string>();
  for (const e of wrong) if (all || touched.has(e.field)) errors.set(e.field, e.message);
  for (const [field, text] of refused) if (!errors.has(field)) errors.set(field, text);

  const lookAtFirst = () =>
    setTimeout(() => {
      const first = box.current?.querySelector<HTMLElement>(".field-wrong");
      first?.closest("details")?.setAttribute("open", "");
      first?.scrollIntoView({ block: "center" });
      first
        ?.querySelector<HTMLElement>("input, textarea, button, [tabindex]")
        ?.focus({ preventScroll: true });
    }, 30);

  const change = (next: Values) => {
    setValues(next);
    onChange?.(next);
  };
  return {
    values,
    box,
    errors,
    set(name, value) {
      change({ ...values, [name]: value });
      if (refused.has(name)) {
        const rest = new Map(refused);
        rest.delete(name);
        setRefused(rest);
      }
    },
    setAll: change,
    touch(name) {
      setTouched((t) => (t.has(name) ? t : new Set(t).add(name)));
    },
    submit() {
      setAllShown(true);
      if (wrong.length > 0) lookAtFirst();
      return wrong.length === 0;
    },
    refuse(list) {
      setRefused(new Map(list.map((e) => [e.field, e.message])));
      lookAtFirst();
    },
    answers: () =>
      Object.fromEntries(
        fields
          .filter((f) => isVisible(f, values) && values[f.name] !== undefined)
          .map((f) => [f.name, values[f.name] ?? null]),
      ),
  };
}

interface FieldFormProps {
  form: FormState;
  fields: readonly Field[];
  columns?: 1 | 2;
  disabled?: boolean;
}

export function FieldForm({ form, fields, columns = 1, disabled }: FieldFormProps) {
  const shown = fields.filter((f) => isVisible(f, form.values));
  const groups = new Map<string, Field[]>();
  for (const f of shown) groups.set(f.group ?? "", [...(groups.get(f.group ?? "") ?? []), f]);
  const many = groups.size > 2;
  return (
    <div ref={form.box}>
      {[...groups].map(([group, list]) =>
        group === "" ? (
          <FieldGrid key={group} {...{ form, columns, list, disabled: disabled ?? false }} />
        ) : (
          <details key={group} className="field-group" open={!many || list.some((f) => f.attention)}>
            <summary>
              {group}
              <span className="quiet small">
                {list.filter((f) => form.values[f.name] !== undefined && form.values[f.name] !== null).length}{" "}
                / {list.length} 项已填
              </span>
            </summary>
            <FieldGrid {...{ form, columns, list, disabled: disabled ?? false }} />
          </details>
        ),
      )}
    </div>
  );
}

interface GridProps {
  form: FormState;
  list: readonly Field[];
  columns: 1 | 2;
  disabled: boolean;
}
function FieldGrid({ form, list, columns, disabled }: GridProps) {
  const id = useId();
  return (
    <div className={columns === 2 ? "field-grid field-grid-2" : "field-grid"}>
      {list.map((f) => (
        <FieldBox
          key={f.name}
          id={`${id}${f.name}`}
          field={f}
          required={isRequired(f, form.values)}
          value={form.values[f.name]}
          error={form.errors.get(f.name)}
          disabled={disabled}
          onChange={(v) => form.set(f.name, v)}
          onBlur={() => form.touch(f.name)}
        />
      ))}
    </div>
  );
}
