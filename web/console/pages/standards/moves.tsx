/** 送审, 批准, 撤回: what the person who looks may do with one version. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { may } from "../../app/access.ts";
import { api, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { AskReason } from "./ask-reason.tsx";
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
        <AskReason
          kind={asking}
          title={asking === "approve" ? "批准这一版标准" : "撤回这一版标准"}
          verb={asking === "approve" ? "批准" : "撤回"}
          what={
            <>
              {p.parameter}：{p.text}，<b>{p.firstMonth}</b> 起执行。{p.document}，{p.enteredBy}录入。
            </>
          }
          says={
            asking === "approve"
              ? "批准后新的认定、自测和公示都按它算；已作的决定不变。批准不能撤回，写错只能更正。"
              : ""
          }
          ask={asking === "approve" ? "核对意见（可不填）" : "撤回的原因"}
          busy={move.isPending}
          wrong={move.isError ? sentence(move.error) : ""}
          close={() => setAsking(null)}
          send={(reason) => move.mutate({ kind: asking, reason })}
        />
      )}
    </div>
  );
}
