/** 部门接口口令: with what a department's machine delivers one list; made here, shown once, ended here. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { App, Button, Table, type TableColumnsType } from "antd";
import { useRef, useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/matching.css";

type Tokens = Reply<"listFeedTokens">;
type Token = Tokens["tokens"][number];
interface Made {
  readonly token: string;
  readonly feed: string;
}

export default function FeedTokens() {
  const { account } = useSession();
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const tokens = useQuery(ask("listFeedTokens", {}));
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const revoke = useMutation({
    mutationFn: (id: string) => api.revokeFeedToken({ params: { id } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["listFeedTokens"] });
      message.success("口令已作废。");
    },
    onError: (e) => message.error(sentence(e)),
  });
  const sure = (t: Token) =>
    modal.confirm({
      title: "作废这个口令？",
      content: `${t.department}《${t.feedTitle}》。作废后，对方立即不能再传，要传须另做一个。`,
      okText: "作废",
      cancelText: "先不办",
      onOk: () => revoke.mutateAsync(t.id).catch(() => undefined),
    });
  return (
    <Page
      title="部门接口口令"
      testId="feed-tokens"
      note="一个口令只能传一个数据源，系统里不存原文。对方凭口令只能交数据，看不到比对结果。"
      actions={
        may(account.role, "makeFeedToken") && (
          <Button type="primary" onClick={() => setMaking(true)} data-testid="new-token">
            生成口令
          </Button>
        )
      }
    >
      {made && <Once made={made} close={() => setMade(null)} />}
      <Loaded query={tokens}>
        {(data) => (
          <>
            <Panel flush>
              {data.tokens.length === 0 ? (
                <Blank mark="令" title="还没有口令">
                  部门要用自己的程序定时传数据的，由系统管理员在这里生成口令，当面交给对方。
                </Blank>
              ) : (
                <Scroll label="部门接口口令">
                  <Table<Token>
                    size="small"
                    rowKey="id"
                    dataSource={[...data.tokens]}
                    columns={columnsFor(may(account.role, "revokeFeedToken") ? sure : null)}
                    pagination={data.tokens.length > 50 ? { pageSize: 50, size: "small" } : false}
                  />
                </Scroll>
              )}
            </Panel>
            {making && <Make feeds={data.feeds} close={() => setMaking(false)} done={setMade} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

const columnsFor = (revoke: ((t: Token) => void) | null): TableColumnsType<Token> => [
  { title: "数据源", dataIndex: "feedTitle" },
  { title: "部门", dataIndex: "department", className: "nowrap" },
  {
    title: "状态",
    render: (_, t) =>
      t.state === "valid" ? (
        <State tone="good">有效至 {t.expiresOn}</State>
      ) : t.state === "expired" ? (
        <State tone="warn">{t.expiresOn} 已过期</State>
      ) : (
        <State tone="neutral">{t.revokedByName} 已作废</State>
      ),
  },
  {
    title: "最近使用",
    dataIndex: "lastUsedAt",
    className: "nowrap",
    render: (at: string | null) => (at ? dateTime(at) : <span className="quiet">从未</span>),
  },
  {
    title: "生成",
    className: "nowrap",
    render: (_, t) => `${t.createdByName} ${dateTime(t.createdAt)}`,
  },
  ...(revoke
    ? [
        {
          title: "",
          render: (_: unknown, t: Token) =>
            t.state === "valid" && (
              <Button
                size="small"
                danger
                aria-label={`作废${t.feedTitle}的口令`}
                data-testid={`revoke-${t.feed}`}
                onClick={() => revoke(t)}
              >
                作废
              </Button>
            ),
        },
      ]
    : []),
];

/** Outside https a browser gives no clipboard at all. */
const copy = async (text: string) => navigator.clipboard.writeText(text);

function Once({ made, close }: { made: Made; close: () => void }) {
  const { message } = App.useApp();
  return (
    <Panel
      title="口令只显示这一次"
      testId="token-once"
      extra={
        <Button size="small" onClick={close} data-testid="token-kept">
          已记下
        </Button>
      }
    >
      <p>
        <code className="feed-token" data-testid="token">
          {made.token}
        </code>{" "}
        <Button
          size="small"
          onClick={() =>
            copy(made.token).then(
              () => message.success("已复制。"),
              () => message.error("浏览器不允许复制，请手工选中后复制。"),
            )
          }
        >
          复制
        </Button>
      </p>
      <p className="quiet small">
        请当面或用加密方式交给对方。对方这样传，编号（id）由对方自编 UUID，断线重传用同一个编号：
      </p>
      <pre className="feed-token">
        {`curl -H "Authorization: Bearer <口令>" -F file=@数据.csv "${location.origin}/api/deliveries/${made.feed}?id=<编号>"`}
      </pre>
    </Panel>
  );
}

function Make(props: { feeds: Tokens["feeds"]; close: () => void; done: (m: Made) => void }) {
  const queries = useQueryClient();
  const id = useRef(newId());
  const fields: readonly Field[] = [
    {
      name: "feed",
      label: "数据源",
      type: "choice",
      required: true,
      choices: props.feeds.map((f) => ({ value: f.feed, label: `${f.department} · ${f.feedTitle}` })),
    },
    {
      name: "expiresOn",
      label: "有效期至",
      type: "date",
      required: true,
      allowFuture: true,
      help: "最长一年，到期另做。",
    },
  ];
  return (
    <DrawerForm
      title="生成部门接口口令"
      verb="生成"
      fields={fields}
      close={props.close}
      send={async (v) => {
        const feed = String(v.feed);
        const { token } = await api.makeFeedToken({
          body: { id: id.current, feed, expiresOn: String(v.expiresOn) },
        });
        await queries.invalidateQueries({ queryKey: ["listFeedTokens"] });
        props.done({ token, feed });
        props.close();
      }}
    />
  );
}
