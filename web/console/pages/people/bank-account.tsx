import { useQueryClient } from "@tanstack/react-query";
import type { Field } from "@wuxin/declare/fields";
import { luhnValid, newId } from "@wuxin/kernel";
import { App } from "antd";
import { useRef } from "react";
import { api, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";

const FIELDS: readonly Field[] = [
  {
    name: "holderName",
    label: "户名",
    type: "text",
    required: true,
    max: 50,
    help: "一般应与领取人本人一致；不一致时名册会提示复核。",
  },
  { name: "bankName", label: "开户银行", type: "text", required: true, min: 2, max: 60 },
  { name: "accountNo", label: "账号", type: "bank-account", required: true, personal: true },
  { name: "reason", label: "更正原因", type: "text", required: true, min: 2, max: 200 },
];

export function BankAccountDrawer({ person, close }: { person: Reply<"getPerson">; close: () => void }) {
  const queries = useQueryClient();
  const { message, modal } = App.useApp();
  const id = useRef(newId());
  return (
    <DrawerForm
      title={person.account ? "更正收款账户" : "登记收款账户"}
      verb={person.account ? "更正" : "登记"}
      intro={<p className="quiet">{person.name}。更正只影响以后生成的名册；失败的笔次可在更正后补发。</p>}
      fields={FIELDS}
      initial={{
        holderName: person.account?.holderName ?? person.name,
        bankName: person.account?.bankName ?? "",
      }}
      close={close}
      send={async (v) => {
        const accountNo = String(v.accountNo).replaceAll(/\s/g, "");
        // Passbooks carry no check digit: a warning, not a refusal.
        if (!luhnValid(accountNo)) {
          const sure = await modal.confirm({
            title: "账号的校验位不符合银行卡规则",
            content: "存折账号可能没有校验位。请对照卡面或存折再核对一遍。",
            okText: "已核对，仍要保存",
            cancelText: "回去修改",
          });
          if (!sure) return false;
        }
        await api.setBankAccount({
          params: { id: person.id },
          body: {
            id: id.current,
            holderName: String(v.holderName),
            bankName: String(v.bankName),
            accountNo,
            reason: String(v.reason),
          },
        });
        await queries.invalidateQueries({ queryKey: ["getPerson"] });
        void queries.invalidateQueries({ queryKey: ["listFailures"] });
        message.success("收款账户已更正。");
        close();
        return true;
      }}
    />
  );
}
