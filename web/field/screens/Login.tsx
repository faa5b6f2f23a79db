import type { Contract, Output } from "@wuxin/contract";
import { useEffect, useState } from "preact/hooks";
import { login, unlock } from "../app/come-in.ts";
import { api, problemOf, set, usePhone } from "../app/phone.ts";

export function Unsafe() {
  return (
    <main data-testid="unsafe">
      <h1>这里打不开</h1>
      <p class="note">
        走访要在手机上加密保存，只有 https 开头的网址才允许。请向乡镇（街道）要 https
        开头的网址，用手机自带的浏览器打开。
      </p>
    </main>
  );
}

export function Login() {
  const { meta, message, online } = usePhone();
  const [counties, setCounties] = useState<Output<Contract["listCounties"]>>();
  const [county, setCounty] = useState(meta?.county ?? "");
  const [name, setName] = useState(meta?.loginName ?? "");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  useEffect(() => {
    if (online) api.listCounties({}).then(setCounties, () => undefined);
  }, [online]);
  async function send(password: string): Promise<string | undefined> {
    if (!county || !name.trim()) return "请选择县（区），再填登录名。";
    try {
      await login(county, name.trim(), password, code);
      return undefined;
    } catch (e) {
      const problem = problemOf(e);
      if (problem.code === "second-factor-needed") setNeedsCode(true);
      // What a phone that was cut off is told stands above the form already.
      if (problem.code === "device-revoked") return undefined;
      return problem.code === "offline"
        ? "现在没有网络。第一次登录要有网，请到有信号的地方再试。"
        : problem.message;
    }
  }
  return (
    <main data-testid="login">
      <h1>登录</h1>
      {message && (
        <p class="note" role="alert" data-testid="message">
          {message}
        </p>
      )}
      {!online && !message && <p class="note">现在没有网络，登录要先联网。</p>}
      <div class="field">
        <label for="county">县（区）</label>
        <select id="county" value={county} onChange={(e) => setCounty(e.currentTarget.value)}>
          <option value="">{counties || !online ? "请选择" : "正在取名单…"}</option>
          {meta && !counties && <option value={meta.county}>上次登录的县（区）</option>}
          {counties?.map((c) => (
            <option key={c.code} value={c.code}>
              {c.name}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="name">登录名</label>
        <input
          id="name"
          autocapitalize="off"
          autocomplete="username"
          value={name}
          onInput={(e) => setName(e.currentTarget.value)}
        />
      </div>
      {needsCode && (
        <div class="field">
          <label for="code">动态口令</label>
          <input
            id="code"
            inputMode="numeric"
            autocomplete="one-time-code"
            value={code}
            onInput={(e) => setCode(e.currentTarget.value)}
          />
        </div>
      )}
      <PasswordForm verb="登录" send={send} />
      <DemoAccount
        pick={(c, n) => {
          setCounty(c);
          setName(n);
        }}
      />
      <p class="quiet small">登录后，清单加密存在本机，一天之内没有网也能打开。</p>
    </main>
  );
}

/** In the demonstration only: who plays the village and the grid worker of each county, and the password. */
function DemoAccount({ pick }: { pick: (county: string, name: string) => void }) {
  const [accounts, setAccounts] = useState<Output<Contract["listDemoAccounts"]>>([]);
  useEffect(() => {
    api.listDemoAccounts({}).then(
      (all) => setAccounts(all.filter((a) => a.role === "village" || a.role === "grid")),
      () => undefined,
    );
  }, []);
  const [first] = accounts;
  if (!first) return null;
  return (
    <section class="card" data-testid="demo">
      <h2>演示账号</h2>
      <p class="small">密码都是 {first.password}</p>
      <div class="row">
        {accounts.map((a) => (
          <button
            key={`${a.county} ${a.loginName}`}
            type="button"
            class="button"
            onClick={() => pick(a.county, a.loginName)}
          >
            {a.countyName}
            {a.role === "grid" && "（网格员）"}
          </button>
        ))}
      </div>
    </section>
  );
}

export function Locked() {
  const { meta, message } = usePhone();
  return (
    <main data-testid="locked">
      <h1>输入密码打开</h1>
      {message && <p class="note">{message}</p>}
      <p class="quiet">账号「{meta?.loginName}」，用登录的密码。没有网也能打开。</p>
      <PasswordForm verb="打开" send={unlock} />
      <button type="button" class="button plain" onClick={() => set({ screen: "login" })}>
        换一个账号登录
      </button>
    </main>
  );
}

interface PasswordProps {
  readonly verb: string;
  /** Gives a sentence when it did not work. */
  readonly send: (password: string) => Promise<string | undefined>;
}
export function PasswordForm({ verb, send }: PasswordProps) {
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  return (
    <form
      onSubmit={async (e) => {
        e.preventDefault();
        setBusy(true);
        setWrong(undefined);
        setWrong(await send(password).catch((err: unknown) => problemOf(err).message));
        setBusy(false);
      }}
    >
      <div class="field">
        <label for="password">密码</label>
        <input
          id="password"
          type="password"
          autocomplete="current-password"
          value={password}
          onInput={(e) => setPassword(e.currentTarget.value)}
        />
      </div>
      {wrong && (
        <p class="error" role="alert">
          {wrong}
        </p>
      )}
      <button type="submit" class="button primary big" disabled={busy || password === ""}>
        {busy ? "请稍候…" : verb}
      </button>
    </form>
  );
}
