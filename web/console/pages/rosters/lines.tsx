import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { RosterLine } from "@wuxin/contract";
import { Button, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { signedYuan, yuan } from "../../../kit/format.ts";
import { ask } from "../../app/api.ts";
import { besideOf, SearchBox, Steps } from "../../parts/list.tsx";
import { Shape, State } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { ChooseDrawer } from "./choose.tsx";
import { HoldDrawer } from "./hold.tsx";
import type { Roster } from "./roster.tsx";
import { CHANGES, LINE_STATES, LINE_TONE } from "./words.ts";

const route = getRouteApi("/rosters/$id");
const SIZE = 50;

export function Lines({ roster }: { roster: Roster }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [acting, setActing] = useState<Acting | null>(null);
  const { after: _after, before: _before, change, ...rest } = search;
  const lines = useQuery({
    ...ask("listRosterLines", {
      params: { id: roster.id },
      query: {
        ...rest,
        ...(change && change in CHANGES ? { change: change as RosterLine["change"] } : {}),
        ...besideOf(search),
        size: SIZE,
      },
    }),
    placeholderData: keepPreviousData,
  });
  const set = (next: Partial<typeof search>) =>
    void navigate({
      to: "/rosters/$id",
      params: { id: roster.id },
      search: { ...search, after: "", before: "", ...next },
    });
  const before = roster.state === "draft" || roster.state === "made" || roster.state === "checked";

  return (
    <Panel flush testId="lines">
      <div className="roster-filters">
        <fieldset className="chips" aria-label="与上月相比">
          {roster.changes.map((c) => (
            <button
              key={c.change}
              type="button"
              className="chip"
              aria-pressed={change === c.change}
              onClick={() => set({ change: change === c.change ? "" : c.change })}
              data-testid={`change-${c.change}`}
            >
              {c.label} <b>{c.count}</b>
              <span className="quiet small">
                {c.change === "same" ? yuan(c.amountFen) : signedYuan(c.amountFen)}
              </span>
            </button>
          ))}
        </fieldset>
        {roster.flags.length > 0 && (
          <fieldset className="chips" aria-label="疑点">
            {roster.flags.map((f) => (
              <button
                key={f.rule}
                type="button"
                className={before && f.open > 0 && f.severity === "block" ? "chip chip-block" : "chip"}
                aria-pressed={search.flag === f.rule}
                onClick={() => set({ flag: search.flag === f.rule ? "" : f.rule })}
                data-testid={`flag-${f.rule}`}
              >
                <Shape tone={f.open === 0 ? "good" : f.severity === "block" ? "bad" : "warn"} />
                {f.label} <b>{f.count}</b>
                {before && (
                  <span className={f.open > 0 ? "small" : "small quiet"}>
                    {f.open === 0 ? "已处理" : `${f.severity === "block" ? "待处理" : "请核对"} ${f.open}`}
                  </span>
                )}
              </button>
            ))}
          </fieldset>
        )}
        {roster.held > 0 && roster.whyNotRelease && (
          <p className="quiet small" data-testid="why-not-release">
            {roster.whyNotRelease}
          </p>
        )}
        <div className="filters">
          <SearchBox value={search.q} label="领取人、序号" onChange={(q) => set({ q: q ?? "" })} />
          <Select
            aria-label="状态"
            allowClear
            placeholder="状态不限"
            {...(search.state ? { value: search.state } : {})}
            onChange={(v?: string) => set({ state: v ?? "" })}
            options={LINE_STATES.map(([value, label]) => ({ value, label }))}
          />
          <Select
            aria-label="事项"
            allowClear
            placeholder="全部事项"
            popupMatchSelectWidth={false}
            {...(search.item ? { value: search.item } : {})}
            onChange={(v?: string) => set({ item: v ?? "" })}
            options={roster.byItem.map((i) => ({ value: i.item, label: i.itemTitle }))}
          />
        </div>
      </div>
      <Loaded query={lines} rows={8}>
        {(data) => (
          <>
            {data.total === 0 ? (
              <Blank mark="笔" title="没有符合条件的笔次">
                点上面的「新增」「停发」等可以只看一类，再点一次取消。
              </Blank>
            ) : (
              <Table<RosterLine>
                size="small"
                rowKey="id"
                dataSource={data.rows}
                columns={columns(roster, setActing)}
                pagination={false}
                scroll={{ x: "max-content" }}
                loading={lines.isPlaceholderData}
              />
            )}
            <Steps {...data} go={set} />
          </>
        )}
      </Loaded>
      {acting?.act === "choose" && (
        <ChooseDrawer roster={roster} line={acting.line} close={() => setActing(null)} />
      )}
      {acting && acting.act !== "choose" && (
        <HoldDrawer
          roster={roster}
          line={acting.line}
          release={acting.act === "release"}
          close={() => setActing(null)}
        />
      )}
    </Panel>
  );
}

interface Acting {
  readonly line: RosterLine;
  readonly act: "hold" | "release" | "choose";
}
const doubled = (l: RosterLine) => l.state === "held" && l.flags.some((f) => f.rule === "double");

const columns = (
  { state, can, whyNotRelease, held }: Roster,
  act: (a: Acting) => void,
): TableColumnsType<RosterLine> => [
  { title: "序号", dataIndex: "seq", className: "num" },
  {
    title: "领取人",
    dataIndex: "payee",
    render: (n: string, l) => (
      <>
        <Link to="/entitlements/$id" params={{ id: l.entitlementId }} className="nowrap">
          {n}
        </Link>
        <div className="quiet small">{l.divisionName}</div>
        {l.flags.map((f) => (
          <div
            key={f.rule}
            className={`line-note small ${f.answer ? "quiet" : f.severity === "block" ? "danger" : "warning"}`}
          >
            <Shape tone={f.answer ? "good" : f.severity === "block" ? "bad" : "warn"} /> {f.label}：{f.reason}
            {f.answer && `（${f.answer}）`}
          </div>
        ))}
        {l.holdReason && <div className="quiet small line-note">暂缓：{l.holdReason}</div>}
        {l.failReason && <div className="danger small line-note">失败：{l.failReason}</div>}
      </>
    ),
  },
  {
    title: "事项",
    dataIndex: "itemTitle",
    className: "nowrap",
    render: (t: string, l) => (
      <>
        {t}
        <div className="quiet small">
          {CHANGES[l.change]} · {l.month}
        </div>
      </>
    ),
  },
  { title: "人数", dataIndex: "persons", className: "num" },
  {
    title: "金额（元）",
    dataIndex: "amountFen",
    className: "num",
    render: (a: number, l) => (
      <>
        <b>{yuan(a)}</b>
        {l.previousFen !== null && l.previousFen !== a && (
          <div className="quiet small">上月 {yuan(l.previousFen)}</div>
        )}
      </>
    ),
  },
  {
    title: "账户",
    dataIndex: "accountMasked",
    className: "nowrap",
    render: (a: string, l) => (
      <>
        {a || <span className="warning">未登记</span>}
        <div className="quiet small">{l.holderName}</div>
      </>
    ),
  },
  {
    title: "状态",
    dataIndex: "stateLabel",
    render: (t: string, l) => <State tone={LINE_TONE[l.state]}>{t}</State>,
  },
  ...(can.hold || (held > 0 && (can.release || whyNotRelease))
    ? [
        {
          title: "处理",
          render: (_: unknown, l: RosterLine) => {
            if (l.state === "ready" && can.hold)
              return (
                <Button size="small" onClick={() => act({ line: l, act: "hold" })} data-testid="hold">
                  暂缓
                </Button>
              );
            if (l.state !== "held") return null;
            // What stands and what the other would give may be seen by whoever may not choose.
            if (doubled(l) && state === "draft")
              return (
                <Button size="small" onClick={() => act({ line: l, act: "choose" })} data-testid="choose">
                  择一
                </Button>
              );
            return can.release ? (
              <Button size="small" onClick={() => act({ line: l, act: "release" })} data-testid="release">
                放行
              </Button>
            ) : (
              <span className="quiet small" data-testid="release-by-another">
                {whyNotRelease && "须另一人放行"}
              </span>
            );
          },
        },
      ]
    : []),
];
