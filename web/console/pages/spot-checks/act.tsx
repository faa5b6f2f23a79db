/** What is entered about one household that was drawn. */
import type { Field } from "@wuxin/declare/fields";
import { addDays, newId } from "@wuxin/kernel";
import { App } from "antd";
import { useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { api } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { type Household, SPOT_VERBS, type SpotAct, type SpotCheck } from "./words.ts";

/** Three things that a look answers: is the household as the file says, is the file whole, is the account his own. */
const LOOKS = [
  ["homeOk", "家里", "家庭人口、收入、财产与认定一致"],
  ["fileOk", "档案", "申请、调查、公示、确认齐全"],
  ["accountOk", "账户", "账户是本人（监护人）的，钱到了本人手里"],
] as const;
const okField = ([name, label, help]: (typeof LOOKS)[number]): Field => ({
  ...{ name, label, help, type: "choice", required: true },
  choices: [
    { value: "ok", label: "没有问题" },
    { value: "wrong", label: "有问题" },
  ],
});
const anyWrong = { any: LOOKS.map(([field]) => ({ field, is: "wrong" })) };
const words = (label: string, required: boolean): Field => ({
  ...{ name: "words", label, type: "longtext", max: 500, required },
});
const on = (label: string): Field => ({ name: "on", label, type: "date", required: true });

const FIELDS: Readonly<Record<SpotAct, readonly Field[]>> = {
  looked: [
    on("检查日期"),
    ...LOOKS.map(okField),
    { ...words("发现的问题", false), required: anyWrong, visible: anyWrong },
    {
      ...{ name: "amountFen", label: "涉及金额（元）", type: "money" },
      ...{ required: anyWrong, visible: anyWrong, help: "没有多发、错发的写 0。" },
    },
  ],
  confirmed: [
    words("复核意见", false),
    { name: "rectifyBy", label: "整改期限", type: "date", required: true, allowFuture: true },
  ],
  returned: [words("退回的理由", true)],
  rectified: [on("整改日期"), words("怎样整改的", true)],
  accepted: [words("验收意见", false)],
  reopened: [words("退回的理由", true)],
  transferred: [words("移送哪里、文号、移送的内容", true)],
};

interface ActDrawerProps {
  check: SpotCheck;
  of: Household;
  act: SpotAct;
  close: () => void;
  done: (next: SpotCheck) => void;
}
export function ActDrawer({ check, of: h, act, close, done }: ActDrawerProps) {
  const { message } = App.useApp();
  const today = useToday();
  const [id] = useState(newId);
  const verb = SPOT_VERBS.find(([a]) => a === act)?.[1] ?? "";
  return (
    <DrawerForm
      title={`${verb} · ${h.payee}`}
      verb={verb}
      danger={act === "transferred"}
      intro={
        <p>
          第 {h.seq} 户，{h.itemTitle}，{h.divisionName}，{check.month} 名册已发 {yuan(h.paidFen)} 元。
          {act === "transferred" && "移送纪检监察等机关后，这一户在这里办结。"}
        </p>
      }
      fields={FIELDS[act]}
      initial={{
        ...(act === "looked" || act === "rectified" ? { on: today } : {}),
        ...(act === "confirmed" ? { rectifyBy: addDays(today, 30) } : {}),
      }}
      close={close}
      send={async (v) => {
        const told = { id, words: String(v.words ?? "") };
        const ok = (name: string) => v[name] === "ok";
        const body =
          act === "looked"
            ? {
                ...{ ...told, kind: act, on: String(v.on), amountFen: Number(v.amountFen ?? 0) },
                ...{ homeOk: ok("homeOk"), fileOk: ok("fileOk"), accountOk: ok("accountOk") },
              }
            : act === "confirmed"
              ? { ...told, kind: act, rectifyBy: String(v.rectifyBy) }
              : act === "rectified"
                ? { ...told, kind: act, on: String(v.on) }
                : { ...told, kind: act };
        const params = { id: check.id, entitlement: h.entitlementId };
        const next = await api.actOnSpotCheck({ params, body });
        message.success(`已登记，这一户现在是“${stateOf(next, h)}”。`);
        done(next);
      }}
    />
  );
}

const stateOf = (check: SpotCheck, h: Household): string =>
  check.households.find((x) => x.entitlementId === h.entitlementId)?.stateLabel ?? "";
