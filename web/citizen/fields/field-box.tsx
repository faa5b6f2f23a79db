import type { ComponentChildren } from "preact";
import type { Field, FieldValue } from "../app/types.ts";
import { t } from "../texts/index.ts";

/** What every input gets. Half-typed text stays in `value` as text; the check then names what is wrong with it. */
export interface InputProps {
  readonly field: Field;
  /** Unique on the page; also the anchor that an error summary links to. */
  readonly id: string;
  readonly testId: string;
  readonly value: FieldValue | undefined;
  readonly onChange: (value: FieldValue | undefined) => void;
  readonly error: string | undefined;
  readonly today: string;
  readonly county: string;
  /** Another label than the field's own, e.g. the person the question is about. */
  readonly label?: string | undefined;
  /** The page's heading is already the question: the label is for screen readers only. */
  readonly labelUnseen?: boolean;
  /** Whose signature it is. */
  readonly signer?: string | undefined;
}

export const describedBy = (p: InputProps): string | undefined =>
  [p.field.help && `${p.id}-help`, p.error && `${p.id}-error`].filter(Boolean).join(" ") || undefined;

/** Label, help and error around one control; `group` for controls made of several. */
export function FieldBox(
  p: InputProps & { group?: boolean; echo?: ComponentChildren; children: ComponentChildren },
) {
  const { field, id, error } = p;
  const title = (
    <>
      {p.label ?? field.label}
      {!field.required && !p.labelUnseen && <span class="optional"> {t("field.optional")}</span>}
    </>
  );
  const inside = (
    <>
      {field.help && (
        <p class="help" id={`${id}-help`}>
          {field.help}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`} data-testid={`error-${field.name}`}>
          <span aria-hidden="true">! </span>
          {error}
        </p>
      )}
      {p.children}
      {p.echo && <p class="echo">{p.echo}</p>}
    </>
  );
  const kind = error ? "field wrong" : "field";
  if (p.group)
    return (
      <fieldset class={kind} id={id} data-testid={p.testId} aria-describedby={describedBy(p)} tabIndex={-1}>
        <legend class={p.labelUnseen ? "unseen" : undefined}>{title}</legend>
        {inside}
      </fieldset>
    );
  return (
    <div class={kind}>
      <label for={id} class={p.labelUnseen ? "unseen" : undefined}>
        {title}
      </label>
      {inside}
    </div>
  );
}
