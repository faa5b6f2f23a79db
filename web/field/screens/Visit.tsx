/** One stop: what is known, to put right; what is asked; photographs, signature, place. Every touch is kept on the phone. */
import { checkFields, type Field, type FieldValue, isVisible } from "@wuxin/declare/fields";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Draft, emptyDraft, readDraft, saveDraft } from "../app/drafts.ts";
import { phone, rightNow, type Stop, usePhone } from "../app/phone.ts";
import { submit } from "../app/sync.ts";
import { Input } from "../parts/Input.tsx";
import { Photos } from "../parts/Photos.tsx";
import { usePlace } from "../parts/place.ts";
import { SignPad } from "../parts/SignPad.tsx";
import { Contact } from "./Contact.tsx";
import { Known } from "./Known.tsx";

type Answers = Record<string, FieldValue>;
function answered(answers: Draft["answers"], name: string, value: FieldValue | undefined): Answers {
  const { [name]: _, ...rest } = answers;
  return value === undefined ? rest : { ...rest, [name]: value };
}
/** Only what is asked under the other answers: what was hidden again is not sent. */
const asked = (form: readonly Field[], answers: Draft["answers"]) =>
  form.filter((f) => isVisible(f, answers));

/** How what was last written stands: sealed on the phone, on its way there, or not taken by it. */
type Kept = "kept" | "writing" | "failed";
const KEPT: Record<Kept, string> = {
  kept: "写下的已存在本机。没有网也可以提交，有网自动上传。",
  writing: "正在存到本机…",
  failed: "没能存到本机，手机空间可能满了。请不要关掉页面：现在就提交，或者腾出空间后再改一处。",
};

function useDraft(stop: Stop) {
  const [draft, setDraft] = useState<Draft>();
  const [kept, setKept] = useState<Kept>("kept");
  const newest = useRef<Draft | undefined>(undefined);
  const place = usePlace();
  useEffect(() => {
    let gone = false;
    void readDraft(stop.subjectId).then((d) => {
      if (gone) return;
      newest.current = d ?? emptyDraft();
      setDraft(newest.current);
    });
    return () => {
      gone = true;
    };
  }, [stop.subjectId]);
  const change = (part: Partial<Draft>) => {
    if (!newest.current) return;
    const next = { ...newest.current, ...part };
    newest.current = next;
    setDraft(next);
    setKept("writing");
    const ended = (how: Kept) => () => {
      if (newest.current === next) setKept(how);
    };
    saveDraft(stop.subjectId, next).then(ended("kept"), ended("failed"));
  };
  return { draft, kept, change, place };
}

export function Visit({ stop, done }: { stop: Stop; done: () => void }) {
  const { taken } = usePhone();
  const { draft, kept, change, place } = useDraft(stop);
  const [shown, setShown] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  const opened = draft !== undefined;
  useEffect(() => {
    if (!opened) return;
    scrollTo(0, 0);
    head.current?.focus();
  }, [opened]);
  if (!draft)
    return (
      <main aria-busy="true">
        <p class="quiet">正在打开…</p>
      </main>
    );
  const today = taken?.list.today ?? "";
  const changed = Object.fromEntries(Object.entries(draft.card).map(([name, c]) => [name, c.value]));
  const fields = asked(stop.form, draft.answers);
  const cardFields = stop.cardFields.filter((f) => f.name in changed).map((f) => ({ ...f, required: false }));
  const wrong = new Map(
    [
      ...checkFields(stop.form, draft.answers, today),
      ...checkFields(cardFields, changed, today).map((e) => ({ ...e, field: `card.${e.field}` })),
    ].map((e) => [e.field, e.message]),
  );
  const error = (name: string) => (shown ? wrong.get(name) : undefined);

  async function send(d: Draft) {
    setShown(true);
    if (wrong.size > 0) {
      // After the errors are drawn.
      setTimeout(() => document.querySelector(".field .error")?.scrollIntoView({ block: "center" }), 50);
      return;
    }
    const answers = Object.fromEntries(
      fields.flatMap((f) => (f.name in d.answers ? [[f.name, d.answers[f.name] as FieldValue]] : [])),
    );
    await submit({
      visit: {
        ...{ id: d.id, deviceId: phone().meta?.deviceId ?? "", subjectId: stop.subjectId },
        ...{ at: rightNow().toISOString(), place: place ?? d.place },
        ...{ answers: answers as never, card: d.card as never },
        tasks: stop.tasks.map((t) => t.id),
      },
      ...{ title: stop.title, photos: d.photos, signature: d.signature, sent: [] },
    });
    done();
  }

  return (
    <main data-testid="visit">
      <button type="button" class="button plain" onClick={done}>
        ← 回到清单
      </button>
      <h1 tabIndex={-1} ref={head}>
        {stop.title}
      </h1>
      <People stop={stop} today={today} />
      <Contact stop={stop} />
      <Why stop={stop} />
      {stop.cardFields.length > 0 && (
        <Known
          stop={stop}
          changes={draft.card}
          error={(name) => error(`card.${name}`)}
          onChange={(card) => change({ card })}
        />
      )}
      <section class="card">
        <h2>今天看到的</h2>
        {fields.map((f) => (
          <Input
            key={f.name}
            field={f}
            value={draft.answers[f.name]}
            error={error(f.name)}
            onChange={(v) => change({ answers: answered(draft.answers, f.name, v) })}
          />
        ))}
      </section>
      <section class="card">
        <h2>留个凭据</h2>
        <Photos ids={draft.photos} onChange={(photos) => change({ photos })} />
        <SignPad id={draft.signature} onChange={(signature) => change({ signature })} />
        <p class="quiet small" data-testid="place">
          {place === undefined
            ? "正在取位置…"
            : place === null
              ? "没有取到位置，不影响提交。"
              : `已记位置，误差约 ${Math.round(place.accuracyM)} 米。`}
        </p>
      </section>
      {shown && wrong.size > 0 && (
        <p class="error" role="alert">
          还有 {wrong.size} 处没有填好，已用红字标出。
        </p>
      )}
      <button
        type="button"
        class="button primary big"
        data-testid="submit-visit"
        onClick={() => void send(draft)}
      >
        提交
      </button>
      <p class={kept === "failed" ? "error" : "quiet small"} role="status" data-testid="kept">
        {KEPT[kept]}
      </p>
    </main>
  );
}

function People({ stop, today }: { stop: Stop; today: string }) {
  if (stop.people.length === 0) return null;
  return (
    <ul class="people">
      {stop.people.map((p) => (
        <li key={p.id}>
          <b>{p.name}</b> {p.sex} {ageOn(p.birthDate, today)} 岁
        </li>
      ))}
    </ul>
  );
}
const ageOn = (birth: string, today: string): number =>
  Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) - (today.slice(5) < birth.slice(5) ? 1 : 0);

function Why({ stop }: { stop: Stop }) {
  return (
    <section class="card">
      <h2>为什么来</h2>
      <ul class="tasks">
        {stop.tasks.map((t) => (
          <li key={t.id}>
            <b>{t.title}</b>
            {t.late && <span class="late"> 已超期</span>}
            {t.reason !== t.title && <p class="small">{t.reason}</p>}
            {t.evidence.map((e) => (
              <p key={e.label} class="small">
                {e.label}：{e.value}
              </p>
            ))}
            {t.bring.length > 0 && <p class="small">请他带上：{t.bring.join("、")}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
