import { useRef, useState } from "preact/hooks";
import { api, problemOf } from "../app/api.ts";
import { useLoad } from "../app/load.tsx";
import { signedIn, typedLoginName } from "../app/session.ts";
import type { ApiProblem, Session } from "../app/types.ts";
import { toFirstError } from "../parts/errors.ts";
import { Note } from "../parts/States.tsx";
import { t } from "../texts/index.ts";
import { Typed } from "./Typed.tsx";

/** Signs in. `only` holds the account that must come back, when somebody's half-filled form is on the screen. */
export function LoginForm(p: {
  county: string;
  demo: boolean;
  only?: { id: string; loginName: string } | undefined;
  done: (s: Session) => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  const known = p.only && typedLoginName();
  const [loginName, setLoginName] = useState(known ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const at = (field: string) => problem?.fields?.find((f) => f.field === field)?.message;
  const submit = async () => {
    setTried(true);
    setProblem(undefined);
    toFirstError(form.current);
    if (busy || !loginName.trim() || !password) return;
    setBusy(true);
    try {
      const body = { county: p.county, loginName: loginName.trim(), password, ...(code ? { code } : {}) };
      const session = await api.login({ body });
      if (p.only && p.only.id !== session.account.id) {
        await api.logout({});
        setProblem({ status: 403, code: "forbidden", message: t("login.other") });
        return;
      }
      p.done(signedIn(session, loginName.trim()));
    } catch (e) {
      const found = problemOf(e);
      if (found.code === "second-factor-needed") setNeedsCode(true);
      setProblem(found);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      ref={form}
      noValidate
      class="stack"
      data-testid="login"
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      {problem && !problem.fields && (
        <Note tone="danger" testId="login-problem">
          {problem.message}
        </Note>
      )}
      <Typed
        name="loginName"
        label={t("login.name")}
        help={p.only ? t("login.nameSame", { name: p.only.loginName }) : t("login.nameHelp")}
        autocomplete="username"
        value={loginName}
        readOnly={known !== undefined}
        onInput={setLoginName}
        error={at("loginName") ?? (tried && !loginName.trim() ? t("login.nameNeeded") : undefined)}
      />
      <Typed
        name="password"
        label={t("login.password")}
        secret
        autocomplete="current-password"
        value={password}
        onInput={setPassword}
        error={at("password") ?? (tried && !password ? t("login.passwordNeeded") : undefined)}
      />
      {needsCode && (
        <Typed
          name="code"
          label={t("login.code")}
          inputMode="numeric"
          autocomplete="one-time-code"
          value={code}
          onInput={setCode}
          error={at("code")}
        />
      )}
      <button type="submit" class="button primary big" data-testid="login-do" disabled={busy}>
        {busy ? t("login.busy") : t("login.do")}
      </button>
      {p.demo && !p.only && (
        <DemoAccounts
          county={p.county}
          pick={(name, secret) => {
            setLoginName(name);
            setPassword(secret);
          }}
        />
      )}
    </form>
  );
}

function DemoAccounts(p: { county: string; pick: (name: string, password: string) => void }) {
  const [accounts] = useLoad("demo", () => api.listDemoAccounts({}));
  if (accounts.status !== "ready") return null;
  const mine = accounts.value.filter((a) => a.county === p.county && a.role === "resident");
  if (mine.length === 0) return null;
  return (
    <section class="card">
      <h2>{t("login.demo")}</h2>
      <div class="chips">
        {mine.map((a) => (
          <button
            key={a.loginName}
            type="button"
            class="chip"
            data-testid={`demo-${a.loginName}`}
            onClick={() => p.pick(a.loginName, a.password)}
          >
            {a.name}
          </button>
        ))}
      </div>
    </section>
  );
}
