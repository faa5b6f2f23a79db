import { useMutation } from "@tanstack/react-query";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useRef } from "react";
import { dateTime, yuan } from "../../../kit/format.ts";
import { api, sentence } from "../../app/api.ts";
import { Shape } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { useRosterRefresh } from "./refresh.ts";
import type { Roster } from "./roster.tsx";

type Step = Roster["signatures"][number]["step"];

/** Maker, checker, approver: three people. The signature covers the digest that is on the screen. */
export function SignPanel({ roster }: { roster: Roster }) {
  const refresh = useRosterRefresh(roster.id);
  const { modal, message } = App.useApp();
  const id = useRef(newId());
  const sign = useMutation({
    mutationFn: (step: Step) =>
      api.signRoster({ params: { id: roster.id }, body: { id: id.current, step, digest: roster.digest } }),
    onSuccess: (next) => {
      id.current = newId();
      refresh(next);
      message.success("已签字。");
    },
  });
  function askSure(s: Roster["signatures"][number]) {
    modal.confirm({
      title: `以「${s.label}」签字`,
      content: (
        <p>
          {roster.title}：{roster.persons} 人、{roster.lines} 笔，合计{" "}
          <b className="tabular">{yuan(roster.totalFen)}</b> 元。签字后不能撤回。
        </p>
      ),
      okText: "签字",
      cancelText: "再看看",
      okButtonProps: { "data-testid": "confirm-sign" },
      onOk: () => sign.mutateAsync(s.step).catch(() => undefined),
    });
  }
  return (
    <Panel title="三方签字" testId="signatures">
      <ol className="signs">
        {roster.signatures.map((s) => (
          <li key={s.step} className={s.by ? "signed" : ""}>
            <span className="sign-mark">{s.by ? <Shape tone="good" /> : null}</span>
            <div className="line-grow">
              <b>{s.label}</b>
              {s.by ? (
                <div className="quiet small tabular">
                  {s.by} · {s.at && dateTime(s.at)}
                </div>
              ) : (
                <div className="quiet small">{s.why ?? (s.canSign ? "等您签字" : "未签")}</div>
              )}
            </div>
            {!s.by && s.canSign && (
              <Button
                type="primary"
                size="small"
                loading={sign.isPending}
                onClick={() => askSure(s)}
                data-testid={`sign-${s.step}`}
              >
                签字
              </Button>
            )}
          </li>
        ))}
      </ol>
      {sign.isError && (
        <p className="danger" role="alert" data-testid="sign-error">
          {sentence(sign.error)}
        </p>
      )}
    </Panel>
  );
}
