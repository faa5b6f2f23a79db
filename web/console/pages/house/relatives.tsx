import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Table, type TableColumnsType } from "antd";
import { ask, type Reply } from "../../app/api.ts";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

type Row = Reply<"listRelativeFilings">[number];

export default function Relatives() {
  const rows = useQuery(ask("listRelativeFilings", {}));
  return (
    <Page
      title="近亲属备案"
      testId="relatives"
      note="申请人与经办人员、村（社区）干部有近亲属关系的，如实备案，重点核查。"
    >
      <Loaded query={rows}>
        {(data) => (
          <Panel flush>
            {data.length === 0 ? (
              <Blank mark="备" title="没有近亲属备案">
                申请时填报的近亲属关系会列在这里。
              </Blank>
            ) : (
              <Table<Row>
                size="small"
                rowKey="id"
                dataSource={data}
                columns={columns}
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

const columns: TableColumnsType<Row> = [
  {
    title: "办件",
    dataIndex: "caseNumber",
    render: (n: string, r) => (
      <Link to="/cases/$id" params={{ id: r.caseId }}>
        {n}
      </Link>
    ),
  },
  { title: "申请人", dataIndex: "applicant" },
  { title: "工作人员", dataIndex: "staffName" },
  { title: "单位", dataIndex: "unit" },
  { title: "关系", dataIndex: "relation" },
  { title: "乡镇（街道）", dataIndex: "divisionName" },
  { title: "备案日期", dataIndex: "filedOn" },
];
