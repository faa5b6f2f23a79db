/** 监测名单: lists exchanged with 防返贫 and others, both ways; who was not recognised, why, and what is done about it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { urlOf } from "@wuxin/contract/client";
import { App, Button, Drawer, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { FileDrop } from "../../parts/file-drop.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/matching.css";

type List = Reply<"listExchanges">[number];
type Row = Reply<"listUnrecognised">[number];
const route = getRouteApi("/exchanges");
const PARTNER = "农业农村局（乡村振兴）";
const CLASS = "防止返贫监测对象";

export default function Exchanges() {
  const { account } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const lists = useQuery(ask("listExchanges", {}));
  const [doing, setDoing] = useState<"take" | "give" | null>(null);
  const open = lists.data?.find((l) => l.id === search.list);
  return (
    <Page
      title="监测名单"
      testId="exchanges"
      note="与防返贫等部门互相推送名单，逐行认定；没有认定的写明原因。导出的名单有完整号码，写明依据、记入审计。"
      actions={
        may(account.role, "takeMonitoringList") && (
          <>
            <Button data-testid="give-list" onClick={() => setDoing("give")}>
              推送我们的名单
            </Button>
            <Button type="primary" data-testid="take-list" onClick={() => setDoing("take")}>
              导入对方的名单
            </Button>
          </>
        )
      }
    >
      {doing === "take" && (
        <Take
          close={() => setDoing(null)}
          taken={(list) => {
            setDoing(null);
            void navigate({ search: { ...search, list } });
          }}
        />
      )}
      {doing === "give" && <Give close={() => setDoing(null)} />}
      <Panel title="交换记录" testId="exchange-lists" flush>
        <Loaded query={lists}>
          {(data) =>
            data.length === 0 ? (
              <Blank mark="单" title="还没有交换过名单">
                导入防返贫的监测对象，或把我们在享的人推送过去；每一次都记在这里。
              </Blank>
            ) : (
              <Table<List>
                size="small"
                rowKey="id"
                dataSource={[...data]}
                columns={columns((list) => void navigate({ search: { ...search, list } }))}
                pagination={false}
                scroll={{ x: "max-content" }}
              />
            )
          }
        </Loaded>
      </Panel>
      {open && <Unrecognised list={open} close={() => void navigate({ search: { ...search, list: "" } })} />}
    </Page>
  );
}

const columns = (open: (id: string) => void): TableColumnsType<List> => [
  {
    title: "方向",
    dataIndex: "direction",
    render: (d: List["direction"]) => (
      <State tone={d === "in" ? "active" : "neutral"}>{d === "in" ? "对方给我们" : "我们给对方"}</State>
    ),
  },
  { title: "部门", dataIndex: "partner" },
  { title: "对象", dataIndex: "class" },
  { title: "人数", dataIndex: "total", className: "num" },
  {
    title: "认定",
    dataIndex: "recognised",
    className: "num",
    render: (n: number, l) => (l.direction === "in" ? n : "—"),
  },
  {
    title: "没有认定",
    render: (_, l) =>
      l.direction === "in" && l.total > l.recognised ? (
        <Button type="link" size="small" data-testid="unrecognised" onClick={() => open(l.id)}>
          {l.total - l.recognised} 人
        </Button>
      ) : (
        ""
      ),
  },
  { title: "依据", dataIndex: "basis", render: (b: string | null) => b ?? "—" },
  { title: "时间", dataIndex: "at", render: (at: string) => dateTime(at) },
  { title: "经办", dataIndex: "byName" },
];

function Take({ close, taken }: { close: () => void; taken: (listId: string) => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [partner, setPartner] = useState(PARTNER);
  const [kind, setKind] = useState(CLASS);
  const [file, setFile] = useState<File | null>(null);
  const sending = useMutation({
    mutationFn: (f: File) =>
      api.takeMonitoringList({ query: { partner, class: kind }, file: f, fileName: f.name }),
    onSuccess: (done) => {
      for (const k of ["listExchanges", "listUnrecognised"])
        void queries.invalidateQueries({ queryKey: [k] });
      message.success(`收到 ${done.total} 人，认定 ${done.recognised} 人。`);
      taken(done.id);
    },
  });
  return (
    <Panel
      title="导入对方的名单"
      testId="take-form"
      extra={
        <Button size="small" onClick={close}>
          取消
        </Button>
      }
    >
      <p className="quiet">
        表格要有「姓名」「身份证号码」两列。号码错的超过一成，整份退回并说明；名单里不再有的人，从今天起不再算这一类。
      </p>
      <div className="feed-send">
        <label htmlFor="take-partner">来自哪个部门</label>
        <input
          id="take-partner"
          className="ant-input"
          data-testid="take-partner"
          value={partner}
          maxLength={60}
          onChange={(e) => setPartner(e.target.value)}
        />
        <label htmlFor="take-class">哪一类对象</label>
        <input
          id="take-class"
          className="ant-input"
          data-testid="take-class"
          value={kind}
          maxLength={30}
          onChange={(e) => setKind(e.target.value)}
        />
      </div>
      <FileDrop
        file={file}
        take={setFile}
        accept=".csv,.xlsx"
        hint="CSV（UTF-8、GB18030）、XLSX；一次最多 50000 人"
        testId="take-file"
      />
      <div className="feed-send">
        <Button
          type="primary"
          disabled={!file || partner.trim().length < 2 || kind.trim().length < 2}
          loading={sending.isPending}
          data-testid="take-send"
          onClick={() => file && sending.mutate(file)}
        >
          导入并逐行认定
        </Button>
      </div>
      {sending.error && (
        <p className="danger pre" role="alert" data-testid="take-refused">
          {sentence(sending.error)}
        </p>
      )}
    </Panel>
  );
}

/** The file is fetched by the browser itself; the page only asks why and for whom. */
function Give({ close }: { close: () => void }) {
  const queries = useQueryClient();
  return (
    <DrawerForm
      title="推送我们的名单"
      verb="导出名单"
      intro={
        <p className="quiet">
          在享对象和监测对象，含完整身份证号码。给谁、依据什么，写进文件，也记入审计；请用安全的方式交给对方。
        </p>
      }
      fields={[
        { name: "partner", label: "给哪个部门", type: "text", required: true, min: 2, max: 60 },
        {
          name: "basis",
          label: "依据",
          type: "text",
          required: true,
          min: 4,
          max: 200,
          help: "写文件名称和文号，例如国办发〔2023〕39号。",
        },
      ]}
      initial={{ partner: PARTNER }}
      close={close}
      send={async (v) => {
        const at = urlOf("giveMonitoringList", {}, { partner: String(v.partner), basis: String(v.basis) });
        const reply = await fetch(at);
        if (!reply.ok) throw new Error(((await reply.json()) as { message: string }).message);
        const a = document.createElement("a");
        a.href = URL.createObjectURL(await reply.blob());
        a.download = "监测名单.xlsx";
        a.click();
        URL.revokeObjectURL(a.href);
        void queries.invalidateQueries({ queryKey: ["listExchanges"] });
        close();
      }}
    />
  );
}

function Unrecognised({ list, close }: { list: List; close: () => void }) {
  const { account } = useSession();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const rows = useQuery(ask("listUnrecognised", { params: { id: list.id } }));
  const [handling, setHandling] = useState<Row | null>(null);
  const work = may(account.role, "takeMonitoringList");
  const refresh = () => {
    for (const k of ["listExchanges", "listUnrecognised"]) void queries.invalidateQueries({ queryKey: [k] });
  };
  const again = useMutation({
    mutationFn: () => api.recogniseAgain({ params: { id: list.id } }),
    onSuccess: ({ recognised }) => {
      refresh();
      message.info(recognised > 0 ? `又认定 ${recognised} 人。` : "没有新认定的：人员库里还是没有这些号码。");
    },
    onError: (e) => void message.error(sentence(e)),
  });
  return (
    <Drawer
      open
      onClose={close}
      size={720}
      title={`${list.partner}「${list.class}」没有认定的`}
      extra={
        work && (
          <Button loading={again.isPending} data-testid="again" onClick={() => again.mutate()}>
            重新认定
          </Button>
        )
      }
    >
      <p className="quiet">乡镇核实、登记人员以后，点「重新认定」；不用登记的，写明处理结果，回复对方。</p>
      <Loaded query={rows}>
        {(data) => (
          <Table<Row>
            size="small"
            rowKey="line"
            dataSource={[...data]}
            columns={rowColumns(work ? setHandling : null)}
            pagination={data.length > 50 ? { pageSize: 50, size: "small" } : false}
            scroll={{ x: "max-content" }}
          />
        )}
      </Loaded>
      {handling && <Handle list={list} row={handling} close={() => setHandling(null)} done={refresh} />}
    </Drawer>
  );
}

const rowColumns = (handle: ((r: Row) => void) | null): TableColumnsType<Row> => [
  { title: "行", dataIndex: "line", className: "num" },
  { title: "姓名", dataIndex: "name" },
  { title: "身份证号码", dataIndex: "idNoMasked", render: (t: string) => t || "—" },
  { title: "没有认定的原因", dataIndex: "reason" },
  {
    title: "处理",
    render: (_, r) =>
      r.handledNote ? (
        <>
          {r.handledNote}
          <span className="quiet small">（{r.handledByName}）</span>
        </>
      ) : (
        handle && (
          <Button size="small" data-testid={`handle-${r.line}`} onClick={() => handle(r)}>
            登记处理
          </Button>
        )
      ),
  },
];

function Handle(p: { list: List; row: Row; close: () => void; done: () => void }) {
  return (
    <DrawerForm
      title={`第 ${p.row.line} 行 ${p.row.name}`}
      verb="登记"
      intro={<p className="quiet">{p.row.reason}</p>}
      fields={[{ name: "note", label: "处理结果", type: "longtext", required: true, min: 2, max: 200 }]}
      close={p.close}
      send={async (v) => {
        await api.handleUnrecognised({
          params: { id: p.list.id, line: p.row.line },
          body: { note: String(v.note) },
        });
        p.done();
        p.close();
      }}
    />
  );
}
