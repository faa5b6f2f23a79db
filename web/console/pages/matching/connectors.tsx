/** 定时获取: lists that are fetched from a department's server; where from, when, what came of each try. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Field } from "@wuxin/declare/fields";
import { App, Button, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { dateTime, fileSize } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State, type Tone } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { initialOf, protocolFields, protocolInWords, protocolOf } from "./protocol-fields.ts";
import "../../styles/matching.css";

type Data = Reply<"listFeedConnectors">;
type Connector = Data["connectors"][number];
type Fetch = Data["fetches"][number];

const TONES = { received: "good", same: "neutral", failed: "bad" } as const;
const OUTCOMES = { received: "取到", same: "没有变化", failed: "没有取成" } as const;

export default function Connectors() {
  const { account } = useSession();
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const data = useQuery({
    ...ask("listFeedConnectors", {}),
    // Being fetched, or asked for a moment ago.
    refetchInterval: (q) =>
      q.state.data?.connectors.some((c) => c.state === "fetching" || c.askedByName) ? 1500 : false,
  });
  const [editing, setEditing] = useState<Connector | "new" | null>(null);
  const doing = useMutation({
    mutationFn: (work: () => Promise<Data>) => work(),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["listFeedConnectors"] }),
    onError: (e) => message.error(sentence(e)),
  });
  const act: Acts = {
    now: may(account.role, "askFeedConnector")
      ? (c) => doing.mutate(() => api.askFeedConnector({ params: { feed: c.feed } }))
      : null,
    turn: may(account.role, "switchFeedConnector")
      ? (c, on) => {
          const go = () =>
            doing.mutateAsync(() => api.switchFeedConnector({ params: { feed: c.feed }, body: { on } }));
          if (on) void go().catch(() => undefined);
          else
            modal.confirm({
              title: "停用这个定时获取？",
              content: `${c.department}《${c.feedTitle}》。停用后不再去取，正在取的也不收；地址和口令留着，可以再启用。`,
              okText: "停用",
              cancelText: "先不办",
              onOk: () => go().catch(() => undefined),
            });
        }
      : null,
    edit: may(account.role, "saveFeedConnector") ? setEditing : null,
  };
  const add = act.edit && (data.data?.hosts.length ?? 0) > 0;
  return (
    <Page
      title="定时获取"
      testId="feed-connectors"
      note="到点由系统到对方的服务器取名单，取来就比对，比对完即删。只到本县文件里允许的主机去取。"
      actions={
        add && (
          <Button type="primary" onClick={() => setEditing("new")} data-testid="new-connector">
            添加
          </Button>
        )
      }
    >
      <Loaded query={data}>
        {(d) => (
          <>
            <Panel flush>
              {d.connectors.length === 0 ? (
                <Blank mark="取" title="还没有定时获取">
                  {d.hosts.length === 0
                    ? "本县还没有允许的主机。先在本县的 county.yaml 里写明 fetchHosts（主机、端口、是否内网），再由系统管理员在这里添加。"
                    : `本县允许的主机：${d.hosts.join("、")}。由系统管理员在这里添加。`}
                </Blank>
              ) : (
                <Table<Connector>
                  size="small"
                  rowKey="feed"
                  dataSource={[...d.connectors]}
                  columns={columnsFor(act)}
                  pagination={false}
                />
              )}
            </Panel>
            {d.fetches.length > 0 && (
              <Panel title="每次的结果" flush>
                <Table<Fetch>
                  size="small"
                  rowKey="id"
                  dataSource={[...d.fetches]}
                  columns={FETCHES}
                  pagination={d.fetches.length > 20 ? { pageSize: 20, size: "small" } : false}
                />
              </Panel>
            )}
            {editing && (
              <Edit data={d} was={editing === "new" ? null : editing} close={() => setEditing(null)} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface Acts {
  now: ((c: Connector) => void) | null;
  turn: ((c: Connector, on: boolean) => void) | null;
  edit: ((c: Connector) => void) | null;
}

function nowOf(c: Connector): { tone: Tone; words: string } {
  if (c.state === "off") return { tone: "neutral", words: "已停用" };
  if (c.state === "fetching") return { tone: "active", words: "正在取" };
  if (c.askedByName) return { tone: "active", words: "马上去取" };
  return c.failures > 0 ? { tone: "warn", words: "已启用，没有取成" } : { tone: "good", words: "已启用" };
}

/** Two columns, so that a phone shows everything without scrolling sideways. */
const columnsFor = (act: Acts): TableColumnsType<Connector> => [
  {
    title: "数据源",
    render: (_, c) => (
      <div className="feed-result">
        <b>{c.feedTitle}</b>
        <p className="quiet small">{c.department}</p>
        <p className="quiet small feed-token">{c.url}</p>
        <p className="quiet small">
          {protocolInWords(c.protocol)}，{c.schedule}，
          {c.hasSecret ? (c.protocol.signing ? "密钥已录入" : "口令已录入") : "不用口令"}
        </p>
      </div>
    ),
  },
  {
    title: "情况",
    render: (_, c) => {
      const now = nowOf(c);
      return (
        <div className="feed-result" data-testid={`connector-${c.feed}`}>
          <State tone={now.tone}>{now.words}</State>
          {c.last && (
            <p className={c.last.outcome === "failed" ? "danger" : ""}>
              上次 {dateTime(c.last.endedAt)}：{c.last.words}
              {c.failures > 1 && `（连续 ${c.failures} 次）`}
            </p>
          )}
          {c.nextAt && c.state === "on" && !c.askedByName && (
            <p className="quiet small">下次 {dateTime(c.nextAt)}</p>
          )}
          <div className="feed-send">
            {act.now && c.state === "on" && (
              <Button
                size="small"
                aria-label={`立即获取${c.feedTitle}`}
                data-testid={`fetch-${c.feed}`}
                onClick={() => act.now?.(c)}
              >
                立即获取
              </Button>
            )}
            {act.edit && (
              <Button
                size="small"
                aria-label={`修改${c.feedTitle}`}
                data-testid={`edit-${c.feed}`}
                onClick={() => act.edit?.(c)}
              >
                修改
              </Button>
            )}
            {act.turn && (
              <Button
                size="small"
                danger={c.state !== "off"}
                aria-label={`${c.state === "off" ? "启用" : "停用"}${c.feedTitle}`}
                data-testid={`switch-${c.feed}`}
                onClick={() => act.turn?.(c, c.state === "off")}
              >
                {c.state === "off" ? "启用" : "停用"}
              </Button>
            )}
          </div>
        </div>
      );
    },
  },
];

const FETCHES: TableColumnsType<Fetch> = [
  {
    title: "时间",
    render: (_, f) => (
      <div className="feed-result">
        <b>{f.feedTitle}</b>
        <p className="quiet small">
          <span className="nowrap">{dateTime(f.endedAt)}</span>
          {f.askedByName && `，${f.askedByName}要求立即获取`}
        </p>
      </div>
    ),
  },
  {
    title: "结果",
    render: (_, f) => (
      <div className="feed-result">
        <State tone={TONES[f.outcome]}>{OUTCOMES[f.outcome]}</State>
        <p className={f.outcome === "failed" ? "danger" : "quiet small"}>
          {f.words}
          {f.bytes !== null && `（${fileSize(f.bytes)}）`}
        </p>
      </div>
    ),
  },
];

const WEEKDAYS = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
const numbers = (from: number, to: number, label: (n: number) => string) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ value: String(from + i), label: label(from + i) }));

function Edit({ data, was, close }: { data: Data; was: Connector | null; close: () => void }) {
  const queries = useQueryClient();
  const free = data.feeds.filter((f) => !data.connectors.some((c) => c.feed === f.feed));
  const fields: readonly Field[] = [
    ...(was
      ? []
      : [
          {
            name: "feed",
            label: "数据源",
            type: "choice" as const,
            required: true,
            choices: free.map((f) => ({ value: f.feed, label: `${f.department} · ${f.feedTitle}` })),
          },
        ]),
    {
      name: "url",
      label: "网址",
      type: "text",
      required: true,
      max: 500,
      help: `允许的主机：${data.hosts.join("、")}。文件名带日期的，日期处写 {date}，取的时候换成当天（如 20240507）。`,
    },
    {
      name: "secret",
      label: "口令",
      type: "text",
      max: 2000,
      help: was?.hasSecret
        ? "已录入，不再显示。留空就不变；换了主机要重新录入。"
        : "对方要求的整串内容，如 Bearer abc123。加密保存，以后不再显示。对方不要口令的留空。",
    },
    {
      name: "header",
      label: "放口令的请求头",
      type: "text",
      required: true,
      max: 60,
      help: "一般是 Authorization。",
    },
    {
      name: "every",
      label: "多久取一次",
      type: "choice",
      required: true,
      choices: [
        { value: "day", label: "每天" },
        { value: "workday", label: "每个工作日" },
        { value: "week", label: "每周" },
        { value: "month", label: "每月" },
      ],
    },
    {
      name: "weekday",
      label: "星期",
      type: "choice",
      required: true,
      visible: { field: "every", is: "week" },
      choices: numbers(1, 7, (n) => WEEKDAYS[n - 1] ?? ""),
    },
    {
      name: "monthDay",
      label: "几日",
      type: "choice",
      required: true,
      visible: { field: "every", is: "month" },
      choices: numbers(1, 28, (n) => `${n} 日`),
    },
    {
      name: "hour",
      label: "几点",
      type: "choice",
      required: true,
      choices: numbers(0, 23, (n) => `${String(n).padStart(2, "0")}:00`),
    },
    ...protocolFields,
  ];
  const text = (n: number | null | undefined) => (n === null || n === undefined ? undefined : String(n));
  return (
    <DrawerForm
      title={was ? `修改「${was.feedTitle}」的定时获取` : "添加定时获取"}
      verb="保存并启用"
      fields={fields}
      initial={{
        ...{ url: was?.url, header: was?.header ?? "Authorization", every: was?.every ?? "workday" },
        ...{ hour: String(was?.hour ?? 6), weekday: text(was?.weekday), monthDay: text(was?.monthDay) },
        ...initialOf(was?.protocol),
      }}
      close={close}
      send={async (v) => {
        await api.saveFeedConnector({
          params: { feed: was?.feed ?? String(v.feed) },
          body: {
            ...{ url: String(v.url), header: String(v.header), secret: v.secret ? String(v.secret) : null },
            ...{ every: v.every as Connector["every"], hour: Number(v.hour) },
            weekday: v.weekday ? Number(v.weekday) : null,
            monthDay: v.monthDay ? Number(v.monthDay) : null,
            protocol: protocolOf(v),
          },
        });
        await queries.invalidateQueries({ queryKey: ["listFeedConnectors"] });
        close();
      }}
    />
  );
}
