/** 暂停、恢复、成员减少、转移: what it will do is shown first, then a person confirms. */
import { useQueryClient } from "@tanstack/react-query";
import type { Field, Values } from "@wuxin/declare/fields";
import { addMonths, monthOf, newId } from "@wuxin/kernel";
import { App } from "antd";
import { useRef } from "react";
import { yuan } from "../../../kit/format.ts";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";

type Entitlement = Reply<"getEntitlement">;
type Change = NonNullable<Ask<"previewChange">["body"]>;
export type Kind = Entitlement["possible"][number]["kind"];

const REASON: Field = { name: "reason", label: "事由和依据", type: "longtext", required: true, max: 500 };

/** 成员减少 as an alert has it. */
type Told = { personId?: string; event?: string; happenedOn?: string };

/** A benefit that goes by persons, of somebody who is registered with others. */
const whoMoves = (e: Entitlement): Field => ({
  ...{ name: "alone", label: "谁迁走", type: "choice", required: true },
  choices: [
    { value: "no", label: `全家 ${e.livesWith + 1} 人一起迁` },
    { value: "yes", label: "只他一个人迁走，家里人不动" },
  ],
  help: "按户口迁移的实际情况选。一个人迁走的，从现在这户迁出，在新住地单独登记。",
});

function fieldsOf(
  kind: Kind,
  e: Entitlement,
  today: string,
  told: Told,
): { fields: Field[]; initial: Values } {
  const month = monthOf(today);
  const choices = (list: readonly string[]) => list.map((m) => ({ value: m, label: m }));
  switch (kind) {
    case "suspend":
      return {
        fields: [
          {
            ...{ name: "fromMonth", label: "从哪个月起暂停", type: "choice", required: true },
            choices: choices([month, addMonths(month, 1)]),
          },
          REASON,
        ],
        initial: { fromMonth: addMonths(month, 1) },
      };
    case "resume":
      return {
        fields: [
          {
            ...{ name: "fromMonth", label: "从哪个月起恢复", type: "choice", required: true },
            choices: choices(
              Array.from({ length: 13 }, (_, n) => addMonths(month, 1 - n)).filter((m) => m >= e.fromMonth),
            ),
            help: "从过去的月份起的，缺的月份随下一份名册补发。",
          },
          REASON,
        ],
        initial: { fromMonth: addMonths(month, 1) },
      };
    case "member-out":
      return {
        fields: [
          {
            ...{ name: "personId", label: "谁", type: "choice", required: true },
            // Who has died stays in the amount until he is taken out here.
            choices: [...new Map(e.covered.map((c) => [c.personId, c])).values()].map((c) => ({
              value: c.personId,
              label: c.endMonth !== null && c.endMonth < month ? `${c.name}（保障到 ${c.endMonth}）` : c.name,
            })),
          },
          {
            ...{ name: "event", label: "什么情况", type: "choice", required: true },
            choices: [
              { value: "left", label: "离开家庭" },
              { value: "jailed", label: "服刑或强制戒毒" },
              { value: "adult", label: "年满 18 周岁，不再符合" },
              { value: "split", label: "分户" },
              { value: "merged", label: "并入另一户" },
              { value: "died", label: "死亡（先在个人页登记）" },
            ],
          },
          {
            ...{ name: "happenedOn", label: "哪一天", type: "date", required: true },
            help: "当月照发，从次月起变动；已多发的月份会提出追缴。",
          },
          REASON,
        ],
        initial: { happenedOn: today, ...told },
      };
    case "transfer":
      return {
        fields: [
          ...(e.livesWith > 0 ? [whoMoves(e)] : []),
          { name: "divisionCode", label: "转到", type: "division", required: true },
          {
            ...{ name: "areaClass", label: "区域类型", type: "choice", required: true },
            choices: [
              { value: "城市", label: "城市" },
              { value: "农村", label: "农村" },
            ],
            help: "城乡变了，标准跟着变，金额从次月起重算。",
          },
          {
            ...{ name: "address", label: "新住址（组、门牌号）", type: "text", max: 200 },
            help: "换了村（社区）又没有填的，家庭页上先空着，由转入地补登。",
          },
          REASON,
        ],
        initial: { divisionCode: e.divisionCode, areaClass: e.areaClass ?? "农村" },
      };
  }
}

export function ChangeDrawer({
  of: e,
  kind,
  told,
  close,
}: {
  of: Entitlement;
  kind: Kind;
  told: Told;
  close: () => void;
}) {
  const queries = useQueryClient();
  const today = useToday();
  const { message, modal } = App.useApp();
  const id = useRef(newId());
  const { fields, initial } = fieldsOf(kind, e, today, told);
  const label = e.possible.find((p) => p.kind === kind)?.label ?? "变动";
  return (
    <DrawerForm
      title={label}
      verb="看结果"
      intro={
        <p className="quiet">
          {e.payee} · {e.itemTitle} · {e.recognition ? "认定，不发钱" : `现在每月 ${yuan(e.amountFen)} 元`}
        </p>
      }
      fields={fields}
      initial={initial}
      close={close}
      send={async (v) => {
        const { alone, ...values } = v;
        const change = { ...values, kind, ...(alone ? { alone: alone === "yes" } : {}) } as unknown as Change;
        const effect = await api.previewChange({ params: { id: e.id }, body: change });
        const confirmed = await new Promise<boolean>((answer) => {
          modal.confirm({
            title: `${label}：${effect.fromMonth} 起`,
            content: (
              <div data-testid="change-effect">
                {!e.recognition && (
                  <p>
                    每月 {yuan(effect.beforeFen)} 元 → <b>{yuan(effect.afterFen)} 元</b>
                  </p>
                )}
                <p className="quiet">{effect.told}</p>
                {effect.pastMonths > 0 && effect.afterFen < effect.beforeFen && (
                  <p>其中 {effect.pastMonths} 个月已经过去；已经发出的会提出追缴，由人确认。</p>
                )}
              </div>
            ),
            okText: "确认",
            cancelText: "再想想",
            okButtonProps: { "data-testid": "change-confirm" } as never,
            onOk: () => answer(true),
            onCancel: () => answer(false),
          });
        });
        if (!confirmed) return false;
        const next = await api.confirmChange({ params: { id: e.id }, body: { id: id.current, change } });
        queries.setQueryData(ask("getEntitlement", { params: { id: e.id } }).queryKey, next);
        for (const k of ["listEntitlements", "listRecoveries"])
          void queries.invalidateQueries({ queryKey: [k] });
        message.success("已确认。");
        close();
      }}
    />
  );
}
