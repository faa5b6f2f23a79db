import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Table, type TableColumnsType } from "antd";
import { yuan } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { ask, type Reply } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

type Row = Reply<"listFailures">[number];

export default function Failures() {
  const { account } = useSession();
  const rows = useQuery(ask("listFailures", {}));
  const money = may(account.role, "listRosters");
  return (
    <Page title="发放失败" testId="failures" note="先更正收款账户，再从名册补发；同一人同一月不会重复发放。">
      <Loaded query={rows}>
        {(data) => (
          <Panel flush>
            {data.length === 0 ? (
              <Blank mark="退" title="没有发放失败">
                银行回盘里失败的笔次会列在这里，附原因和处理进度。
              </Blank>
            ) : (
              <Table<Row>
                size="small"
                rowKey="lineId"
                dataSource={data}
                columns={columns(money)}
                pagination={data.length > 50 ? { pageSize: 50, size: "small" } : false}
                scroll={{ x: "max-content" }}
              />
            )}
          </Panel>
        )}
      </Loaded>
    </Page>
  );
}

const columns = (money: boolean): TableColumnsType<Row> => [
  {
    title: "领取人",
    dataIndex: "payee",
    render: (n: string, r) => (
      <Link to="/persons/$id" params={{ id: r.payeeId }}>
        {n}
      </Link>
    ),
  },
  { title: "事项", dataIndex: "itemTitle" },
  { title: "乡镇（街道）", dataIndex: "divisionName" },
  {
    title: "月份",
    dataIndex: "month",
    render: (m: string, r) =>
      money ? (
        <Link to="/rosters/$id" params={{ id: r.rosterId }} search={{ state: "failed" }}>
          {m}
        </Link>
      ) : (
        m
      ),
  },
  { title: "金额（元）", dataIndex: "amountFen", className: "num", render: (a: number) => yuan(a) },
  { title: "原因", dataIndex: "reason", render: (t: string) => <span className="danger">{t}</span> },
  { title: "账户", dataIndex: "accountMasked", className: "nowrap" },
  { title: "失败日期", dataIndex: "failedOn", className: "nowrap" },
  {
    title: "处理",
    render: (_, r) =>
      r.reissued ? (
        <State tone="good">已补发</State>
      ) : r.accountChangedSince ? (
        <State tone="active">账户已更正，待补发</State>
      ) : (
        <State tone="warn">待更正账户</State>
      ),
  },
];
