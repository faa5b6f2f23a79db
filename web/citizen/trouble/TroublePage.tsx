import { newId } from "@wuxin/kernel";
import { useRef, useState } from "preact/hooks";
import { shrink } from "../../kit/photo.ts";
import { Typed } from "../account/Typed.tsx";
import type { PageProps } from "../app/App.tsx";
import { api, problemOf } from "../app/api.ts";
import type { ApiProblem } from "../app/types.ts";
import { DivisionInput } from "../fields/DivisionInput.tsx";
import { toFirstError } from "../parts/errors.ts";
import { Page } from "../parts/Page.tsx";
import { Failed, Note } from "../parts/States.tsx";
import { dateWords, momentWords } from "../parts/words.ts";
import { t } from "../texts/index.ts";

type Told = Awaited<ReturnType<typeof api.reportTrouble>>;
type Place = { latitude: number; longitude: number; accuracyM: number };

const KINDS = ["food", "ill", "alone", "home", "other"] as const;
const PHONE = /^1\d{10}$/;

/** 一键求助: few words, big buttons; no login, nothing about anybody comes back. */
export function TroublePage({ county, base }: PageProps) {
  const [told, setTold] = useState<{ result: Told; tail: string }>();
  return told ? (
    <Done base={base} told={told.result} tail={told.tail} />
  ) : (
    <Ask county={county} base={base} done={(result, tail) => setTold({ result, tail })} />
  );
}

function Ask(p: Pick<PageProps, "county" | "base"> & { done: (r: Told, tail: string) => void }) {
  const form = useRef<HTMLFormElement>(null);
  // Sent twice because the net was slow, it is one call for help.
  const id = useRef(newId());
  const [kind, setKind] = useState<(typeof KINDS)[number]>();
  const [more, setMore] = useState("");
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [division, setDivision] = useState("");
  const [address, setAddress] = useState("");
  const [urgent, setUrgent] = useState(false);
  const [place, setPlace] = useState<Place | null>(null);
  const [placing, setPlacing] = useState<"" | "busy" | "failed">("");
  const [photo, setPhoto] = useState<File | null>(null);
  const [trap, setTrap] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const at = (field: string) => problem?.fields?.find((f) => f.field === field)?.message;
  const wrong = {
    kind: kind ? undefined : t("trouble.kindNeeded"),
    name: name.trim() ? undefined : t("trouble.nameNeeded"),
    phone: PHONE.test(phone.replaceAll(/\s/g, "")) ? undefined : t("trouble.phoneWrong"),
    division: division ? undefined : t("trouble.divisionNeeded"),
  };
  const shown = (of: keyof typeof wrong) => (tried ? wrong[of] : undefined);

  const locate = () => {
    setPlacing("busy");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const { latitude, longitude, accuracy } = coords;
        setPlace({ latitude, longitude, accuracyM: accuracy });
        setPlacing("");
      },
      () => setPlacing("failed"),
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  };
  const submit = async () => {
    setTried(true);
    setProblem(undefined);
    toFirstError(form.current);
    if (busy || Object.values(wrong).some((w) => w !== undefined)) return;
    setBusy(true);
    const tail = phone.replaceAll(/\s/g, "").slice(-4);
    const params = { county: p.county.code };
    try {
      const result = await api.reportTrouble({
        params,
        body: {
          ...{
            id: id.current,
            name: name.trim(),
            phone: phone.replaceAll(/\s/g, ""),
            address: address.trim(),
          },
          ...{ divisionCode: division, title: t(`trouble.kind.${kind ?? "other"}`), reason: more.trim() },
          ...{ urgent, place, website: trap as "" },
        },
      });
      // The call has gone out; a picture that does not must not make it look lost.
      if (photo) {
        const { blob, name: fileName } = await shrink(photo);
        await api
          .addTroublePhoto({
            params: { ...params, id: id.current },
            query: { phoneTail: tail },
            ...{ file: blob, fileName },
          })
          .catch(() => undefined);
      }
      p.done(result, tail);
    } catch (e) {
      setProblem(problemOf(e));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Page title={t("trouble.title")} lead={t("trouble.lead")} back={p.base} testId="trouble">
      <Note tone="warning">
        {t("trouble.danger")}
        <span class="trouble-calls">
          <a href="tel:110">{t("trouble.call110")}</a>
          <a href="tel:120">{t("trouble.call120")}</a>
        </span>
      </Note>
      <form
        ref={form}
        noValidate
        class="stack trouble"
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        <fieldset class={shown("kind") ? "field wrong" : "field"} tabIndex={-1}>
          <legend>{t("trouble.kind")}</legend>
          {shown("kind") && <p class="error">! {shown("kind")}</p>}
          <div class="big-choices">
            {KINDS.map((k) => (
              <label key={k} class={k === kind ? "big-choice on" : "big-choice"}>
                <input
                  type="radio"
                  name="kind"
                  data-testid={`kind-${k}`}
                  checked={k === kind}
                  onChange={() => setKind(k)}
                />
                {t(`trouble.kind.${k}`)}
              </label>
            ))}
          </div>
        </fieldset>
        <Typed
          name="name"
          label={t("trouble.name")}
          help={t("trouble.nameHelp")}
          value={name}
          onInput={setName}
          error={at("name") ?? shown("name")}
        />
        <Typed
          name="phone"
          label={t("trouble.phone")}
          inputMode="tel"
          autocomplete="tel"
          value={phone}
          onInput={setPhone}
          error={at("phone") ?? shown("phone")}
        />
        <DivisionInput
          field={{ name: "division", label: t("trouble.division"), type: "division", required: true }}
          id="division"
          testId="field-division"
          value={division}
          onChange={(v) => setDivision(typeof v === "string" ? v : "")}
          error={at("divisionCode") ?? shown("division")}
          today=""
          county={p.county.code}
        />
        <Typed name="address" label={t("trouble.address")} value={address} onInput={setAddress} />
        {"geolocation" in navigator && (
          <div>
            <button type="button" class="button big" data-testid="locate" onClick={locate}>
              {placing === "busy" ? t("trouble.placing") : t("trouble.locate")}
            </button>
            <p role="status" class="quiet">
              {place ? t("trouble.placed") : placing === "failed" ? t("trouble.placeFailed") : ""}
            </p>
          </div>
        )}
        <div class="field">
          <label for="f-more">{t("trouble.more")}</label>
          <textarea
            id="f-more"
            rows={3}
            maxLength={500}
            data-testid="field-more"
            value={more}
            onInput={(e) => setMore(e.currentTarget.value)}
          />
        </div>
        <label class="button picker">
          {photo ? t("trouble.photoChosen") : t("trouble.photo")}
          <input
            class="unseen"
            type="file"
            accept="image/*"
            data-testid="photo"
            onChange={(e) => setPhoto(e.currentTarget.files?.[0] ?? null)}
          />
        </label>
        <label class="big-choice">
          <input
            type="checkbox"
            data-testid="urgent"
            checked={urgent}
            onChange={(e) => setUrgent(e.currentTarget.checked)}
          />
          {t("trouble.urgent")}
        </label>
        {/* Nobody sees or hears this one; a machine that fills in everything fills it in too. */}
        <input
          class="trap"
          name="website"
          tabIndex={-1}
          autocomplete="off"
          aria-hidden="true"
          value={trap}
          onInput={(e) => setTrap(e.currentTarget.value)}
        />
        <button type="submit" class="button primary big" data-testid="trouble-do" disabled={busy}>
          {busy ? t("trouble.sending") : t("trouble.do")}
        </button>
        <div aria-live="polite">{problem && !problem.fields && <Failed problem={problem} />}</div>
      </form>
      <p>
        <a href={`${p.base}/trouble/track`} data-testid="to-track">
          {t("trouble.toTrack")}
        </a>
      </p>
    </Page>
  );
}

function Done({ base, told, tail }: { base: string; told: Told; tail: string }) {
  return (
    <Page title={t("trouble.done")} back={base} testId="trouble-done">
      <section class="card good-edge">
        <p>{t("trouble.keep")}</p>
        <p class="trouble-number" data-testid="trouble-number">
          {told.number}
        </p>
        <p class="quiet">{t("trouble.keepTail", { tail })}</p>
      </section>
      <p>
        {told.visitBy
          ? t("trouble.visitBy", {
              place: told.divisionName,
              date: told.answerBy ? momentWords(told.answerBy) : dateWords(told.visitBy),
            })
          : t("trouble.handed", { place: told.divisionName })}
      </p>
      <a
        class="button big"
        href={`${base}/trouble/track?${new URLSearchParams({ number: told.number, tail })}`}
        data-testid="see-progress"
      >
        {t("trouble.see")}
      </a>
    </Page>
  );
}
