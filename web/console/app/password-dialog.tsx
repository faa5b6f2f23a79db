import { Alert, App, Input, Modal } from "antd";
import { useId, useState } from "react";
import { api, sentence } from "./api.ts";

const STRONG = /(?=.*[A-Za-z])(?=.*\d).{10,}/;

export default function PasswordDialog({ close }: { close: () => void }) {
  const id = useId();
  const { message } = App.useApp();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  async function save() {
    if (current === "") return setWrong("请填写现在的密码。");
    if (!STRONG.test(next)) return setWrong("新密码至少 10 位，并同时有字母和数字。");
    if (next !== again) return setWrong("两次填写的新密码不一致，请重新填写。");
    setBusy(true);
    try {
      await api.changePassword({ body: { current, next } });
      message.success("密码已修改。");
      close();
    } catch (e) {
      setWrong(sentence(e));
    } finally {
      setBusy(false);
    }
  }
  const box = (n: string, label: string, value: string, set: (v: string) => void, auto: string) => (
    <>
      <label htmlFor={id + n}>{label}</label>
      <Input.Password id={id + n} autoComplete={auto} value={value} onChange={(e) => set(e.target.value)} />
    </>
  );
  return (
    <Modal
      open
      title="修改密码"
      okText="修改密码"
      cancelText="不改了"
      width={400}
      confirmLoading={busy}
      onOk={save}
      onCancel={close}
    >
      <div className="stack">
        {box("c", "现在的密码", current, setCurrent, "current-password")}
        {box("n", "新密码（至少 10 位，有字母和数字）", next, setNext, "new-password")}
        {box("a", "再填一次新密码", again, setAgain, "new-password")}
        {wrong && <Alert type="error" showIcon title={wrong} role="alert" />}
      </div>
    </Modal>
  );
}
