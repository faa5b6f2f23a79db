/** One alert with its evidence, the rows themselves and its clue; and what somebody at the desk says of it. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { Button, Drawer } from "antd";
import { useRef, useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";

export const TONES = {
  pending: "waiting",
  confirmed: "good",
  false: "neutral",
  "no-change": "neutral",
  withdrawn: "neutral",
} as const;

export function OneAlert({ id, close }: { id: string; close: () => void }) {
  const page = useQuery(ask("getAlert", { params: { id } }));
  const [judging, setJudging] = useState(false);
  return (
    <Drawer open onClose={close} title="预警和证据" size={640} data-testid="alert-page">
      <Loaded query={page}>
        {(a) => (
          <div data-testid="alert">
            <h3>{a.title}</h3>
            <p>{a.reason}</p>
            <dl className="fact-list">
              <Fact label="姓名" value={a.person} />
              <Fact label="所在地" value={a.divisionName} />
              <Fact
                label="建议"
                value={a.actBy ? `${a.proposesLabel}，${a.actBy} 前提出` : a.proposesLabel}
              />
              {a.overpaidFen !== null && a.overpaidFen > 0 && (
                <Fact label="此后已发（估算）" value={`${yuan(a.overpaidFen)} 元，是否追回由人决定`} />
              )}
              {a.evidence.map((e) => (
                <Fact key={e.label} label={e.label} value={e.value} />
              ))}
              {a.bring.length > 0 && <Fact label="上门请带" value={a.bring.join("、")} />}
              {a.clue && (
                <Fact
                  label="线索"
                  value={
                    <>
                      <Link to="/clues/$id" params={{ id: a.clue.id }} data-testid="alert-clue">
                        {a.clue.number}
                      </Link>
                      <span className="quiet small">{a.clue.stateLabel}</span>
                    </>
                  }
                />
              )}
              <Fact label="规则版本" value={a.ruleVersion} />
              <Fact label="出现" value={`${a.seen} 次，最近 ${a.lastSeenOn}`} />
              {a.goneAsOf && (
                <Fact
                  label="最新名单"
                  value={`截至 ${a.goneAsOf} 的名单里已没有这一情况，核对不再计它；是否属实仍由人核查`}
                />
              )}
            </dl>
            <h4>数据原文</h4>
            {a.records.map((r, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a list may say the same twice
              <section key={n} className="alert-record" data-testid="alert-record">
                {a.records.length > 1 && <h5>第 {n + 1} 条</h5>}
                <Facts rows={a.columns.map((c, i) => [c, r[i] || "—"] as const)} />
              </section>
            ))}
            {a.judgement ? (
              <p>
                <State tone={TONES[a.state]}>{a.stateLabel}</State> {a.judgement.outcome}
                <span className="quiet small">（{a.judgement.by}）</span>
              </p>
            ) : (
              a.canJudge && (
                <Button type="primary" data-testid="judge" onClick={() => setJudging(true)}>
                  登记核查结果
                </Button>
              )
            )}
            {judging && <JudgeForm alert={a} close={() => setJudging(false)} />}
          </div>
        )}
      </Loaded>
    </Drawer>
  );
}

const Fact = ({ label, value }: { label: string; value: React.ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
);

function JudgeForm({ alert, close }: { alert: Reply<"getAlert">; close: () => void }) {
  const queries = useQueryClient();
  const request = useRef(newId());
  return (
    <DrawerForm
      title="登记核查结果"
      verb="登记"
      intro={
        alert.clue &&
        alert.clue.state !== "closed" && (
          <p className="quiet">
            误报或者不用变动的，还没有人上门的线索随之办结；属实的，线索照常由人上门、办理。
          </p>
        )
      }
      fields={[
        {
          name: "judgement",
          label: "核查结果",
          type: "choice",
          required: true,
          choices: [
            { value: "confirmed", label: "属实" },
            { value: "no-change", label: "属实、无需变动" },
            { value: "false", label: "误报" },
          ],
        },
        { name: "outcome", label: "核查情况", type: "longtext", required: true, min: 2, max: 500 },
        alert.proposes === "help"
          ? {
              name: "helpedFen",
              label: "预计每月帮助（元）",
              type: "money",
              visible: { field: "judgement", is: "confirmed" },
            }
          : {
              name: "savedFen",
              label: "预计每月少发（元）",
              type: "money",
              visible: { field: "judgement", is: "confirmed" },
            },
      ]}
      initial={{}}
      close={close}
      send={async (v) => {
        await api.judgeAlert({
          params: { id: alert.id },
          body: {
            ...{ id: request.current, judgement: v.judgement as "confirmed", outcome: String(v.outcome) },
            ...{ savedFen: Number(v.savedFen ?? 0), helpedFen: Number(v.helpedFen ?? 0) },
          },
        });
        for (const k of ["getAlert", "listAlerts", "listAlertRules", "listClues", "clueFunnel", "getClue"])
          void queries.invalidateQueries({ queryKey: [k] });
        close();
      }}
    />
  );
}
