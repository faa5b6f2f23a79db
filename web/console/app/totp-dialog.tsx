import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Input, Modal } from "antd";
import { useId, useState } from "react";
import { Loaded } from "../parts/states.tsx";
import { api, ask, sentence } from "./api.ts";
import { useSession } from "./session.tsx";

/** Binds or unbinds the second factor. */
export default function TotpDialog({ close }: { close: () => void }) {
  const { account } = useSession();
  return (
    <Modal open title="手机动态口令" footer={null} width={420} onCancel={close}>
      {account.totpEnabled ? <Unbind close={close} /> : <Bind close={close} />}
    </Modal>
  );
}

function useDone(close: () => void, text: string) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  return async () => {
    await queries.invalidateQueries({ queryKey: ask("getSession", {}).queryKey });
    message.success(text);
    close();
  };
}

function Bind({ close }: { close: () => void }) {
  const id = useId();
  const start = useQuery({ ...ask("startTotp", {}), staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState("");
  const done = useDone(close, "已绑定。下次登录时需要填写动态口令。");
  async function confirm(e: React.FormEvent) {
    e.preventDefault();
    if (!/^\d{6}$/.test(code.trim())) return setWrong("请填写 6 位数字。");
    try {
      await api.confirmTotp({ body: { code: code.trim() } });
      await done();
    } catch (error) {
      setWrong(sentence(error));
    }
  }
  return (
    <Loaded query={start} small>
      {(totp) => (
        <form className="stack" onSubmit={confirm}>
          <p>用手机上的口令应用（支持 TOTP 的均可）扫描下面的图，再填入它显示的 6 位数字。</p>
          <img
            src={`data:image/svg+xml;utf8,${encodeURIComponent(totp.qrSvg)}`}
            alt="动态口令二维码"
            width={200}
            height={200}
            style={{ justifySelf: "center" }}
          />
          <p className="quiet small">
            扫不了时，手工录入密钥：<code>{totp.secret}</code>
          </p>
          <label htmlFor={id}>手机上显示的 6 位数字</label>
          <Input
            id={id}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={(e) => setCode(e.target.value)}
          />
          {wrong && <Alert type="error" showIcon title={wrong} role="alert" />}
          <Button type="primary" htmlType="submit">
            绑定
          </Button>
        </form>
      )}
    </Loaded>
  );
}

function Unbind({ close }: { close: () => void }) {
  const id = useId();
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState("");
  const done = useDone(close, "已解除动态口令。");
  async function unbind(e: React.FormEvent) {
    e.preventDefault();
    if (password === "") return setWrong("请填写密码。");
    try {
      await api.disableTotp({ body: { password } });
      await done();
    } catch (error) {
      setWrong(sentence(error));
    }
  }
  return (
    <form className="stack" onSubmit={unbind}>
      <p>您的账号已绑定动态口令。解除后，登录只凭密码，不再安全；换手机时请先解除再绑定。</p>
      <label htmlFor={id}>填写密码以解除</label>
      <Input.Password
        id={id}
        autoComplete="current-password"
        value={password}
        onChange={(e) => setPassword(e.target.value)}
      />
      {wrong && <Alert type="error" showIcon title={wrong} role="alert" />}
      <Button danger htmlType="submit">
        解除动态口令
      </Button>
    </form>
  );
}
