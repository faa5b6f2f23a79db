/** What a person decides or enters about one 追缴. */
import { newId } from "@wuxin/kernel";
import { App } from "antd";
import { useRef } from "react";
import { yuan } from "../../../kit/format.ts";
import { api } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import type { Recovery } from "./words.ts";

interface DrawerProps {
  of: Recovery;
  close: () => void;
  done: (next: Recovery) => void;
}

export function ConfirmDrawer({ of: r, close, done }: DrawerProps) {
  const { message } = App.useApp();
  const deduct = { field: "way", is: "deduct" } as const;
  return (
    <DrawerForm
      title={r.can.confirm ? "确认追缴" : "改追缴办法"}
      verb="确认"
      intro={
        <p>
          {r.payee} 多发 {yuan(r.amountFen)} 元，还欠 {yuan(r.leftFen)} 元。
          {r.sources.length === 0 && "这一户现在没有在发的待遇，只能退回现金。"}
        </p>
      }
      fields={[
        {
          name: "way",
          label: "办法",
          type: "choice",
          required: true,
          choices: [
            { value: "cash", label: "退回现金" },
            ...(r.sources.length > 0 ? [{ value: "deduct", label: "从以后的月份里扣" }] : []),
          ],
        },
        {
          name: "deductFrom",
          label: "从哪一项里扣",
          type: "choice",
          required: deduct,
          visible: deduct,
          choices: r.sources.map((s) => ({
            value: s.id,
            label: `${s.itemTitle} ${yuan(s.amountFen)} 元／月（${s.payee}），每月最多扣 ${yuan(s.mostFen)} 元`,
          })),
        },
        {
          name: "instalmentFen",
          label: "每月扣（元）",
          type: "money",
          required: deduct,
          visible: deduct,
          help: `本县规定每月最多扣当月待遇的 ${r.capPercent}%，以免影响基本生活。`,
        },
        { name: "note", label: "说明", type: "longtext", max: 500 },
      ]}
      initial={{
        way: r.way ?? "cash",
        deductFrom: r.deductFrom ?? r.sources[0]?.id ?? null,
        instalmentFen: r.instalmentFen ?? r.sources[0]?.mostFen ?? null,
      }}
      close={close}
      send={async (v) => {
        const way = v.way === "deduct" ? "deduct" : "cash";
        const next = await api.confirmRecovery({
          params: { id: r.id },
          body: {
            way,
            instalmentFen: way === "deduct" ? Number(v.instalmentFen) : null,
            deductFrom: way === "deduct" ? String(v.deductFrom) : null,
            note: String(v.note ?? ""),
          },
        });
        message.success(way === "deduct" ? "已确认，从下一份名册起扣。" : "已确认，等退回现金。");
        done(next);
      }}
    />
  );
}

export function DismissDrawer({ of: r, close, done }: DrawerProps) {
  return (
    <DrawerForm
      title="不予追缴"
      verb="不予追缴"
      danger
      fields={[{ name: "reason", label: "理由", type: "longtext", required: true, max: 500 }]}
      close={close}
      send={async (v) =>
        done(await api.dismissRecovery({ params: { id: r.id }, body: { reason: String(v.reason) } }))
      }
    />
  );
}

export function RepayDrawer({ of: r, close, done }: DrawerProps) {
  const today = useToday();
  const id = useRef(newId());
  return (
    <DrawerForm
      title="登记退回现金"
      verb="登记"
      intro={<p>还欠 {yuan(r.leftFen - r.keptFen)} 元，先抵最早的月份。</p>}
      fields={[
        { name: "amountFen", label: "金额（元）", type: "money", required: true },
        { name: "on", label: "退回日期", type: "date", required: true },
        { name: "note", label: "收据号或说明", type: "text", max: 200 },
      ]}
      initial={{ amountFen: r.leftFen - r.keptFen, on: today }}
      close={close}
      send={async (v) =>
        done(
          await api.repayRecovery({
            params: { id: r.id },
            body: {
              ...{ id: id.current, amountFen: Number(v.amountFen) },
              ...{ on: String(v.on), note: String(v.note ?? "") },
            },
          }),
        )
      }
    />
  );
}

export function AskDrawer({ of: r, close, done }: DrawerProps) {
  const id = useRef(newId());
  return (
    <DrawerForm
      title="申请免除或核销"
      verb="提出"
      intro={<p>由局领导审批；提出的人不能自己批。</p>}
      fields={[
        {
          name: "kind",
          label: "种类",
          type: "choice",
          required: true,
          choices: [
            { value: "waiver", label: "困难免除" },
            { value: "write-off", label: "核销（无法追回）" },
          ],
        },
        { name: "amountFen", label: "金额（元）", type: "money", required: true },
        { name: "reason", label: "困难情况或无法追回的原因", type: "longtext", required: true, max: 500 },
      ]}
      initial={{ kind: "waiver", amountFen: r.leftFen - r.keptFen }}
      close={close}
      send={async (v) =>
        done(
          await api.askRecovery({
            params: { id: r.id },
            body: {
              ...{ id: id.current, kind: v.kind === "write-off" ? "write-off" : "waiver" },
              ...{ amountFen: Number(v.amountFen), receiptId: null, reason: String(v.reason) },
            },
          }),
        )
      }
    />
  );
}

export function RefuseDrawer({ requestId, close, done }: Omit<DrawerProps, "of"> & { requestId: string }) {
  return (
    <DrawerForm
      title="不批准"
      verb="不批准"
      danger
      fields={[{ name: "reason", label: "理由", type: "longtext", required: true, min: 2, max: 500 }]}
      close={close}
      send={async (v) =>
        done(
          await api.answerRecovery({
            params: { id: requestId },
            body: { given: false, reason: String(v.reason) },
          }),
        )
      }
    />
  );
}

/** The whole of one receipt; what is right is registered anew. */
export function CorrectDrawer({ of: r, receiptId, close, done }: DrawerProps & { receiptId: string }) {
  const id = useRef(newId());
  const rows = r.entries.filter((e) => e.receiptId === receiptId && e.kind === "cash");
  const amountFen = rows.reduce((sum, e) => sum + e.amountFen, 0);
  return (
    <DrawerForm
      title="更正退回现金"
      verb="提出更正"
      intro={
        <p>
          {`${rows[0]?.enteredOn ?? ""} 登记的 ${yuan(amountFen)} 元整笔冲正，原来的记录保留。由局领导审批，资金台账随之冲正；正确的金额请在批准后重新登记。`}
        </p>
      }
      fields={[
        { name: "reason", label: "错在哪里，依据哪份凭据", type: "longtext", required: true, max: 500 },
      ]}
      close={close}
      send={async (v) =>
        done(
          await api.askRecovery({
            params: { id: r.id },
            body: {
              ...{ id: id.current, kind: "reversal", amountFen, receiptId },
              reason: String(v.reason),
            },
          }),
        )
      }
    />
  );
}
