import { useQueryClient } from "@tanstack/react-query";
import type { CasePage } from "@wuxin/contract";
import type { Field } from "@wuxin/declare/fields";
import { Alert, App, Button } from "antd";
import { useState } from "react";
import { shanghaiDay } from "../../../kit/format.ts";
import { api, ask } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";

const FIELDS: readonly Field[] = [
  {
    name: "result",
    label: "复看结果",
    type: "choice",
    required: true,
    choices: [
      { value: "accepted", label: "同意保留这个决定" },
      { value: "redo", label: "退回，重新办理" },
    ],
  },
  { name: "note", label: "意见", type: "longtext", required: true, min: 2, max: 500 },
];
type Decision = CasePage["decisions"][number];

/** A decision that is not what the rules gave: said, and looked at by a leader. */
export function Deviation({ page, decision }: { page: CasePage; decision: Decision }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  if (!decision.deviates) return null;
  const { review } = decision;
  return (
    <>
      <Alert
        type={review?.result === "accepted" ? "info" : "warning"}
        showIcon
        data-testid="deviation"
        title="偏离：这个决定与测算不一致"
        description={
          review
            ? `${review.by} ${shanghaiDay(review.at)} 复看：${review.result === "accepted" ? "同意保留" : "退回，重新办理"}。${review.note}`
            : "按当时的事实和规则算出的结果见下，理由由作出决定的人写明。还没有局领导复看。"
        }
        action={
          decision.mayReview && (
            <Button size="small" onClick={() => setOpen(true)} data-testid="review-deviation">
              复看
            </Button>
          )
        }
      />
      {open && (
        <DrawerForm
          title="复看偏离测算的决定"
          verb="提交"
          fields={FIELDS}
          intro={
            <p>
              {decision.decidedBy} 于 {decision.decidedOn} {decision.label}。{decision.reason}
            </p>
          }
          close={() => setOpen(false)}
          send={async (v) => {
            const next = await api.reviewDeviation({
              params: { id: decision.id },
              body: { result: v.result as "accepted" | "redo", note: String(v.note) },
            });
            queries.setQueryData(ask("getCase", { params: { id: page.id } }).queryKey, next);
            void queries.invalidateQueries({ queryKey: ["workbench"] });
            message.success("已复看。");
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
