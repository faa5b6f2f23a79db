/** 送审, 批准, 退回, 撤回 of a version of rules: what the person who looks may do. */
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useEffect, useState } from "react";
import { api, sentence } from "../../app/api.ts";
import { AskReason } from "./ask-reason.tsx";
import type { RuleVersion } from "./words.ts";

type Move = "submit" | "approve" | "return" | "withdraw";
const WORDS: Record<Move, { title: string; verb: string; done: string; ask: string; says: string }> = {
  submit: { title: "", verb: "送审", done: "已送审，等另一个人批准。", ask: "", says: "" },
  approve: {
    title: "批准这一版规则",
    verb: "批准",
    done: "已批准，从起始月份起执行。",
    ask: "核对意见（可不填）",
    says: "批准后，从起始月份起的认定、自测都按它算；以前的月份和已作的决定不变。",
  },
  return: {
    title: "退回修改",
    verb: "退回",
    done: "已退回。",
    ask: "请改什么",
    says: "退回后由起草的人修改再送。",
  },
  withdraw: {
    title: "撤回这一版规则",
    verb: "撤回",
    done: "已撤回。",
    ask: "撤回的原因",
    says: "撤回后这一版不再执行，原文留着，可以从它另起一版。",
  },
};

interface RuleMovesProps {
  version: RuleVersion;
  unsaved: boolean;
  put: (page: RuleVersion) => void;
}
export function RuleMoves({ version: v, unsaved, put }: RuleMovesProps) {
  const { message } = App.useApp();
  const [asking, setAsking] = useState<Move | null>(null);
  const move = useMutation({
    mutationFn: ({ kind, reason }: { kind: Move; reason: string }) => {
      const at = { params: { id: v.id } };
      if (kind === "submit") return api.submitRules(at);
      if (kind === "approve") return api.approveRules({ ...at, body: { reason } });
      return kind === "return"
        ? api.returnRules({ ...at, body: { reason } })
        : api.withdrawRules({ ...at, body: { reason } });
    },
    onSuccess: (page, { kind }) => {
      setAsking(null);
      put(page);
      message.success(WORDS[kind].done);
    },
  });
  // A refusal is about the text that was sent.
  const { reset } = move;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text forgets what was said of the old
  useEffect(() => reset(), [v.seq, reset]);
  return (
    <>
      {v.can.submit && (
        <Button
          type="primary"
          disabled={unsaved}
          loading={move.isPending && asking === null}
          onClick={() => move.mutate({ kind: "submit", reason: "" })}
          data-testid="submit-rules"
        >
          送审
        </Button>
      )}
      {(["approve", "return", "withdraw"] as const)
        .filter((kind) => v.can[kind])
        .map((kind) => (
          <Button
            key={kind}
            type={kind === "approve" ? "primary" : "default"}
            onClick={() => setAsking(kind)}
            data-testid={`${kind}-rules`}
          >
            {WORDS[kind].verb}
          </Button>
        ))}
      {v.whyNotApprove && <span className="quiet small">{v.whyNotApprove}</span>}
      {move.isError && asking === null && (
        <p className="danger" role="alert" data-testid="move-error">
          {sentence(move.error)}
        </p>
      )}
      {asking && (
        <AskReason
          kind={asking}
          {...WORDS[asking]}
          what={
            <>
              {v.title}，<b>{v.fromMonth}</b> 起。{v.document}，{v.enteredBy}起草：{v.note}
            </>
          }
          busy={move.isPending}
          wrong={move.isError ? sentence(move.error) : ""}
          close={() => setAsking(null)}
          send={(reason) => move.mutate({ kind: asking, reason })}
        />
      )}
    </>
  );
}
