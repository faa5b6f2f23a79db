import { useQuery } from "@tanstack/react-query";
import type { SessionView } from "@wuxin/contract";
import { Alert, Button, Input, Select } from "antd";
import { useId, useState } from "react";
import { ApiError, type Ask, api, ask } from "./api.ts";

interface LoginFormProps {
  /** In the re-login dialog county and name are already known. */
  known?: { county: string; loginName: string };
  onDone: (session: SessionView) => void;
}
export type Credentials = NonNullable<Ask<"login">["body"]>;

const LAST_COUNTY = "wuxin.county";

export function LoginForm({ known, onDone }: LoginFormProps) {
  const id = useId();
  const counties = useQuery({ ...ask("listCounties", {}), enabled: !known });
  const [county, setCounty] = useState<string | undefined>(
    known?.county ?? localStorage.getItem(LAST_COUNTY) ?? undefined,
  );
  const [loginName, setLoginName] = useState(known?.loginName ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [askCode, setAskCode] = useState(false);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const chosen = county ?? counties.data?.[0]?.code;

  async function submit(e: React.FormEvent) {
    e.preventDefault();
    if (!chosen) return setWrong("请选择县（区）。");
    if (loginName.trim() === "") return setWrong("请填写登录名。");
    if (password === "") return setWrong("请填写密码。");
    if (askCode && code.trim() === "") return setWrong("请填写手机动态口令上的 6 位数字。");
    setBusy(true);
    setWrong("");
    try {
      const session = await api.login({
        body: {
          county: chosen,
          loginName: loginName.trim(),
          password,
          ...(askCode ? { code: code.trim() } : {}),
        },
      });
      localStorage.setItem(LAST_COUNTY, chosen);
      onDone(session);
    } catch (error) {
      if (error instanceof ApiError && error.problem.code === "second-factor-needed") {
        setAskCode(true);
        if (code !== "") setWrong(error.problem.message);
      } else setWrong(error instanceof ApiError ? error.problem.message : "页面出错，请刷新后重试。");
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="login-form" onSubmit={submit} data-testid="login-form">
      {!known && (
        <>
          <label htmlFor={`${id}c`}>县（区）</label>
          <Select
            id={`${id}c`}
            size="large"
            {...(chosen ? { value: chosen } : {})}
            loading={counties.isPending}
            onChange={setCounty}
            options={(counties.data ?? []).map((c) => ({ value: c.code, label: c.fullName }))}
          />
        </>
      )}
      <label htmlFor={`${id}n`}>登录名</label>
      <Input
        id={`${id}n`}
        name="username"
        size="large"
        autoComplete="username"
        value={loginName}
        onChange={(e) => setLoginName(e.target.value)}
      />
      <label htmlFor={`${id}p`}>密码</label>
      <Input.Password
        id={`${id}p`}
        name="password"
        size="large"
        autoComplete="current-password"
        value={password}
        onChange={(e) => setPassword(e.target.value)}
      />
      {askCode && (
        <>
          <label htmlFor={`${id}t`}>动态口令</label>
          <Input
            id={`${id}t`}
            name="code"
            size="large"
            inputMode="numeric"
            autoComplete="one-time-code"
            placeholder="手机动态口令上的 6 位数字"
            autoFocus
            value={code}
            onChange={(e) => setCode(e.target.value)}
          />
        </>
      )}
      {wrong && <Alert type="error" showIcon title={wrong} role="alert" />}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        登录
      </Button>
    </form>
  );
}
