/** 资金公示: what is due, what waits for the second person, what hangs in public and hung, what was said against it. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useState } from "react";
import { may } from "../../app/access.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { ObjectionPanel } from "../rosters/objections.tsx";
import { type Published, UseFigures } from "./use-figures.tsx";

type Publicity = Reply<"getFundPublicity">;
type Due = Publicity["due"]["rows"][number];
type Doing =
  | { readonly what: "draft"; readonly of?: Due }
  | { readonly what: "return" | "take-down"; readonly of: Published };

export default function UsePublicityPage() {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { account } = useSession();
  const asked = ask("getFundPublicity", {});
  const query = useQuery(asked);
  const [doing, setDoing] = useState<Doing | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const close = () => setDoing(null);
  const kept = (next: Publicity, said: string) => {
    queries.setQueryData(asked.queryKey, next);
    void queries.invalidateQueries({ queryKey: ask("workbench", {}).queryKey });
    message.success(said);
    close();
  };
  async function confirm(p: Published) {
    setBusy(p.id);
    try {
      const next = await api.decideFundUse({ params: { id: p.id }, body: { confirm: true, note: "" } });
      kept(next, "已确认，居民现在可以看到。");
    } catch (e) {
      message.error(sentence(e));
      void query.refetch();
    } finally {
      setBusy(null);
    }
  }
  return (
    <Page
      title="资金公示"
      testId="fund-publicity"
      note="一人起草，同级或上级的另一人确认后公示；数字取起草时的台账，公示后不变，期满自动撤下，不含个人信息。"
      actions={
        (query.data?.places.length ?? 0) > 0 && (
          <Button type="primary" onClick={() => setDoing({ what: "draft" })} data-testid="draft-use">
            起草一期
          </Button>
        )
      }
    >
      <Loaded query={query} rows={6}>
        {(p) => {
          const waiting = p.list.filter((x) => x.decision === null);
          const others = p.list.filter((x) => x.decision !== null);
          return (
            <>
              {waiting.length > 0 && (
                <Panel title="待确认" testId="use-waiting">
                  <ul className="line-list">
                    {waiting.map((x) => (
                      <li key={x.id} data-testid="use-draft">
                        <div className="line-grow">
                          <b>{x.title}</b> <State tone="waiting">待另一人确认</State>
                          <div className="quiet small">
                            {x.draftedBy} {x.draftedOn} 起草；确认后居民看到的就是下面的数字
                            {p.days !== null && `，公示 ${p.days} 天`}
                          </div>
                          <UseFigures of={x} />
                          {/* Under the figures: beside them they would leave no room on a phone. */}
                          <div className="row">
                            {x.canReturn && (
                              <Button
                                size="small"
                                onClick={() => setDoing({ what: "return", of: x })}
                                data-testid="return-use"
                              >
                                {x.canConfirm ? "退回" : "撤回"}
                              </Button>
                            )}
                            {x.canConfirm && (
                              <Button
                                size="small"
                                type="primary"
                                loading={busy === x.id}
                                onClick={() => void confirm(x)}
                                data-testid="confirm-use"
                              >
                                确认公示
                              </Button>
                            )}
                          </div>
                        </div>
                      </li>
                    ))}
                  </ul>
                </Panel>
              )}
              <DuePanel of={p.due} draft={(of) => setDoing({ what: "draft", of })} />
              <Panel id="use-publicity" title="资金使用公示" testId="use-publicity">
                {others.length === 0 ? (
                  <Blank small mark="示" title="还没有公示过">
                    {p.days === null
                      ? "本县没有“资金使用公示天数”，由县级经办在“政策标准”里录入后才能公示。"
                      : `按月、季或年公示，公示 ${p.days} 天。`}
                  </Blank>
                ) : (
                  <ul className="line-list">
                    {others.map((x) => (
                      <Hung key={x.id} of={x} takeDown={() => setDoing({ what: "take-down", of: x })} />
                    ))}
                  </ul>
                )}
              </Panel>
              {doing?.what === "draft" && <DraftDrawer of={p} due={doing.of} close={close} kept={kept} />}
            </>
          );
        }}
      </Loaded>
      {may(account.role, "listFundObjections") && <UseObjections hung={query.data?.list ?? []} />}
      {doing !== null && doing.what !== "draft" && (
        <ReasonDrawer of={doing.of} taking={doing.what === "take-down"} close={close} kept={kept} />
      )}
    </Page>
  );
}

function Hung({ of: x, takeDown }: { of: Published; takeDown: () => void }) {
  const state =
    x.decision === "returned"
      ? "已退回"
      : x.takeDownReason !== null
        ? "已撤下"
        : x.ended
          ? `已期满（至 ${x.toDate}）`
          : `公示中，至 ${x.toDate}`;
  return (
    <li data-testid="use-published">
      <div className="line-grow">
        <b>{x.title}</b> <State tone={state.startsWith("公示中") ? "active" : "neutral"}>{state}</State>
        <div className="quiet small">
          {x.draftedBy} {x.draftedOn} 起草
          {x.decision === "returned" && `；${x.decidedBy}退回：${x.decidedNote}`}
          {x.decision === "confirmed" && `；${x.decidedBy} ${x.fromDate} 确认公示`}
          {x.decision === "unchecked" && `并公示（当时还没有第二人确认）`}
          {x.takeDownReason !== null && `；${x.takenDownBy}撤下：${x.takeDownReason}`}
        </div>
        <details>
          <summary>公示的数字</summary>
          <UseFigures of={x} />
        </details>
      </div>
      {x.canTakeDown && (
        <Button size="small" onClick={takeDown} data-testid="take-down-use">
          撤下
        </Button>
      )}
    </li>
  );
}

/** What is due and not hung first; what was hung in the last year stays folded. */
function DuePanel({ of: due, draft }: { of: Publicity["due"]; draft: (of: Due) => void }) {
  const open = due.rows.filter((r) => r.publishedOn === null);
  const done = due.rows.filter((r) => r.publishedOn !== null);
  return (
    <Panel title="应公示" testId="use-due" extra={<span className="quiet small">近一年</span>}>
      <p className="quiet small">{due.cadence}</p>
      {open.length === 0 && (
        <Blank small mark="期" title={due.rows.length === 0 ? "没有应公示的" : "应公示的都公示了"} />
      )}
      <ul className="line-list">
        {open.map((r) => (
          <li key={`${r.divisionCode}/${r.period}`} data-testid="use-due-row">
            <div className="line-grow">
              <b>{r.title}</b>
              <div className="quiet small">应于 {r.dueOn} 前公示</div>
            </div>
            <State tone={r.late ? "bad" : "waiting"}>
              {r.late ? "逾期" : ""}
              {r.waiting ? "待确认" : r.late ? "未起草" : "待起草"}
            </State>
            {r.canDraft && (
              <Button size="small" onClick={() => draft(r)} data-testid="draft-due">
                起草
              </Button>
            )}
          </li>
        ))}
      </ul>
      {done.length > 0 && (
        <details>
          <summary>
            已公示 {done.length} 期，按期 {done.filter((r) => r.onTime).length} 期
          </summary>
          <ul className="line-list">
            {done.map((r) => (
              <li key={`${r.divisionCode}/${r.period}`}>
                <div className="line-grow">
                  {r.title}
                  <div className="quiet small">
                    {r.publishedOn} 公示，期限 {r.dueOn}
                  </div>
                </div>
                <State tone={r.onTime ? "good" : "bad"}>{r.onTime ? "按期" : "逾期公示"}</State>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}

interface DrawerProps {
  close: () => void;
  kept: (next: Publicity, said: string) => void;
}
function DraftDrawer({ of: p, due, close, kept }: DrawerProps & { of: Publicity; due: Due | undefined }) {
  const [id] = useState(newId);
  const today = useToday();
  return (
    <DrawerForm
      title="起草资金使用公示"
      verb="提交确认"
      intro={
        <p className="quiet">
          数字现在从台账读出，之后不再变；由另一人确认后，居民在「看公示」里可以查到。乡镇、村的只有合计，户数太少的不单独显示。
        </p>
      }
      initial={{
        divisionCode: due?.divisionCode ?? p.places[0]?.code,
        ...(due ? { period: due.period } : {}),
      }}
      fields={[
        {
          name: "divisionCode",
          label: "哪里的",
          type: "choice",
          required: true,
          choices: p.places.map((x) => ({ value: x.code, label: x.name })),
        },
        { name: "period", label: "哪一期", type: "choice", required: true, choices: periods(today) },
      ]}
      close={close}
      send={async (v) => {
        const body = { id, divisionCode: String(v.divisionCode), period: String(v.period) };
        kept(await api.draftFundUse({ body }), "已起草，等另一人确认。");
      }}
    />
  );
}

function ReasonDrawer({ of: x, taking, close, kept }: DrawerProps & { of: Published; taking: boolean }) {
  const verb = taking ? "撤下" : x.canConfirm ? "退回" : "撤回";
  return (
    <DrawerForm
      title={`${verb}${x.title}的公示`}
      verb={verb}
      fields={[{ name: "reason", label: `${verb}原因`, type: "longtext", required: true, min: 2, max: 300 }]}
      close={close}
      send={async (v) => {
        const params = { id: x.id };
        const reason = String(v.reason);
        const next = taking
          ? await api.takeDownFundUse({ params, body: { id: newId(), reason } })
          : await api.decideFundUse({ params, body: { confirm: false, note: reason } });
        kept(next, `已${verb}。`);
      }}
    />
  );
}

function UseObjections({ hung }: { hung: readonly Published[] }) {
  const queries = useQueryClient();
  const asked = ask("listFundObjections", {});
  const query = useQuery(asked);
  return (
    <ObjectionPanel
      title="对资金使用公示的异议"
      testId="use-objections"
      recordRoute="recordFundObjection"
      query={query}
      hung={hung.filter((x) => x.fromDate !== null && x.takeDownReason === null)}
      record={(body) => api.recordFundObjection({ body })}
      answer={(objectionId, body) => api.answerFundObjection({ params: { id: objectionId }, body })}
      kept={(rows) => queries.setQueryData(asked.queryKey, rows)}
    />
  );
}

/** The months, quarters and years of this year and the last that are over, the latest first. */
function periods(today: string): { value: string; label: string }[] {
  const thisYear = Number(today.slice(0, 4));
  return [thisYear, thisYear - 1].flatMap((year) => {
    const month = (n: number) => `${year}-${String(n).padStart(2, "0")}`;
    const over = (last: number) => month(last) < today.slice(0, 7);
    const months = Array.from({ length: 12 }, (_, i) => 12 - i).filter(over);
    return [
      ...(over(12) ? [{ value: String(year), label: `${year}年` }] : []),
      ...[4, 3, 2, 1]
        .filter((q) => over(q * 3))
        .map((q) => ({ value: `${year}Q${q}`, label: `${year}年第${"一二三四"[q - 1]}季度` })),
      ...months.map((n) => ({ value: month(n), label: `${year}年${n}月` })),
    ];
  });
}
