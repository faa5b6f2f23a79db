/** 数据比对: which lists there are, how fresh each is, a file dropped here, and what became of each file. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { dateTime, fileSize } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, type Reply } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DropList } from "../../parts/drop-list.tsx";
import { State } from "../../parts/marks.tsx";
import { Go, Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/matching.css";
import { Fall, Fallen } from "./fall.tsx";

type Feed = Reply<"listFeeds">[number];
type Run = Reply<"listFeedRuns">[number];

export default function Feeds() {
  const { account } = useSession();
  const feeds = useQuery(ask("listFeeds", {}));
  const runs = useQuery({
    ...ask("listFeedRuns", { query: {} }),
    refetchInterval: (q) => (q.state.data?.some((r) => r.state === "waiting") ? 1500 : false),
  });
  const [chosen, setChosen] = useState<Feed | null>(null);
  const send = may(account.role, "uploadFeed");
  return (
    <Page
      title="数据比对"
      testId="feeds"
      note="只保留与本县在册人员有关的行；比对结束，原文件随即删除。预警只是线索，停发、增发都由人决定。"
    >
      {chosen && <Upload key={chosen.code} feed={chosen} close={() => setChosen(null)} />}
      <Panel title="数据源" flush>
        <Loaded query={feeds}>
          {(list) => (
            <Table<Feed>
              size="small"
              rowKey="code"
              dataSource={[...list]}
              columns={feedColumns(send ? setChosen : null)}
              pagination={false}
              scroll={{ x: "max-content" }}
            />
          )}
        </Loaded>
      </Panel>
      <Panel title="比对记录" testId="feed-runs" flush>
        <Loaded query={runs}>
          {(list) =>
            list.length === 0 ? (
              <Blank mark="比" title="还没有收到数据">
                在上面选一个数据源上传文件；行数、命中人数、没收下的行和原因都会列在这里。
              </Blank>
            ) : (
              <Table<Run>
                size="small"
                rowKey="id"
                dataSource={[...list]}
                columns={runColumns}
                pagination={list.length > 20 ? { pageSize: 20, size: "small" } : false}
              />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

const feedColumns = (choose: ((f: Feed) => void) | null): TableColumnsType<Feed> => [
  {
    title: "数据源",
    dataIndex: "title",
    render: (t: string, f) => (
      <>
        {t}
        <span className="quiet small"> {f.extent === "whole" ? "全量" : "增量"}</span>
        {f.authorisedOnly && <span className="quiet small"> 仅限已授权的人</span>}
      </>
    ),
  },
  {
    title: "数据截至",
    dataIndex: "lastAsOf",
    className: "nowrap",
    render: (d: string | null, f) =>
      f.last === null ? (
        <State tone="neutral">还没有数据</State>
      ) : (
        <>
          {f.stale ? (
            <State tone="warn">
              {d}，已超过 {f.freshDays} 天
            </State>
          ) : (
            d
          )}
          <br />
          <span className="quiet small">
            {f.last.originLabel} {dateTime(f.last.receivedAt)}
          </span>
          {f.last.fall?.state === "held" && (
            <>
              <br />
              <Fallen run={f.last} />
            </>
          )}
        </>
      ),
  },
  ...(choose
    ? [
        {
          title: "",
          render: (_: unknown, f: Feed) => (
            <Button
              size="small"
              aria-label={`上传${f.title}`}
              data-testid={`upload-${f.code}`}
              onClick={() => choose(f)}
            >
              上传
            </Button>
          ),
        },
      ]
    : []),
  {
    title: "共享申请",
    render: (_, f) =>
      f.ground === null ? (
        <State tone="bad">没有申请，先补</State>
      ) : (
        <Go href={`/registers/${f.ground.register}?entry=${f.ground.entryId}`}>
          <State tone={f.ground.valid ? "good" : "warn"}>
            {f.ground.valid ? `有效${f.ground.until ? `，至 ${f.ground.until}` : ""}` : "没有同意，或已到期"}
          </State>
        </Go>
      ),
  },
  { title: "提供单位", dataIndex: "department" },
  { title: "用途", dataIndex: "purpose", render: (t: string) => <span className="feed-purpose">{t}</span> },
  {
    title: "依据",
    render: (_, f) => (
      <span className="quiet small">{f.basis.map((b) => b.document ?? b.title).join("、")}</span>
    ),
  },
];

function Upload({ feed, close }: { feed: Feed; close: () => void }) {
  const queries = useQueryClient();
  const runs = useQuery(ask("listFeedRuns", { query: { feed: feed.code } }));
  return (
    <Panel
      title={`上传「${feed.title}」`}
      testId="feed-upload"
      extra={
        <Button size="small" onClick={close}>
          取消
        </Button>
      }
    >
      <p className="quiet">
        第一行是表头。必有的列：
        {feed.columns
          .filter((c) => c.required)
          .map((c) => c.label)
          .join("、")}
        ；可有的列：
        {feed.columns
          .filter((c) => !c.required)
          .map((c) => c.label)
          .join("、") || "无"}
        。
      </p>
      <p className="quiet">
        {feed.extent === "whole"
          ? "这是全量名单：要交截至当天的全部记录（可分几份，写同一个日期）。新名单里没有的，旧名单说过的不再算数；比上一份少得太多的，先向提供单位核实。"
          : "这是增量名单：只交上次以后新发生的，旧名单说过的照样算数。"}
      </p>
      <DropList
        verb="上传并比对"
        here={(asOf) => runs.data?.some((r) => r.asOf === asOf && ["waiting", "done"].includes(r.state))}
        send={async (query, f) => {
          await api.uploadFeed({ params: { feed: feed.code }, query, file: f, fileName: f.name });
          void queries.invalidateQueries({ queryKey: ["listFeedRuns"] });
          void queries.invalidateQueries({ queryKey: ["listFeeds"] });
          close();
        }}
      />
    </Panel>
  );
}

const TONES = { waiting: "active", done: "good", refused: "bad", failed: "bad" } as const;

/** A file refused out of a watched folder lies beside its report until somebody takes it away. */
const fileNow = (r: Run): string =>
  r.fileDeletedAt
    ? "原文件已删除"
    : r.state === "refused" && r.origin === "folder"
      ? "原文件连同说明退在监看文件夹的 refused 里"
      : "原文件待删除";

/** Two columns, so that a phone shows the result without scrolling sideways. */
const runColumns: TableColumnsType<Run> = [
  {
    title: "收到的文件",
    render: (_, r) => (
      <div className="feed-result">
        <b>{r.feedTitle}</b>
        <p className="quiet small">
          {r.fileName}（{fileSize(r.fileBytes)}），{r.originLabel}
        </p>
        <p className="quiet small">
          <span className="nowrap">收到 {dateTime(r.receivedAt)}</span>{" "}
          <span className="nowrap">数据截至 {r.asOf}</span>
        </p>
      </div>
    ),
  },
  {
    title: "结果",
    dataIndex: "state",
    render: (s: Run["state"], r) => (
      <div className="feed-result" data-testid={`run-${s}`}>
        <State tone={TONES[s]}>{r.stateLabel}</State>
        {r.refusal && <p className="danger">{r.refusal}</p>}
        {s === "done" && (
          <p>
            {r.rows?.toLocaleString("zh-CN")} 行，命中 {r.persons} 人，新预警 {r.alerts} 条
            {r.again ? `，重复 ${r.again} 条` : ""}
          </p>
        )}
        {r.replacedBy && (
          <p data-testid="run-replaced">
            <State tone="neutral">已被更正</State> 「{r.replacedBy}」替换了这一份，它说的不再算数。
          </p>
        )}
        {r.withdrawn !== null && (
          <p data-testid="run-replaces">
            更正了当天的名单，原来那份不再算数；只有它说到、还没有核查的预警撤回 {r.withdrawn}{" "}
            条，已核查的不变。
          </p>
        )}
        <Fall run={r} />
        {(r.broken !== "" || r.misshapen > 0) && (
          <p className="quiet small">
            没收下：
            {[r.broken, r.misshapen > 0 ? `列数不对 ${r.misshapen} 行` : ""].filter(Boolean).join("；")}
            {r.brokenRows.length > 0 &&
              `（第 ${r.brokenRows.slice(0, 8).join("、")}${r.brokenRows.length > 8 ? "…" : ""} 行）`}
          </p>
        )}
        <p className="quiet small">{fileNow(r)}</p>
      </div>
    ),
  },
];
