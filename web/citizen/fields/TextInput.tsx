import { parseResidentId } from "@wuxin/kernel";
import { useEffect, useState } from "preact/hooks";
import { t } from "../texts/index.ts";
import { describedBy, FieldBox, type InputProps } from "./field-box.tsx";
import { echoOf, readTyped, showTyped } from "./typed.ts";

const KEYBOARD: Readonly<Record<string, "numeric" | "decimal" | "tel">> = {
  integer: "numeric",
  money: "decimal",
  date: "numeric",
  month: "numeric",
  phone: "tel",
  "bank-account": "numeric",
};
const EXAMPLE = {
  date: "field.dateExample",
  month: "field.monthExample",
  money: "field.moneyExample",
} as const;

/** Everything that is typed: text, numbers, money, dates, identity and account numbers. */
export function TextInput(p: InputProps) {
  const { field, id, value } = p;
  const { type } = field;
  const [text, setText] = useState(() => showTyped(type, value));
  const [left, setLeft] = useState(false);
  // A value that came from elsewhere (carried over, filled in) replaces the text; our own typing does not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the value's changes matter
  useEffect(() => {
    if (readTyped(type, text) !== value) setText(showTyped(type, value));
  }, [value]);
  const typed = (next: string) => {
    setText(next);
    p.onChange(readTyped(type, next));
  };
  // An identity number is judged as soon as it is complete, everything else when asked to go on.
  const early =
    type === "resident-id" && typeof value === "string" && (value.length >= 18 || (left && value !== ""))
      ? parseResidentId(value, p.today)
      : undefined;
  const error = p.error ?? (early && !early.ok ? early.message : undefined);
  const common = {
    id,
    value: text,
    "data-testid": p.testId,
    "aria-invalid": error !== undefined,
    "aria-describedby": describedBy({ ...p, error }),
    "aria-required": field.required === true,
    onBlur: () => setLeft(true),
  };
  return (
    <FieldBox {...p} error={error} echo={error ? undefined : echoOf(type, value, p.today)}>
      {type === "longtext" ? (
        <textarea rows={4} {...common} onInput={(e) => typed(e.currentTarget.value)} />
      ) : (
        <div class="typed">
          <input
            type="text"
            inputMode={KEYBOARD[type]}
            autocomplete="off"
            spellcheck={false}
            placeholder={type in EXAMPLE ? t(EXAMPLE[type as keyof typeof EXAMPLE]) : undefined}
            class={type === "text" ? undefined : "figure"}
            {...common}
            onFocus={(e) => {
              // A proposed 0 is in the way of whoever types another number.
              if (text === "0") e.currentTarget.select();
            }}
            onInput={(e) => typed(e.currentTarget.value)}
          />
          {(type === "money" || field.unit) && (
            <span class="unit">{type === "money" ? (field.unit ?? t("money.unit")) : field.unit}</span>
          )}
        </div>
      )}
    </FieldBox>
  );
}
