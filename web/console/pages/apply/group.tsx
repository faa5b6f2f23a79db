import { type Field, isRequired, isVisible, type Values } from "@wuxin/declare/fields";
import type { Problems } from "../../../kit/application.ts";
import { FieldBox } from "../../form/field-box.tsx";

export interface Shown {
  readonly problems: Problems;
  /** Paths that were left, or all of them after a try to submit. */
  readonly touched: ReadonlySet<string> | "all";
  readonly touch: (path: string) => void;
}
interface GroupProps {
  /** Where these fields stand in the application, e.g. `members.0.`. */
  prefix: string;
  fields: readonly Field[];
  values: Values;
  shown: Shown;
  onChange: (name: string, value: Values[string]) => void;
}

/** A group of fields that complain by their path in the whole application. */
export function FieldGroup({ prefix, fields, values, shown, onChange }: GroupProps) {
  return (
    <div className="form-space">
      <div className="field-grid field-grid-2">
        {fields
          .filter((f) => isVisible(f, values))
          .map((f) => {
            const path = prefix + f.name;
            const say = shown.touched === "all" || shown.touched.has(path);
            return (
              <FieldBox
                key={f.name}
                id={`f-${path}`}
                hook={`field-${path}`}
                field={f}
                required={isRequired(f, values)}
                value={values[f.name]}
                error={say ? shown.problems.get(path) : undefined}
                onChange={(v) => onChange(f.name, v)}
                onBlur={() => shown.touch(path)}
              />
            );
          })}
      </div>
    </div>
  );
}
