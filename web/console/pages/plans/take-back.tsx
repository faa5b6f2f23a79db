/** What was given or read in wrongly is taken back: one asks with a reason, another agrees; both stay to be seen. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { api, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
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

interface AskedProps {
  asked: NonNullable<Plan["takeBack"]>;
  /** What is done: 撤回, 撤销. */
  verb: string;
  /** The reader may agree to what somebody else asked for, or refuse it. */
  may: boolean;
  decide: (accept: boolean, note?: string) => Promise<unknown>;
}
/** Asked and waiting, or taken back and by whom. */
export function TakenBack({ asked: b, verb, may, decide }: AskedProps) {
  const queries = useQueryClient();
  const { account } = useSession();
  const { message } = App.useApp();
  const [refusing, setRefusing] = useState(false);
  const mine = b.askedBy === account.id;
  async function send(accept: boolean, note?: string) {
    await decide(accept, note);
    await queries.invalidateQueries({ queryKey: ["getPlan"] });
    await queries.invalidateQueries({ queryKey: ["listPlans"] });
    message.success(accept ? `已${verb}，从现在起不再算数。` : `没有${verb}，照常算数。`);
  }
  const agreeing = useMutation({ mutationFn: () => send(true), onError: (e) => message.error(sentence(e)) });
  return (
    <div className="small" data-testid="taken-back">
      {b.decidedAt === null && <State tone="warn">{verb}待决定</State>}
      {dateTime(b.askedAt)} {b.askedByName}提出{verb}：{b.reason}
      {b.decidedAt !== null && `${dateTime(b.decidedAt)} ${b.decidedByName}同意。`}
      {b.decidedAt === null && (may || mine) && (
        <div className="row">
          {!mine && (
            <Button
              type="primary"
              size="small"
              loading={agreeing.isPending}
              onClick={() => agreeing.mutate()}
              data-testid="agree-take-back"
            >
              同意{verb}
            </Button>
          )}
          <Button size="small" onClick={() => setRefusing(true)} data-testid="refuse-take-back">
            {mine ? `不${verb}了` : "不同意"}
          </Button>
        </div>
      )}
      {refusing && (
        <DrawerForm
          title={mine ? `不${verb}了` : `不同意${verb}`}
          verb="写定"
          fields={[{ name: "note", label: "原因", type: "text", required: true, min: 4, max: 300 }]}
          close={() => setRefusing(false)}
          send={async (v) => {
            await send(false, String(v.note));
            setRefusing(false);
          }}
        />
      )}
    </div>
  );
}

/** Asked for, or gone: said at the head of the plan's page. */
export function PlanTakenBack({ plan }: { plan: Plan }) {
  if (!plan.takeBack) return null;
  return (
    <Panel testId="plan-taken-back">
      {plan.takeBack.decidedAt !== null && (
        <p>
          <State tone="bad">已撤销</State>{" "}
          这份计划读错了，已经撤销：目标不再算数，也不结转到以后的计划，只能查看。
        </p>
      )}
      <TakenBack
        asked={plan.takeBack}
        verb="撤销"
        may={plan.can.edit}
        decide={(accept, note) =>
          api.decidePlanTakeBack({
            params: { id: plan.id },
            body: { accept, ...(note ? { note } : {}) },
          })
        }
      />
    </Panel>
  );
}

export function TakePlanBack({ plan, close }: { plan: Plan; close: () => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [id] = useState(newId);
  const evidence = plan.rows.reduce((n, t) => n + t.evidence.length, 0);
  const goes = [
    `${plan.targets} 条目标`,
    evidence > 0 && `佐证 ${evidence} 份`,
    plan.steps.length > 0 && `交办 ${plan.steps.length} 项`,
    plan.urged > 0 && `督办中 ${plan.urged} 条`,
  ].filter(Boolean);
  return (
    <DrawerForm
      title="撤销这份计划"
      verb="提出撤销"
      danger
      intro={
        <p className="quiet">
          读错了文件、重复读入的才撤销；没有完成的目标不能用撤销代替。要由另一个人同意，同意以前照常算数。撤销以后，
          {goes.join("、")}都不再算数，也不结转到以后的计划；原文和经过仍看得见。
        </p>
      }
      fields={[{ name: "reason", label: "为什么撤销", type: "longtext", required: true, min: 4, max: 300 }]}
      close={close}
      send={async (v) => {
        await api.takePlanBack({ params: { id: plan.id }, body: { id, reason: String(v.reason) } });
        await queries.invalidateQueries({ queryKey: ["getPlan"] });
        await queries.invalidateQueries({ queryKey: ["listPlans"] });
        message.success("已提出，等另一个人决定。");
        close();
      }}
    />
  );
}
