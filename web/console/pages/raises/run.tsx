/** One 提标: what it will cost and whom it touches, released by a second person, carried out with a bar, kept as a report. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { App, Button, Progress } from "antd";
import { useState } from "react";
import { shanghaiDay, signedYuan, yuan } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { Figure } from "../../parts/figure.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/standards.css";
import { Households } from "./households.tsx";
import { RUN_TONE, type Run } from "./words.ts";

const route = getRouteApi("/raises/$id");
const n = (value: number) => value.toLocaleString("zh-CN");
const working = (r: Run | undefined) => r?.job?.state === "queued" || r?.job?.state === "running";

export default function RaiseRoute() {
  const { id } = route.useParams();
  const query = useQuery({
    ...ask("getReprice", { params: { id } }),
    // While it works the bar moves; then nothing is asked any more.
    refetchInterval: (q) => (working(q.state.data as Run | undefined) ? 1_000 : false),
  });
  return <Loaded query={query}>{(r) => <RaiseView of={r} />}</Loaded>;
}

function RaiseView({ of: r }: { of: Run }) {
  const told = r.report ?? r.preview;
  return (
    <Page
      title={`${r.cause === "rule" ? "规则变动" : "提标"} · ${r.label}`}
      testId="raise"
      crumbs={
        <>
          <Link to="/raises">提标</Link>
          <span>{r.label}</span>
        </>
      }
      note={
        <span className="row">
          <State tone={RUN_TONE[r.state]}>{r.stateLabel}</State>
          {r.document} · {r.firstMonth} 起执行 · {r.items.join("、")}
          {r.cause === "rule" ? (
            <Link to="/rules/versions/$id" params={{ id: r.standardId }}>
              规则
            </Link>
          ) : (
            <Link to="/standards/$name" params={{ name: r.standard }}>
              标准
            </Link>
          )}
        </span>
      }
      actions={<Moves of={r} />}
    >
      {r.whyNotRelease && (
        <p className="quiet" data-testid="why-not-release">
          {r.whyNotRelease}
        </p>
      )}
      {(working(r) || r.job?.state === "failed" || r.job?.state === "cancelled") && r.state !== "done" && (
        <Bar of={r} />
      )}
      {told && <Told of={told} run={r} />}
      {r.report && <Done of={r} />}
      <Households run={r} />
    </Page>
  );
}

const toldIn = (r: Run, code: string) => r.told.find((t) => t.code === code)?.households ?? 0;

function Bar({ of: r }: { of: Run }) {
  const { job } = r;
  if (!job) return null;
  const percent = job.total ? Math.floor((job.done / job.total) * 100) : 0;
  return (
    <Panel title={r.state === "counting" ? "测算" : "逐户调整"} testId="raise-progress">
      <Progress
        percent={percent}
        status={job.state === "failed" ? "exception" : "active"}
        aria-label={`已办 ${percent}%`}
      />
      <p className="quiet">
        {n(job.done)} / {job.total === null ? "—" : n(job.total)} 户
        {job.state === "cancelled" && "，已暂停；已调整的不变，可以继续。"}
        {job.error && `：${job.error}`}
      </p>
    </Panel>
  );
}

function Told({ of: t, run }: { of: NonNullable<Run["preview"]>; run: Run }) {
  const mayPrint = may(useSession().account.role, "listRepriceNotices");
  const left = t.total.lower + t.total.leave + t.total.unknown;
  return (
    <>
      <Panel title={run.report ? "办理结果" : "测算结果"} testId="raise-told">
        <div className="impact-figures">
          <Figure label="在享" value={n(t.total.households)} unit="户（人）" />
          <Figure label="金额增加" value={n(t.total.raise)} unit="户（人）" testId="raised" />
          <Figure
            label="每月"
            value={signedYuan(t.total.afterFen - t.total.beforeFen)}
            unit="元"
            note={`${yuan(t.total.beforeFen)} → ${yuan(t.total.afterFen)}`}
            testId="monthly"
          />
          <Figure label="过去月份补发" value={yuan(t.total.backFen)} unit="元" testId="back" />
          <Figure label="需逐户处理" value={n(left)} unit="户（人）" />
        </div>
        <p className="quiet">
          不变 {n(t.total.same)} 户；按新标准会降低 {n(t.total.lower)} 户、不再符合 {n(t.total.leave)}{" "}
          户、缺少事实 {n(t.total.unknown)} 户，
          {run.lowers ? "降低的从下月起调整，其余" : "这些"}不自动改，列在下面由人复核。
        </p>
      </Panel>
      <div className="columns-2">
        <Panel title="按乡镇" testId="raise-townships" flush>
          <Scroll label="按乡镇">
            <table className="plain-table">
              <thead>
                <tr>
                  <th>乡镇（街道）</th>
                  <th className="num">户</th>
                  <th className="num">增加</th>
                  <th className="num">原每月（元）</th>
                  <th className="num">新每月（元）</th>
                  <th className="num">补发（元）</th>
                </tr>
              </thead>
              <tbody>
                {t.townships.map((x) => (
                  <tr key={x.code}>
                    <td>
                      {run.state === "done" && x.raise > 0 && mayPrint ? (
                        <>
                          <Link
                            to="/raises/$id/notices"
                            params={{ id: run.id }}
                            search={{ division: x.code }}
                          >
                            {x.name}通知书
                          </Link>
                          <div className="quiet small">已通知 {n(toldIn(run, x.code))} 户</div>
                        </>
                      ) : (
                        x.name
                      )}
                    </td>
                    <td className="num">{n(x.households)}</td>
                    <td className="num">{n(x.raise)}</td>
                    <td className="num">{yuan(x.beforeFen)}</td>
                    <td className="num">{yuan(x.afterFen)}</td>
                    <td className="num">{yuan(x.backFen)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </Panel>
        <div className="side-stack">
          {t.back.length > 0 && (
            <Panel title="过去的月份，随下一份名册补发" testId="raise-back">
              <table className="plain-table">
                <thead>
                  <tr>
                    <th>月份</th>
                    <th className="num">户</th>
                    <th className="num">补发（元）</th>
                  </tr>
                </thead>
                <tbody>
                  {t.back.map((b) => (
                    <tr key={b.month}>
                      <td className="tabular">{b.month}</td>
                      <td className="num">{n(b.households)}</td>
                      <td className="num">{yuan(b.amountFen)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <p className="quiet small">
                {t.month}{" "}
                的名册已经送银行的，这个月的差额也随下一份补发，不在上面的数里；暂缓的一笔，放行以后再补。
              </p>
            </Panel>
          )}
          {run.entering.length > 0 && (
            <Panel title={`新达标的 ${run.entering.length} 户，请通知申请`} testId="raise-entering">
              <ul className="line-list">
                {run.entering.map((e) => (
                  <li key={e.caseId}>
                    <Link to="/cases/$id" params={{ id: e.caseId }} className="line-grow">
                      {e.name}
                    </Link>
                    <span className="quiet">{e.divisionName}</span>
                    <span className="tabular">{yuan(e.amountFen)} 元／月</span>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
        </div>
      </div>
    </>
  );
}

function Done({ of: r }: { of: Run }) {
  const rate = r.repriced === 0 ? null : Math.floor((r.paid / r.repriced) * 1000) / 10;
  return (
    <Panel title="落实" testId="raise-done">
      <Facts
        rows={[
          [
            "放行",
            `${r.releasedBy ?? ""} ${r.releasedAt ? shanghaiDay(r.releasedAt) : ""}${r.releaseNote ? `：${r.releaseNote}` : ""}`,
          ],
          ["办完", `${r.endedAt ? shanghaiDay(r.endedAt) : ""}，用时 ${r.report?.seconds ?? 0} 秒`],
          [
            "提标落实率",
            rate === null ? "—" : `${rate}%（已按新金额发放 ${n(r.paid)} 户／已调整 ${n(r.repriced)} 户）`,
          ],
          [
            "逐户通知书",
            `已出 ${n(r.told.reduce((sum, t) => sum + t.households, 0))} 份／应出 ${n(r.repriced)} 份`,
          ],
          ...r.versions.map((v): [string, string] => [
            `${v.title}规则版本`,
            `${v.from} 起 ${v.version.slice(0, 12)}`,
          ]),
        ]}
      />
    </Panel>
  );
}

type Move = "pause" | "resume" | "cancel" | "recount" | "lower";
const SAID: Record<Move, string> = {
  pause: "办完手上的一批就停。",
  resume: "已继续。",
  cancel: "已取消；已调整的不变。",
  recount: "已重新测算。",
  lower: "已重新测算，降低的也算进去。",
};

function Moves({ of: r }: { of: Run }) {
  const { account } = useSession();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const go = useNavigate();
  const left = (r.report ?? r.preview)?.total.lower ?? 0;
  const [releasing, setReleasing] = useState(false);
  const refresh = (next: Run) => {
    queries.setQueryData(ask("getReprice", { params: { id: next.id } }).queryKey, next);
    for (const k of ["listReprices", "workbench", "listEntitlements"])
      void queries.invalidateQueries({ queryKey: [k] });
  };
  const move = useMutation({
    mutationFn: (kind: Move) => {
      const at = { params: { id: r.id } };
      if (kind === "pause") return api.pauseReprice(at);
      if (kind === "resume") return api.resumeReprice(at);
      if (kind === "cancel") return api.cancelReprice(at);
      return api.openReprice({ body: { id: newId(), standardId: r.standardId, lowers: kind === "lower" } });
    },
    onSuccess: (next, kind) => {
      refresh(next);
      message.success(SAID[kind]);
      if (kind === "recount" || kind === "lower") void go({ to: "/raises/$id", params: { id: next.id } });
    },
    onError: (e) => message.error(sentence(e)),
  });
  if (!may(account.role, "previewStandard")) return null;
  const button = (kind: Move, label: string) => (
    <Button
      key={kind}
      loading={move.isPending}
      onClick={() => move.mutate(kind)}
      data-testid={`raise-${kind}`}
    >
      {label}
    </Button>
  );
  return (
    <>
      {r.can.pause && button("pause", "暂停")}
      {r.can.resume && button("resume", "继续")}
      {r.can.cancel && button("cancel", "取消这次提标")}
      {r.can.recount && button("recount", "重新测算")}
      {r.can.recount && left > 0 && button("lower", "重新测算，降低的从下月起也调整")}
      {r.can.release && (
        <Button type="primary" onClick={() => setReleasing(true)} data-testid="raise-release">
          放行
        </Button>
      )}
      {releasing && (
        <DrawerForm
          title="放行提标"
          verb="放行"
          intro={
            <p>
              {n(r.raised ?? 0)} 户（人）的金额将增加，每月 {signedYuan(r.monthlyFen ?? 0)}{" "}
              元；过去的月份共补发 {yuan(r.backFen ?? 0)} 元，随下一份名册发出。旧月份的原金额保留可查。
            </p>
          }
          fields={[{ name: "note", label: "意见", type: "longtext", max: 500 }]}
          close={() => setReleasing(false)}
          send={async (v) => {
            refresh(await api.releaseReprice({ params: { id: r.id }, body: { note: String(v.note ?? "") } }));
            message.success("已放行，正在逐户调整。");
            setReleasing(false);
          }}
        />
      )}
    </>
  );
}
