/** 送审, 批准, 撤回: what the person who looks may do with one version. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Input, Modal } from "antd";
import { useId, useState } from "react";
import { may } from "../../app/access.ts";
import { api, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import type { Proposal } from "./words.ts";

const TOUCHED = ["listStandards", "getStandard", "listRuleSets", "getRuleSet", "getItem", "previewStandard"];

/** Everything that shows a standard is asked again. */
export function useStandardsRefresh() {
  const queries = useQueryClient();
  return () => {
    for (const k of TOUCHED) void queries.invalidateQueries({ queryKey: [k] });
  };
}

type Move = "submit" | "approve" | "withdraw";
const DONE: Record<Move, string> = {
  submit: "已送审，等另一个人批准。",
  approve: "已批准，从起始月份起执行。",
  withdraw: "已撤回。",
};

interface ProposalActionsProps {
  proposal: Proposal;
  name: string;
  /** On the page of the preview itself. */
  previewed?: boolean;
}
export function ProposalActions({ proposal: p, name, previewed }: ProposalActionsProps) {
  const { account } = useSession();
  const { message } = App.useApp();
  const refresh = useStandardsRefresh();
  const [asking, setAsking] = useState<"approve" | "withdraw" | null>(null);
  const move = useMutation({
    mutationFn: ({ kind, reason }: { kind: Move; reason: string }) => {
      const at = { params: { id: p.id } };
      if (kind === "submit") return api.submitStandard(at);
      return kind === "approve"
        ? api.approveStandard({ ...at, body: { reason } })
        : api.withdrawStandard({ ...at, body: { reason } });
    },
    onSuccess: (_page, { kind }) => {
      setAsking(null);
      refresh();
      message.success(DONE[kind]);
    },
  });
  const open = p.state === "draft" || p.state === "submitted";
  if (!open) return null;
  return (
    <div className="stack proposal-actions">
      <div className="row">
        {!previewed && may(account.role, "previewStandard") && (
          <Link to="/standards/$name/new" params={{ name }} search={{ version: p.id }}>
            <Button size="small" data-testid="see-impact">
              看影响
            </Button>
          </Link>
        )}
        {p.can.submit && (
          <Button
            size="small"
            type="primary"
            loading={move.isPending}
            onClick={() => move.mutate({ kind: "submit", reason: "" })}
            data-testid="submit-standard"
          >
            送审
          </Button>
        )}
        {p.can.approve && (
          <Button
            size="small"
            type="primary"
            onClick={() => setAsking("approve")}
            data-testid="approve-standard"
          >
            批准
          </Button>
        )}
        {p.can.withdraw && (
          <Button size="small" onClick={() => setAsking("withdraw")} data-testid="withdraw-standard">
            撤回
          </Button>
        )}
      </div>
      {p.whyNotApprove && <p className="quiet small">{p.whyNotApprove}</p>}
      {move.isError && asking === null && (
        <p className="danger" role="alert">
          {sentence(move.error)}
        </p>
      )}
      {asking && (
        <Ask
          kind={asking}
          proposal={p}
          busy={move.isPending}
          wrong={move.isError ? sentence(move.error) : ""}
          close={() => setAsking(null)}
          send={(reason) => move.mutate({ kind: asking, reason })}
        />
      )}
    </div>
  );
}

interface AskProps {
  kind: "approve" | "withdraw";
  proposal: Proposal;
  busy: boolean;
  wrong: string;
  close: () => void;
  send: (reason: string) => void;
}
function Ask({ kind, proposal: p, busy, wrong, close, send }: AskProps) {
  const id = useId();
  const [reason, setReason] = useState("");
  const approve = kind === "approve";
  return (
    <Modal
      open
      title={approve ? "批准这一版标准" : "撤回这一版标准"}
      okText={approve ? "批准" : "撤回"}
      cancelText="再看看"
      confirmLoading={busy}
      onOk={() => send(reason)}
      onCancel={close}
      okButtonProps={{ "data-testid": `confirm-${kind}` }}
    >
      <div className="stack">
        <p>
          {p.parameter}：{p.text}，<b>{p.firstMonth}</b> 起执行。{p.document}，{p.enteredBy}录入。
        </p>
        {approve && (
          <p className="quiet">
            批准后新的认定、自测和公示都按它算；已作的决定不变。批准不能撤回，写错只能更正。
          </p>
        )}
        <label htmlFor={id}>{approve ? "核对意见（可不填）" : "撤回的原因"}</label>
        <Input.TextArea
          id={id}
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
          data-testid="move-reason"
        />
        {wrong && (
          <p className="danger" role="alert">
            {wrong}
          </p>
        )}
      </div>
    </Modal>
  );
}
