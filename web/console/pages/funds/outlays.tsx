/** 付款单: what no roster pays; finance enters it from its paper, a leader confirms it, then it stands in the ledger. */
import { PaperClipOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { urlOf } from "@wuxin/contract/client";
import { monthOf, newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useState } from "react";
import { dateTime, yuan } from "../../../kit/format.ts";
import { api, sentence } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Heads, Panel, Scroll } from "../../parts/page.tsx";
import { Blank } from "../../parts/states.tsx";
import { useFundsRefresh } from "./enter.tsx";
import type { Funds } from "./funds.tsx";

type Outlay = Funds["outlays"][number];
const WAYS = [
  ["contract", "合同"],
  ["project", "项目"],
  ["service", "购买服务"],
  ["other", "其他"],
] as const;
type Doing = { readonly kind: "ask" } | { readonly kind: "decline" | "back"; readonly of: Outlay };

const STANDING = {
  waiting: ["waiting", "等局领导确认"],
  confirmed: ["good", "已入账"],
  declined: ["neutral", "已退回"],
  back: ["neutral", "已冲正"],
} as const;
const standing = (o: Outlay) => STANDING[o.reversal === "confirmed" ? "back" : (o.decision ?? "waiting")];

export function Outlays({ of: f }: { of: Funds }) {
  const refresh = useFundsRefresh();
  const { message } = App.useApp();
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  const confirm = useMutation({
    mutationFn: (id: string) => api.decideOutlay({ params: { id }, body: { confirm: true, note: "" } }),
    onSuccess: () => {
      refresh();
      message.success("已确认，已记入台账。");
    },
  });
  const waiting = f.outlays.filter((o) => o.decision === null).length;
  return (
    <Panel
      id="outlays"
      title="付款单（不经名册）"
      testId="fund-outlays"
      extra={
        <span className="row">
          {waiting > 0 && `${waiting} 份等确认`}
          {f.can.enter && (
            <Button size="small" onClick={() => setDoing({ kind: "ask" })} data-testid="new-outlay">
              登记付款单
            </Button>
          )}
        </span>
      }
    >
      {confirm.isError && (
        <p className="danger" role="alert" data-testid="outlay-error">
          {sentence(confirm.error)}
        </p>
      )}
      {f.outlays.length === 0 ? (
        <Blank small mark="付" title={`${f.year} 年没有付款单`}>
          合同、项目、购买服务等不随名册发放的支付，由财务凭单据登记、局领导确认后入账。
        </Blank>
      ) : (
        <Scroll label="付款单">
          <table className="plain-table fund-wide">
            <thead>
              <tr>
                <Heads of={["支付日期", "收款单位和事项", "依据、凭证", "资金"]} />
                <Heads of={["金额（元）"]} num />
                <Heads of={["状态"]} />
              </tr>
            </thead>
            <tbody>
              {f.outlays.map((o) => (
                <tr key={o.id} data-testid="outlay">
                  <td className="tabular nowrap">
                    {o.paidOn}
                    <div className="quiet small">{o.month} 的支出</div>
                  </td>
                  <td>
                    {o.reverses && <b>冲正：</b>}
                    {o.payee}
                    <div className="quiet small">
                      {o.wayLabel} · {o.purpose}
                      {o.reason && `；冲正理由：${o.reason}`}
                    </div>
                  </td>
                  <td>
                    {o.document}
                    <div className="quiet small">
                      凭证 {o.voucher} ·{" "}
                      <a href={urlOf("getFile", { id: o.fileId })} target="_blank" rel="noreferrer">
                        <PaperClipOutlined /> {o.fileName}
                      </a>
                    </div>
                  </td>
                  <td>
                    {o.source}
                    <div className="quiet small">{o.fundDocument}</div>
                  </td>
                  <td className="num">
                    <b>
                      {o.reverses && "−"}
                      {yuan(o.amountFen)}
                    </b>
                    {o.decision === null && !o.reverses && o.amountFen > o.availableFen && (
                      <div className="danger small">可用 {yuan(o.availableFen)}</div>
                    )}
                  </td>
                  <td>
                    <State tone={standing(o)[0]}>{standing(o)[1]}</State>
                    <div className="quiet small">
                      {o.askedBy} {dateTime(o.askedAt)} {o.reverses ? "申请" : "登记"}
                      {o.decision && (
                        <>
                          <br />
                          {o.decidedBy} {dateTime(o.decidedAt ?? "")}{" "}
                          {o.decision === "confirmed" ? "确认" : "退回"}
                          {o.decidedNote && `：${o.decidedNote}`}
                        </>
                      )}
                      {o.reversal === "asked" && (
                        <>
                          <br />
                          已申请冲正，等确认
                        </>
                      )}
                    </div>
                    <span className="row">
                      {o.canConfirm && (
                        <Button
                          size="small"
                          type="primary"
                          loading={confirm.isPending && confirm.variables === o.id}
                          onClick={() => confirm.mutate(o.id)}
                          data-testid="confirm-outlay"
                        >
                          确认
                        </Button>
                      )}
                      {o.canDecline && (
                        <Button size="small" onClick={() => setDoing({ kind: "decline", of: o })}>
                          {f.can.enter ? "撤回" : "退回"}
                        </Button>
                      )}
                      {o.canReverse && (
                        <Button
                          size="small"
                          type="link"
                          onClick={() => setDoing({ kind: "back", of: o })}
                          data-testid="outlay-back"
                        >
                          申请冲正
                        </Button>
                      )}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {doing?.kind === "ask" && <AskDrawer of={f} close={close} />}
      {doing && doing.kind !== "ask" && <ReasonDrawer kind={doing.kind} of={doing.of} close={close} />}
    </Panel>
  );
}

function AskDrawer({ of: f, close }: { of: Funds; close: () => void }) {
  const refresh = useFundsRefresh();
  const today = useToday();
  const { message } = App.useApp();
  const [id] = useState(newId);
  return (
    <DrawerForm
      title="登记付款单"
      verb="登记，送局领导确认"
      intro={
        <p className="quiet">
          合同、项目、购买服务等不随名册发放的支付登记在这里；局领导确认后才入账。专用于一项待遇的资金只随名册发放，不在可选之列。
        </p>
      }
      fields={[
        {
          name: "accountId",
          label: "支付的资金",
          type: "choice",
          required: true,
          choices: f.accounts
            .filter((a) => a.item === "")
            .map((a) => ({
              value: a.id,
              label: `${a.source} ${a.document}（可用 ${yuan(a.availableFen)} 元）`,
            })),
        },
        {
          name: "way",
          label: "支付方式",
          type: "choice",
          required: true,
          choices: WAYS.map(([value, label]) => ({ value, label })),
        },
        { name: "payee", label: "收款单位（人）", type: "text", required: true, min: 2, max: 120 },
        { name: "purpose", label: "支付事项", type: "text", required: true, min: 2, max: 120 },
        {
          name: "document",
          label: "合同号或批准文号",
          type: "text",
          required: true,
          max: 60,
        },
        { name: "voucher", label: "支付凭证号", type: "text", required: true, max: 60 },
        { name: "amountFen", label: "金额（元）", type: "money", required: true },
        { name: "paidOn", label: "支付日期", type: "date", required: true },
        { name: "month", label: "哪个月的支出", type: "month", required: true },
        { name: "file", label: "单据（合同、发票或支付凭证）", type: "file", required: true, max: 1 },
      ]}
      initial={{ paidOn: today, month: monthOf(today) }}
      close={close}
      send={async (v) => {
        const [fileId] = Array.isArray(v.file) ? v.file : [v.file];
        await api.askOutlay({
          body: {
            ...{ id, accountId: String(v.accountId), way: v.way as (typeof WAYS)[number][0] },
            ...{ payee: String(v.payee), purpose: String(v.purpose), document: String(v.document) },
            ...{ voucher: String(v.voucher), amountFen: Number(v.amountFen), fileId: String(fileId) },
            ...{ paidOn: String(v.paidOn), month: String(v.month) },
          },
        });
        refresh();
        message.success("已登记，等局领导确认。");
        close();
      }}
    />
  );
}

function ReasonDrawer({ kind, of: o, close }: { kind: "decline" | "back"; of: Outlay; close: () => void }) {
  const refresh = useFundsRefresh();
  const { message } = App.useApp();
  const [id] = useState(newId);
  const back = kind === "back";
  return (
    <DrawerForm
      title={back ? "申请冲正付款单" : "退回付款单"}
      verb={back ? "申请冲正" : "退回"}
      danger
      intro={
        <p>
          {o.payee} · {o.purpose} · <b className="tabular">{yuan(o.amountFen)} 元</b>。
          {back
            ? "整份冲正，局领导确认后钱回到原资金；只退回一部分的，冲正后按实付的重新登记。"
            : "退回后不入账，登记留着；改正后另登一份。"}
        </p>
      }
      fields={[{ name: "reason", label: "理由", type: "longtext", required: true, min: 2, max: 300 }]}
      close={close}
      send={async (v) => {
        const reason = String(v.reason);
        await (back
          ? api.askOutlayBack({ params: { id: o.id }, body: { id, reason } })
          : api.decideOutlay({ params: { id: o.id }, body: { confirm: false, note: reason } }));
        refresh();
        message.success(back ? "已申请，等局领导确认。" : "已退回。");
        close();
      }}
    />
  );
}
