import type { Field, FieldValue, Values } from "../app/types.ts";
import { FieldInput } from "../fields/FieldInput.tsx";
import type { StepProps } from "./Fill.tsx";

/** Several built-in fields of one step. `prefix` keeps names and hooks apart where a step repeats them. */
export function Fields(
  p: Pick<StepProps, "county" | "errorOf"> & {
    fields: readonly Field[];
    values: Values;
    prefix?: string;
    onChange: (name: string, value: FieldValue | undefined) => void;
  },
) {
  const prefix = p.prefix ?? "";
  return (
    <>
      {p.fields.map((field) => (
        <FieldInput
          key={prefix + field.name}
          id={`f-${prefix}${field.name}`}
          testId={`field-${prefix}${field.name}`}
          field={field}
          county={p.county.code}
          today={p.county.today}
          value={p.values[field.name]}
          error={p.errorOf(prefix + field.name)}
          onChange={(v) => p.onChange(field.name, v)}
        />
      ))}
    </>
  );
}
