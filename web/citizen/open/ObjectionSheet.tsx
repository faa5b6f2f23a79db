import { isMobilePhone, newId, normalizePhone } from "@wuxin/kernel";
import { useRef, useState } from "preact/hooks";
import { Typed } from "../account/Typed.tsx";
import { api, problemOf } from "../app/api.ts";
import type { ApiProblem, Field, Notice } from "../app/types.ts";
import { FieldInput } from "../fields/FieldInput.tsx";
import { toFirstError } from "../parts/errors.ts";
import { Sheet } from "../parts/Sheet.tsx";
import { Note } from "../parts/States.tsx";
import { t } from "../texts/index.ts";

/** An objection needs a name and words, and a way to be answered; it is not shown to the public. */
export function ObjectionSheet(p: {
  notice: Pick<Notice, "id" | "title">;
  county: string;
  close: () => void;
  done: () => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const at = (field: string) => problem?.fields?.find((f) => f.field === field)?.message;
  const wrong = {
    name: name.trim() ? undefined : t("objection.nameNeeded"),
    phone: phone.trim() === "" || isMobilePhone(phone) ? undefined : t("signup.phoneWrong"),
    text: text.trim().length >= 5 ? undefined : t("objection.textNeeded"),
  };
  const field: Field = {
    name: "text",
    label: t("objection.text"),
    type: "longtext",
    required: true,
    max: 2000,
  };
  const submit = async () => {
    setTried(true);
    setProblem(undefined);
    toFirstError(form.current);
    if (busy || Object.values(wrong).some(Boolean)) return;
    setBusy(true);
    try {
      await api.objectToPublicity({
        params: { county: p.county, id: p.notice.id },
        body: { id, name: name.trim(), phone: normalizePhone(phone), text: text.trim() },
      });
      p.done();
    } catch (e) {
      setProblem(problemOf(e));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet title={t("objection.do")} onClose={p.close} testId="objection-sheet">
      <form
        ref={form}
        noValidate
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        <p>{p.notice.title}</p>
        <Note tone="info">{t("objection.private")}</Note>
        {problem && !problem.fields && <Note tone="danger">{problem.message}</Note>}
        <Typed
          name="objection-name"
          label={t("objection.name")}
          autocomplete="name"
          value={name}
          onInput={setName}
          error={at("name") ?? (tried ? wrong.name : undefined)}
        />
        <Typed
          name="objection-phone"
          label={t("objection.phone")}
          help={t("objection.phoneHelp")}
          inputMode="tel"
          autocomplete="tel"
          value={phone}
          onInput={setPhone}
          error={at("phone") ?? (tried ? wrong.phone : undefined)}
        />
        <FieldInput
          id="objection-text"
          testId="field-objection-text"
          field={field}
          county={p.county}
          today=""
          value={text}
          onChange={(v) => setText(typeof v === "string" ? v : "")}
          error={at("text") ?? (tried ? wrong.text : undefined)}
        />
        <div class="actions">
          <button type="submit" class="button primary big" data-testid="objection-submit" disabled={busy}>
            {busy ? t("review.sending") : t("objection.send")}
          </button>
          <button type="button" class="button big" onClick={p.close}>
            {t("case.notNow")}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
