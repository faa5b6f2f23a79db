import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTitle } from "../parts/page.tsx";
import "../styles/login.css";
import { api, ask, type Reply, sentence } from "./api.ts";
import { LoginForm } from "./login-form.tsx";

const FIVE = ["养老", "救助", "福利", "服务", "保障"];

/** @param resident somebody is logged in, but as a resident: the console is not for him */
export function Login({ resident }: { resident?: boolean }) {
  useTitle("登录");
  const queries = useQueryClient();
  const demo = useQuery({ ...ask("listDemoAccounts", {}), retry: false });
  const staff = (demo.data ?? []).filter((a) => a.role !== "resident");
  const enter = () => {
    queries.clear();
    void queries.invalidateQueries();
    window.location.reload();
  };
  return (
    <div className="login">
      <aside className="login-aside">
        <p className="login-brand">五心</p>
        <p className="login-line">县级民政业务工作台</p>
        <ul>
          {FIVE.map((s) => (
            <li key={s}>大{s}</li>
          ))}
        </ul>
      </aside>
      <main className="login-main">
        <div className="login-card">
          <h1>登录</h1>
          {resident && (
            <p className="login-note">
              您现在用的是居民账号，这里是工作人员的工作台。<a href="/">回居民首页</a>，或换工作账号登录。
            </p>
          )}
          <LoginForm onDone={enter} />
        </div>
        {staff.length > 0 && <DemoAccounts accounts={staff} enter={enter} />}
      </main>
    </div>
  );
}

function DemoAccounts({ accounts, enter }: { accounts: Reply<"listDemoAccounts">; enter: () => void }) {
  const counties = [...new Set(accounts.map((a) => a.countyName))];
  const last = accounts.find((a) => a.county === localStorage.getItem("wuxin.county"))?.countyName;
  const [county, setCounty] = useState(last ?? counties[0]);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState("");
  async function use(a: (typeof accounts)[number]) {
    setBusy(a.loginName);
    setWrong("");
    try {
      await api.login({ body: { county: a.county, loginName: a.loginName, password: a.password } });
      localStorage.setItem("wuxin.county", a.county);
      enter();
    } catch (e) {
      setWrong(sentence(e));
      setBusy("");
    }
  }
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">
        演示账号 <span className="demo-badge">演示数据</span>
      </h2>
      <p className="quiet">这是演示库，点一下即以该身份登录。人和事都是虚构的。</p>
      <fieldset className="chips" aria-label="县（区）">
        {counties.map((c) => (
          <button
            key={c}
            type="button"
            className="chip"
            aria-pressed={c === county}
            onClick={() => setCounty(c)}
          >
            {c}
          </button>
        ))}
      </fieldset>
      <ul className="demo-list">
        {accounts
          .filter((a) => a.countyName === county)
          .map((a) => (
            <li key={`${a.county}${a.loginName}`}>
              <Button
                block
                className="demo-account"
                loading={busy === a.loginName}
                onClick={() => use(a)}
                data-testid={`demo-${a.county}-${a.loginName}`}
              >
                <b>{a.roleName}</b>
                <span>
                  {a.name} · {a.scopeName}
                </span>
              </Button>
            </li>
          ))}
      </ul>
      {wrong && (
        <p className="danger" role="alert">
          {wrong}
        </p>
      )}
    </section>
  );
}
