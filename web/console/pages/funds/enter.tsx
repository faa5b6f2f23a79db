/** What finance enters: money that came in, money that came back, the wish to overdraw. */
import { useQueryClient } from "@tanstack/react-query";
import type { Field } from "@wuxin/declare/fields";
import { monthOf, newId } from "@wuxin/kernel";
import { App } from "antd";
import { useRef } from "react";
import { yuan } from "../../../kit/format.ts";
import { api } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import type { Funds } from "./funds.tsx";

interface DrawerProps {
  of: Funds;
  close: () => void;
}
/** Every item may use it; the form's choice needs a value that is not empty. */
const ANY = "*";

const nameFields = (f: Funds): Field[] => [
  {
    name: "source",
    label: "资金来源",
    type: "choice",
    required: true,
    choices: f.sources.map((s) => ({ value: s, label: s })),
  },
  { name: "document", label: "资金文号", type: "text", required: true, max: 60 },
  { name: "issuedOn", label: "文件日期", type: "date", required: true },
  {
    name: "item",
    label: "事项",
    type: "choice",
    required: true,
    choices: [
      { value: ANY, label: "各事项统筹" },
      ...f.items.map((i) => ({ value: i.code, label: i.title })),
    ],
    help: "专用于一个事项的，先于统筹资金支付。",
  },
];
const named = (v: Record<string, unknown>) => ({
  source: String(v.source),
  document: String(v.document),
  issuedOn: String(v.issuedOn),
  item: v.item === ANY ? "" : String(v.item),
});

/** After an entry the page and its entries are asked again. */
export function useFundsRefresh() {
  const queries = useQueryClient();
  return () => {
    for (const k of ["getFunds", "listFundJournal"]) void queries.invalidateQueries({ queryKey: [k] });
  };
}

export function AllocationDrawer({ of: f, close }: DrawerProps) {
  const refresh = useFundsRefresh();
  const today = useToday();
  const { message } = App.useApp();
  const id = useRef(newId());
  return (
    <DrawerForm
      title="登记拨入"
      verb="登记"
      fields={[
        ...nameFields(f),
        { name: "amountFen", label: "金额（元）", type: "money", required: true },
        { name: "receivedOn", label: "到账日期", type: "date", required: true },
        { name: "note", label: "说明", type: "longtext", max: 300 },
      ]}
      initial={{ receivedOn: today, item: ANY }}
      close={close}
      send={async (v) => {
        const done = await api.allocateFunds({
          body: {
            ...{ id: id.current, ...named(v), amountFen: Number(v.amountFen) },
            ...{ receivedOn: String(v.receivedOn), note: String(v.note ?? "") },
          },
        });
        refresh();
        message.success(
          done.waiting.length === 0 ? "已登记拨入。" : `已登记；还有 ${done.waiting.length} 处待资金。`,
        );
        close();
      }}
    />
  );
}

export function RecoveryDrawer({ of: f, close }: DrawerProps) {
  const refresh = useFundsRefresh();
  const today = useToday();
  const { message } = App.useApp();
  const id = useRef(newId());
  return (
    <DrawerForm
      title="登记追回"
      verb="登记"
      intro={
        <p className="quiet">
          追缴的退款请在“追缴”里登记，会自动记入台账。这里登记其他退回的钱，回到原来支付的那笔资金。
        </p>
      }
      fields={[
        {
          name: "accountId",
          label: "原支付资金",
          type: "choice",
          required: true,
          choices: f.accounts
            .filter((a) => a.paidFen > a.recoveredFen)
            .map((a) => ({
              value: a.id,
              label: `${a.source} ${a.document} ${a.itemTitle}（已付 ${yuan(a.paidFen)} 元）`,
            })),
        },
        {
          name: "item",
          label: "退回的是哪一项",
          type: "choice",
          choices: f.items.map((i) => ({ value: i.code, label: i.title })),
          help: "原支付资金专用于一个事项的，不用选。",
        },
        { name: "month", label: "追回的是哪个月的", type: "month", required: true },
        { name: "amountFen", label: "金额（元）", type: "money", required: true },
        { name: "receivedOn", label: "到账日期", type: "date", required: true },
        { name: "reference", label: "收据或凭证号", type: "text", required: true, max: 60 },
        { name: "note", label: "说明", type: "longtext", max: 300 },
        { name: "apart", label: "与追缴无关，是另一笔钱", type: "boolean" },
      ]}
      initial={{ receivedOn: today, month: monthOf(today) }}
      close={close}
      send={async (v) => {
        await api.recoverFunds({
          body: {
            ...{ id: id.current, accountId: String(v.accountId), amountFen: Number(v.amountFen) },
            ...{ month: String(v.month), receivedOn: String(v.receivedOn) },
            ...{ reference: String(v.reference), note: String(v.note ?? "") },
            ...{ item: String(v.item ?? ""), apart: v.apart === true },
          },
        });
        refresh();
        message.success("已登记追回。");
        close();
      }}
    />
  );
}

export function OverrideDrawer({ of: f, close }: DrawerProps) {
  const refresh = useFundsRefresh();
  const today = useToday();
  const { message } = App.useApp();
  const id = useRef(newId());
  return (
    <DrawerForm
      title="申请垫付"
      verb="提交"
      intro={<p className="quiet">局领导批准后，这笔资金的余额可以低于零，但不超过额度。</p>}
      fields={[
        ...nameFields(f),
        { name: "limitFen", label: "额度（元）", type: "money", required: true },
        { name: "reason", label: "理由", type: "longtext", required: true, min: 2, max: 300 },
      ]}
      initial={{ issuedOn: today, item: ANY }}
      close={close}
      send={async (v) => {
        await api.requestFundOverride({
          body: {
            ...{ id: id.current, ...named(v) },
            ...{ limitFen: Number(v.limitFen), reason: String(v.reason) },
          },
        });
        refresh();
        message.success("已提交，等局领导批准。");
        close();
      }}
    />
  );
}
