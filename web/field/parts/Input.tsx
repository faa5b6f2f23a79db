/** A declared field as large targets for a thumb. */
import type { Field, FieldValue } from "@wuxin/declare/fields";
import { formatYuan, normalizePhone, parseYuan, toHalfWidth } from "@wuxin/kernel";
import { useState } from "preact/hooks";

export interface InputProps {
  readonly field: Field;
  readonly value: FieldValue | undefined;
  readonly onChange: (value: FieldValue | undefined) => void;
  readonly error: string | undefined;
}

export function Input(p: InputProps) {
  const { field: f, error } = p;
  const id = `f-${f.name}`;
  const label = (
    <>
      {f.label}
      {f.type === "money" && "（元）"}
      {!f.required && <span class="quiet">（可不填）</span>}
    </>
  );
  const notes = (
    <>
      {f.help && <p class="quiet small">{f.help}</p>}
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </>
  );
  const grouped = f.type === "choice" || f.type === "choices" || f.type === "boolean";
  if (grouped)
    return (
      <fieldset class="field" data-testid={`field-${f.name}`} aria-describedby={error && `${id}-error`}>
        <legend>{label}</legend>
        {notes}
        <Options {...p} />
      </fieldset>
    );
  return (
    <div class="field" data-testid={`field-${f.name}`}>
      <label for={id}>{label}</label>
      {notes}
      {f.type === "money" ? <Money {...p} /> : f.type === "division" ? <Chosen {...p} /> : <Typed {...p} />}
    </div>
  );
}

function Options({ field: f, value, onChange }: InputProps) {
  const many = f.type === "choices";
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  const options: readonly { value: string | boolean; label: string }[] =
    f.type === "boolean"
      ? [
          { value: true, label: "是" },
          { value: false, label: "否" },
        ]
      : (f.choices ?? []);
  const pick = (o: string | boolean, on: boolean) => {
    if (!many) return onChange(o);
    onChange(on ? [...chosen, String(o)] : chosen.filter((c) => c !== o));
  };
  return (
    <div class="options">
      {options.map((o) => (
        <label key={String(o.value)} class="option">
          <input
            type={many ? "checkbox" : "radio"}
            name={`f-${f.name}`}
            checked={many ? chosen.includes(String(o.value)) : value === o.value}
            onChange={(e) => pick(o.value, e.currentTarget.checked)}
          />
          <span>{o.label}</span>
        </label>
      ))}
    </div>
  );
}

/** One of many places. */
function Chosen({ field: f, value, onChange, error }: InputProps) {
  return (
    <select
      id={`f-${f.name}`}
      value={String(value ?? "")}
      aria-invalid={error !== undefined}
      onChange={(e) => onChange(e.currentTarget.value)}
    >
      <option value="">请选择</option>
      {(f.choices ?? []).map((c) => (
        <option key={c.value} value={c.value}>
          {c.label}
        </option>
      ))}
    </select>
  );
}

/** Written in 元, kept in 分; what is no amount is NaN, which the check refuses. */
function Money({ field: f, value, onChange, error }: InputProps) {
  const [text, setText] = useState(
    typeof value === "number" && Number.isFinite(value) ? formatYuan(value) : "",
  );
  const read = (typed: string): number | undefined => {
    if (typed.trim() === "") return undefined;
    try {
      return parseYuan(typed);
    } catch {
      return Number.NaN;
    }
  };
  return (
    <input
      id={`f-${f.name}`}
      type="text"
      inputMode="decimal"
      autocomplete="off"
      value={text}
      aria-invalid={error !== undefined}
      onInput={(e) => {
        setText(e.currentTarget.value);
        onChange(read(e.currentTarget.value));
      }}
    />
  );
}

const KEYBOARD: Partial<Record<Field["type"], "tel" | "numeric">> = { phone: "tel", integer: "numeric" };

function Typed({ field: f, value, onChange, error }: InputProps) {
  const id = `f-${f.name}`;
  const common = {
    ...{ id, value: value === undefined || value === null ? "" : String(value) },
    "aria-invalid": error !== undefined,
    "aria-describedby": error && `${id}-error`,
  };
  const typed = (text: string) => {
    if (text.trim() === "") return onChange(undefined);
    if (f.type === "phone") return onChange(normalizePhone(text));
    const digits = toHalfWidth(text).trim();
    onChange(f.type === "integer" && /^-?\d{1,9}$/.test(digits) ? Number(digits) : text);
  };
  if (f.type === "longtext")
    return <textarea rows={3} {...common} onInput={(e) => typed(e.currentTarget.value)} />;
  if (f.type === "date")
    return <input type="date" {...common} onInput={(e) => typed(e.currentTarget.value)} />;
  return (
    <input
      type="text"
      inputMode={KEYBOARD[f.type] ?? "text"}
      autocomplete="off"
      {...common}
      onInput={(e) => typed(e.currentTarget.value)}
    />
  );
}
