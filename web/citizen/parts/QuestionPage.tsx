import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { Field, FieldValue } from "../app/types.ts";
import { FieldInput } from "../fields/FieldInput.tsx";
import { t } from "../texts/index.ts";
import { toFirstError } from "./errors.ts";
import { Page } from "./Page.tsx";

/** One question, asked of one household or of each person in it. */
export interface Asked {
  readonly field: Field;
  readonly county: string;
  readonly today: string;
  readonly rows: readonly {
    readonly key: string;
    readonly label?: string | undefined;
    readonly value: FieldValue | undefined;
    readonly error?: string | undefined;
    readonly onChange: (v: FieldValue | undefined) => void;
  }[];
}

/** The frame of every question: progress, the question as heading, the way on and back. */
export function QuestionPage(p: {
  title: string;
  over?: ComponentChildren;
  help?: ComponentChildren;
  at: number;
  of: number;
  back: () => void;
  onNext: () => void;
  nextLabel?: string | undefined;
  nextTestId?: string;
  busy?: boolean;
  /** 「都没有」: answers 0 for everybody who has not answered yet. */
  onNone?: (() => void) | undefined;
  onUnsure?: (() => void) | undefined;
  unsureLabel?: string | undefined;
  /** Distinguishes questions: a new one is an arrival. */
  testKey: string;
  asked?: Asked | undefined;
  children?: ComponentChildren;
  foot?: ComponentChildren;
}) {
  const form = useRef<HTMLFormElement>(null);
  const { asked } = p;
  return (
    <Page
      title={p.title}
      back={p.back}
      step={p.testKey}
      over={
        <>
          {p.over} <span class="figure">{t("question.at", { at: p.at, of: p.of })}</span>
        </>
      }
    >
      <progress class="progress" max={p.of} value={p.at} aria-label={t("question.progress")} />
      {p.help && <p class="lead">{p.help}</p>}
      <form
        ref={form}
        noValidate
        data-testid="question"
        data-question={p.testKey}
        onSubmit={(e) => {
          e.preventDefault();
          p.onNext();
          toFirstError(form.current);
        }}
      >
        {asked?.rows.map((row, i) => (
          <FieldInput
            key={`${p.testKey}-${row.key}`}
            id={`f-${i}`}
            testId={i === 0 ? `field-${asked.field.name}` : `field-${asked.field.name}-${i + 1}`}
            field={asked.field}
            county={asked.county}
            today={asked.today}
            label={row.label ?? p.title}
            labelUnseen={row.label === undefined}
            value={row.value}
            error={row.error}
            onChange={row.onChange}
          />
        ))}
        {p.children}
        <div class="actions sticky">
          <button
            type="submit"
            class="button primary big"
            data-testid={p.nextTestId ?? "next"}
            disabled={p.busy}
          >
            {p.nextLabel ?? t("do.next")}
          </button>
          {p.onNone && (
            <button type="button" class="button big" data-testid="none" onClick={p.onNone}>
              {t("do.none")}
            </button>
          )}
          {p.onUnsure && (
            <button type="button" class="button big" data-testid="unsure" onClick={p.onUnsure}>
              {p.unsureLabel ?? t("do.unsure")}
            </button>
          )}
        </div>
      </form>
      {p.foot}
    </Page>
  );
}
