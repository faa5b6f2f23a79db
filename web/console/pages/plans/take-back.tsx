/** What was given wrongly is taken back: one asks with a reason, another agrees; both stay to be seen. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { api, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import type { Given } from "./evidence.tsx";
import type { Plan } from "./light.tsx";

const LABELS = { figure: "佐证", acceptance: "验收单", survey: "满意度调查" } as const;

export function TakeBack({ plan, given: e, close }: { plan: Plan; given: Given; close: () => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [id] = useState(newId);
  const confirmed = e.confirmedAt !== null;
  return (
    <DrawerForm
      title={`撤回这份${LABELS[e.kind]}`}
      verb={confirmed ? "提出撤回" : "撤回"}
      intro={
        <p className="quiet">
          {confirmed
            ? "已经确认的要由另一个人同意才撤回，同意以前照常算数。撤回以后这一份仍看得见，只是不再算数；数写错了的，撤回后另填一份。"
            : "还没有人确认，撤回以后就不能再确认了；数写错了的，另填一份。"}
        </p>
      }
      fields={[{ name: "reason", label: "为什么撤回", type: "longtext", required: true, min: 4, max: 300 }]}
      close={close}
      send={async (v) => {
        await api.takeBackPlanEvidence({
          params: { id: plan.id, evidence: e.id },
          body: { id, reason: String(v.reason) },
        });
        await queries.invalidateQueries({ queryKey: ["getPlan"] });
        message.success(confirmed ? "已提出，等另一个人决定。" : "已撤回。");
        close();
      }}
    />
  );
}

/** Asked and waiting, or taken back and by whom. */
export function TakenBack({ plan, given: { id, takeBack: b } }: { plan: Plan; given: Given }) {
  const queries = useQueryClient();
  const { account } = useSession();
  const { message } = App.useApp();
  const [refusing, setRefusing] = useState(false);
  const agreeing = useMutation({
    mutationFn: () => decide(true),
    onError: (e) => message.error(sentence(e)),
  });
  if (!b) return null;
  const mine = b.askedBy === account.id;
  async function decide(accept: boolean, note?: string) {
    await api.decideTakeBack({
      params: { id: plan.id, evidence: id },
      body: { accept, ...(note ? { note } : {}) },
    });
    await queries.invalidateQueries({ queryKey: ["getPlan"] });
    message.success(accept ? "已撤回，从现在起不再算数。" : "没有撤回，照常算数。");
  }
  return (
    <div className="small" data-testid="taken-back">
      {b.decidedAt === null && <State tone="warn">撤回待决定</State>}
      {dateTime(b.askedAt)} {b.askedByName}提出撤回：{b.reason}
      {b.decidedAt !== null && `${dateTime(b.decidedAt)} ${b.decidedByName}同意。`}
      {b.decidedAt === null && (plan.can.edit || mine) && (
        <div className="row">
          {!mine && plan.can.edit && (
            <Button
              type="primary"
              size="small"
              loading={agreeing.isPending}
              onClick={() => agreeing.mutate()}
              data-testid="agree-take-back"
            >
              同意撤回
            </Button>
          )}
          <Button size="small" onClick={() => setRefusing(true)} data-testid="refuse-take-back">
            {mine ? "不撤回了" : "不同意"}
          </Button>
        </div>
      )}
      {refusing && (
        <DrawerForm
          title={mine ? "不撤回了" : "不同意撤回"}
          verb="写定"
          fields={[{ name: "note", label: "原因", type: "text", required: true, min: 4, max: 300 }]}
          close={() => setRefusing(false)}
          send={async (v) => {
            await decide(false, String(v.note));
            setRefusing(false);
          }}
        />
      )}
    </div>
  );
}
