import type { Field, Values } from "@wuxin/declare/fields";
import { Shape } from "../parts/marks.tsx";
import { afterPress } from "./after-press.ts";
import { FieldInput } from "./field-input.tsx";
import "../styles/form.css";

export interface FieldBoxProps {
  id: string;
  field: Field;
  required: boolean;
  value: Values[string];
  error: string | undefined;
  disabled?: boolean;
  onChange: (value: Values[string]) => void;
  onBlur: () => void;
  /** The name of the test hook, when it is not the field's own. */
  hook?: string;
}

const WIDE = new Set(["longtext", "file", "signature", "staff", "choices"]);
/** Controls made of several inputs carry their label as a group. */
const GROUPED = new Set(["choices", "boolean", "file", "signature"]);

/** Label, input, help and complaint of one question. */
export function FieldBox(props: FieldBoxProps) {
  const { id, field, required, error, hook } = props;
  const grouped = GROUPED.has(field.type) || (field.type === "choice" && (field.choices?.length ?? 0) <= 4);
  const label = (
    <>
      {field.label}
      {field.unit && field.type !== "money" && <span className="quiet">（{field.unit}）</span>}
      {required && (
        <span className="field-required" title="必填">
          <span aria-hidden="true">*</span>
          <span className="sr-only">必填</span>
        </span>
      )}
    </>
  );
  const described = [field.help && `${id}h`, error && `${id}e`].filter(Boolean).join(" ");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watches the eye leave the field
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the label belongs to the role "group", set with it
    <div
      className={["field", WIDE.has(field.type) ? "field-wide" : "", error ? "field-wrong" : ""].join(" ")}
      data-testid={hook ?? `field-${field.name}`}
      role={grouped ? "group" : undefined}
      aria-labelledby={grouped ? `${id}l` : undefined}
      onBlur={() => afterPress(props.onBlur)}
    >
      {grouped ? (
        <span className="field-label" id={`${id}l`}>
          {label}
        </span>
      ) : (
        <label className="field-label" htmlFor={id}>
          {label}
        </label>
      )}
      <FieldInput {...props} describedBy={described} />
      {field.help && (
        <div className="field-help" id={`${id}h`}>
          {field.help}
        </div>
      )}
      {error && (
        <div className="field-error" id={`${id}e`} role="alert">
          <Shape tone="bad" /> {error}
        </div>
      )}
    </div>
  );
}
