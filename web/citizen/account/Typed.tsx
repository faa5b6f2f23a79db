import { useState } from "preact/hooks";
import { t } from "../texts/index.ts";

interface TypedProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly error?: string | undefined;
  readonly help?: string | undefined;
  readonly echo?: string | undefined;
  readonly autocomplete?: string;
  readonly inputMode?: "text" | "numeric" | "tel";
  readonly secret?: boolean;
  readonly readOnly?: boolean;
}

/** An input of the account pages: label above, error at the field, and 「显示」 for passwords. */
export function Typed(p: TypedProps) {
  const [shown, setShown] = useState(false);
  const id = `f-${p.name}`;
  const described = [p.help && `${id}-help`, p.error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class={p.error ? "field wrong" : "field"}>
      <label for={id}>{p.label}</label>
      {p.help && (
        <p class="help" id={`${id}-help`}>
          {p.help}
        </p>
      )}
      {p.error && (
        <p class="error" id={`${id}-error`} data-testid={`error-${p.name}`}>
          <span aria-hidden="true">! </span>
          {p.error}
        </p>
      )}
      <div class="typed">
        <input
          id={id}
          data-testid={`field-${p.name}`}
          name={p.name}
          type={(p.secret && !shown ? "password" : "text") as "password"}
          inputMode={p.inputMode}
          autocomplete={p.autocomplete ?? "off"}
          autocapitalize="off"
          spellcheck={false}
          readOnly={p.readOnly}
          aria-invalid={p.error !== undefined}
          aria-describedby={described || undefined}
          value={p.value}
          onInput={(e) => p.onInput(e.currentTarget.value)}
        />
        {p.secret && (
          <button
            type="button"
            class="button plain"
            aria-pressed={shown}
            data-testid="show-password"
            onClick={() => setShown(!shown)}
          >
            {shown ? t("login.hide") : t("login.show")}
          </button>
        )}
      </div>
      {p.echo && <p class="echo">{p.echo}</p>}
    </div>
  );
}
