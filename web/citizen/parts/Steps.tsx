import { t } from "../texts/index.ts";
import { dateWords } from "./words.ts";

interface Tick {
  readonly id: string;
  readonly label: string;
  readonly article?: string | null;
  readonly status: "done" | "now" | "next" | "skipped";
  readonly on: string | null;
}

/** The lawful path with its dates: word, shape and colour for each state. */
export function Steps(p: { steps: readonly Tick[] }) {
  return (
    <ol class="steps" data-testid="steps">
      {p.steps
        .filter((s) => s.status !== "skipped")
        .map((s) => (
          <li key={s.id} class={s.status} aria-current={s.status === "now" ? "step" : undefined}>
            <span class="steps-mark" aria-hidden="true">
              {s.status === "done" ? "✓" : ""}
            </span>
            <div>
              <strong>{s.label}</strong>
              <span class="quiet">
                {" "}
                {s.status === "done" && s.on
                  ? dateWords(s.on)
                  : t(`step.${s.status as "done" | "now" | "next"}`)}
              </span>
            </div>
          </li>
        ))}
    </ol>
  );
}
