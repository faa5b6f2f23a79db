import { useEffect, useRef, useState } from "preact/hooks";
import { useStore } from "../../kit/store.ts";
import { problemOf } from "../app/api.ts";
import { goBack, navigate, place, withQuery } from "../app/router.ts";
import { askLogin } from "../app/session.ts";
import type { County, FieldError, Item, Session } from "../app/types.ts";
import { QuestionPage } from "../parts/QuestionPage.tsx";
import { t } from "../texts/index.ts";
import { DonePage } from "./DonePage.tsx";
import { type Kept, keepHere, keepThere } from "./keep.ts";
import type { Filling } from "./model.ts";
import { problemsOf } from "./problems.ts";
import { ReviewStep } from "./ReviewStep.tsx";
import { StepBody, stepTitle } from "./StepBody.tsx";
import { type Step, stepsOf } from "./steps.ts";

export interface FillProps {
  readonly item: Item;
  readonly county: County;
  readonly session: Session;
  readonly base: string;
  readonly start: Filling;
}
/** What a step's body gets. */
export interface StepProps {
  readonly item: Item;
  readonly county: County;
  readonly f: Filling;
  readonly change: (next: Filling) => void;
  readonly errorOf: (field: string) => string | undefined;
}

/** Drives the row of pages: where we are is in the address, what is typed is kept at every key. */
export function Fill(p: FillProps) {
  const { item, county } = p;
  const { query } = useStore(place);
  const [f, setF] = useState(p.start);
  const [kept, setKept] = useState<Kept>();
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [number, setNumber] = useState<{ number: string; hint: string }>();
  const steps = stepsOf(item, f);
  const at = Math.max(
    0,
    steps.findIndex((s) => s.key === query.s),
  );
  const step = steps[at] as Step;
  const latest = useRef(f);
  latest.current = f;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step has no errors yet
  useEffect(() => setErrors([]), [step.key]);
  if (number) return <DonePage {...number} base={p.base} item={item} />;

  const change = (next: Filling) => {
    const stamped = { ...next, step: step.key, savedAt: new Date().toISOString() };
    setF(stamped);
    latest.current = stamped;
    if (errors.length > 0) setErrors(problemsOf(item, step, stamped, county.today));
    if (!keepHere(stamped)) setKept("nowhere");
  };
  /** In the background: going on never waits for the line, but an ended session is said at once. */
  const save = (key: string) => {
    const stamped = { ...latest.current, step: key };
    keepThere(stamped).then(setKept, async (e: unknown) => {
      setKept("here");
      if (problemOf(e).code === "not-logged-in" && (await askLogin())) save(key);
    });
  };
  const next = () => {
    const found = problemsOf(item, step, f, county.today);
    setErrors(found);
    if (found.length > 0) return;
    const to = query.edit ? "review" : (steps[at + 1]?.key ?? "review");
    save(to);
    navigate(withQuery({ s: to, edit: undefined, from: undefined, for: undefined }));
  };
  const back = () =>
    goBack(
      at === 0
        ? `${p.base}/item/${item.code}`
        : withQuery({ s: query.edit ? "review" : steps[at - 1]?.key, edit: undefined }),
    );
  const errorOf = (field: string) => errors.find((e) => e.field === field)?.message;
  const props: StepProps = { item, county, f, change, errorOf };
  const frame = {
    back,
    at: at + 1,
    of: steps.length,
    over: item.shortTitle,
    foot: <KeptNote kept={kept} />,
  };
  if (step.kind === "review")
    return (
      <ReviewStep
        {...props}
        frame={frame}
        steps={steps}
        onDone={(r) => {
          setNumber({ number: r.number, hint: r.trackingHint });
          navigate(`${p.base}/item/${item.code}/apply?done=1`, { replace: true });
        }}
      />
    );
  const { title, help } = stepTitle(step, item, f);
  return (
    <QuestionPage
      {...frame}
      title={title}
      help={help}
      testKey={step.key}
      onNext={next}
      nextLabel={query.edit ? t("apply.backToReview") : undefined}
      onUnsure={mayPass(step) ? next : undefined}
      unsureLabel={t("apply.pass")}
      asked={askedOf(step, props)}
    >
      {step.kind !== "household" && step.kind !== "member" && <StepBody {...props} step={step} />}
    </QuestionPage>
  );
}

const mayPass = (step: Step): boolean =>
  (step.kind === "household" || step.kind === "member") && !step.field.required;

function askedOf(step: Step, { county, f, change, errorOf }: StepProps) {
  if (step.kind !== "household" && step.kind !== "member") return undefined;
  const field = { ...step.field, help: "" };
  const frame = { field, county: county.code, today: county.today };
  const { name } = field;
  if (step.kind === "household")
    return {
      ...frame,
      rows: [
        {
          key: name,
          value: f.form.household[name],
          error: errorOf(name),
          onChange: (v: unknown) => change(withFact(f, null, name, v)),
        },
      ],
    };
  return {
    ...frame,
    rows: step.members.map((m) => ({
      key: m.key,
      label: f.form.members.length > 1 ? m.name || m.relation : undefined,
      value: m.facts[name],
      error: errorOf(`${m.key}.${name}`),
      onChange: (v: unknown) => change(withFact(f, m.key, name, v)),
    })),
  };
}

/** Records an answer of the household (`key` null) or of one member; an emptied one leaves. */
function withFact(f: Filling, key: string | null, name: string, value: unknown): Filling {
  const put = <T extends Readonly<Record<string, unknown>>>(facts: T): T => {
    const { [name]: _, ...rest } = facts;
    return (value === undefined ? rest : { ...rest, [name]: value }) as unknown as T;
  };
  const { form } = f;
  return key === null
    ? { ...f, form: { ...form, household: put(form.household) } }
    : {
        ...f,
        form: {
          ...form,
          members: form.members.map((m) => (m.key === key ? { ...m, facts: put(m.facts) } : m)),
        },
      };
}

function KeptNote({ kept }: { kept: Kept | undefined }) {
  return (
    <p class="kept" role={kept && kept !== "server" ? "status" : undefined} data-testid="kept">
      {kept ? t(`kept.${kept}`) : t("kept.always")} <span>{t("kept.shared")}</span>
    </p>
  );
}
