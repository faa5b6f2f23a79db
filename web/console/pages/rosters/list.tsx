import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { addMonths, monthOf, newId } from "@wuxin/kernel";
import { App, Button, Modal, Select, Table, type TableColumnsType } from "antd";
import { useId, useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { Pager, pageOf } from "../../parts/list.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { ROSTER_TONE } from "./words.ts";

const route = getRouteApi("/rosters");
const SIZE = 20;
type Row = Reply<"listRosters">["rows"][number];

export default function RosterList() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { account } = useSession();
  const page = pageOf(search);
  const rosters = useQuery({
    ...ask("listRosters", { query: { page, size: SIZE } }),
    placeholderData: keepPreviousData,
  });
  const [making, setMaking] = useState(false);
  const makeButton = may(account.role, "generateRoster") && (
    <Button type="primary" onClick={() => setMaking(true)} data-testid="generate-roster">
      生成名册
    </Button>
  );
  return (
    <Page
      title="发放名册"
      testId="roster-list"
      note="每月一册，三人签字后报送银行；回盘装载后逐笔对账。"
      actions={makeButton}
    >
      <Loaded query={rosters} rows={8}>
        {(data) => (
          <Panel flush>
            {data.total === 0 ? (
              <Blank mark="册" title="还没有名册" action={makeButton}>
                生成后，先看与上月的差异和提示，再由制表、复核、审批三人签字。
              </Blank>
            ) : (
              <Table<Row>
                size="small"
                rowKey="id"
                dataSource={data.rows}
                columns={columns}
                pagination={false}
                scroll={{ x: "max-content" }}
              />
            )}
            <Pager
              page={page}
              size={SIZE}
              total={data.total}
              onChange={(p) => void navigate({ search: { ...search, page: String(p) } })}
            />
          </Panel>
        )}
      </Loaded>
      {making && <Generate close={() => setMaking(false)} />}
    </Page>
  );
}

function Generate({ close }: { close: () => void }) {
  const id = useId();
  const today = useToday();
  const go = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [roster] = useState(newId);
  const [month, setMonth] = useState(monthOf(today));
  const make = useMutation({
    mutationFn: () => api.generateRoster({ body: { id: roster, month } }),
    onSuccess: (r) => {
      for (const k of ["listRosters", "workbench"]) void queries.invalidateQueries({ queryKey: [k] });
      message.success(`已生成：${r.lines} 笔，${yuan(r.totalFen)} 元。`);
      void go({ to: "/rosters/$id", params: { id: r.id } });
    },
  });
  return (
    <Modal
      open
      title="生成名册"
      okText="生成"
      cancelText="先不生成"
      confirmLoading={make.isPending}
      onOk={() => make.mutate()}
      onCancel={close}
      okButtonProps={{ "data-testid": "generate-submit" }}
    >
      <div className="stack">
        <label htmlFor={id}>发放月份</label>
        <Select
          id={id}
          value={month}
          onChange={setMonth}
          options={[-2, -1, 0, 1]
            .map((n) => addMonths(monthOf(today), n))
            .map((m) => ({ value: m, label: m }))}
        />
        <p className="quiet">
          系统按在享待遇逐人逐月生成，已发过的月份不会再列入；有疑点的笔次会标出来等您处理。
        </p>
        {make.isError && (
          <p className="danger" role="alert">
            {sentence(make.error)}
          </p>
        )}
      </div>
    </Modal>
  );
}

const columns: TableColumnsType<Row> = [
  {
    title: "名册",
    dataIndex: "title",
    render: (t: string, r) => (
      <Link to="/rosters/$id" params={{ id: r.id }}>
        {t}
      </Link>
    ),
  },
  { title: "编号", dataIndex: "number", className: "nowrap" },
  { title: "月份", dataIndex: "month", className: "nowrap" },
  {
    title: "状态",
    dataIndex: "stateLabel",
    render: (t: string, r) => (
      <>
        <State tone={ROSTER_TONE[r.state]}>{t}</State>
        {r.open.map((o) => (
          <div key={o} className="quiet small">
            {o}
          </div>
        ))}
      </>
    ),
  },
  { title: "人数", dataIndex: "persons", className: "num" },
  { title: "笔数", dataIndex: "lines", className: "num" },
  { title: "金额（元）", dataIndex: "totalFen", className: "num", render: (a: number) => yuan(a) },
  {
    title: "回盘",
    className: "nowrap",
    render: (_, r) =>
      r.paid + r.failed + r.unknown === 0 ? (
        <span className="quiet">—</span>
      ) : (
        <>
          成功 {r.paid} · <span className={r.failed > 0 ? "danger" : ""}>失败 {r.failed}</span>
          {r.unknown > 0 && <span className="warning"> · 未知 {r.unknown}</span>}
        </>
      ),
  },
];
