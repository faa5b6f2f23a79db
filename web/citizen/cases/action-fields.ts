import { isEmpty, isVisible } from "@wuxin/declare/fields";
import type { Field, Values } from "../app/types.ts";

export interface Group {
  readonly name: string;
  readonly fields: readonly Field[];
}

/** Fields under their group's name, in the order in which groups first appear; those without a group come first. */
export function groupsOf(fields: readonly Field[]): Group[] {
  const names = [...new Set(["", ...fields.map((f) => f.group ?? "")])];
  return names
    .map((name) => ({ name, fields: fields.filter((f) => (f.group ?? "") === name) }))
    .filter((g) => g.fields.length > 0);
}

/** What is sent: visible fields with an answer. Hidden and emptied ones are left out. */
export function cleaned(fields: readonly Field[], values: Values): Values {
  return Object.fromEntries(
    fields
      .filter((f) => isVisible(f, values) && !isEmpty(values[f.name]))
      .map((f) => [f.name, values[f.name]]),
  );
}
