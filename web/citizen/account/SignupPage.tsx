import { normalizePhone, parseResidentId } from "@wuxin/kernel";
import { useRef, useState } from "preact/hooks";
import type { PageProps } from "../app/App.tsx";
import { api, problemOf } from "../app/api.ts";
import { navigate } from "../app/router.ts";
import { signedIn } from "../app/session.ts";
import type { ApiProblem } from "../app/types.ts";
import { echoOf } from "../fields/typed.ts";
import { toFirstError } from "../parts/errors.ts";
import { Page } from "../parts/Page.tsx";
import { Note } from "../parts/States.tsx";
import { t } from "../texts/index.ts";
import { nextPage } from "./LoginPage.tsx";
import { type Signup, signupErrors } from "./signup.ts";
import { Typed } from "./Typed.tsx";

export function SignupPage({ county, base }: PageProps) {
  const form = useRef<HTMLFormElement>(null);
  const [s, setS] = useState<Signup>({ name: "", idNo: "", phone: "", password: "" });
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const [busy, setBusy] = useState(false);
  const errors = tried ? signupErrors(s, county.today) : {};
  const at = (field: keyof Signup) =>
    errors[field] ?? problem?.fields?.find((f) => f.field === field)?.message;
  const change = (part: Partial<Signup>) => setS({ ...s, ...part });
  const submit = async () => {
    setTried(true);
    setProblem(undefined);
    toFirstError(form.current);
    const id = parseResidentId(s.idNo, county.today);
    if (busy || !id.ok || Object.keys(signupErrors(s, county.today)).length > 0) return;
    setBusy(true);
    try {
      const body = {
        ...s,
        county: county.code,
        name: s.name.trim(),
        idNo: id.id,
        phone: normalizePhone(s.phone),
      };
      signedIn(await api.registerResident({ body }), body.phone);
      navigate(nextPage(base), { replace: true });
    } catch (e) {
      setProblem(problemOf(e));
      toFirstError(form.current);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page title={t("signup.title")} lead={t("signup.lead")} back={`${base}/login`} testId="signup-page">
      <form
        ref={form}
        noValidate
        class="stack"
        data-testid="signup"
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        {problem && !problem.fields && (
          <Note tone="danger" testId="signup-problem">
            {problem.message}
          </Note>
        )}
        <Typed
          name="name"
          label={t("person.name")}
          autocomplete="name"
          value={s.name}
          onInput={(name) => change({ name })}
          error={at("name")}
        />
        <Typed
          name="idNo"
          label={t("person.idNo")}
          value={s.idNo}
          onInput={(idNo) => change({ idNo })}
          error={at("idNo")}
          echo={echoOf("resident-id", s.idNo, county.today)}
        />
        <Typed
          name="phone"
          label={t("person.phone")}
          inputMode="tel"
          autocomplete="tel"
          value={s.phone}
          onInput={(phone) => change({ phone })}
          error={at("phone")}
        />
        <Typed
          name="password"
          label={t("signup.password")}
          help={t("signup.passwordHelp")}
          secret
          autocomplete="new-password"
          value={s.password}
          onInput={(password) => change({ password })}
          error={at("password")}
        />
        <button type="submit" class="button primary big" data-testid="signup-do" disabled={busy}>
          {busy ? t("login.busy") : t("signup.do")}
        </button>
      </form>
    </Page>
  );
}
