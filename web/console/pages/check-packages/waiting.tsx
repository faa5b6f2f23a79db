/** Cases that no package holds: choose those whose people have all signed, and make a package of them. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { App, Button, Segmented, Table, type TableColumnsType } from "antd";
import { useRef, useState } from "react";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/matching.css";

type Kind = "application" | "recheck";
type Case = Reply<"listCheckWaiting">["cases"][number];
const route = getRouteApi("/check-packages");

export function Waiting({ partner, items }: { partner: string; items: readonly string[] }) {
  const search = route.useSearch();
  const go = route.useNavigate();
  const kind: Kind = search.kind === "recheck" ? "recheck" : "application";
  const waiting = useQuery(ask("listCheckWaiting", { query: { kind } }));
  return (
    <Panel
      title="等着委托的"
      testId="check-waiting"
      flush
      extra={
        <Segmented
          value={kind}
          options={[
            { value: "application", label: "申请中" },
            { value: "recheck", label: "在享到期" },
          ]}
          onChange={(v) => void go({ search: { ...search, kind: v } })}
        />
      }
    >
      <Loaded query={waiting} rows={4}>
        {(w) =>
          w.cases.length === 0 ? (
            <Blank mark="核" title={kind === "recheck" ? "没有到期的" : "没有等着委托的办件"} small>
              {kind === "recheck"
                ? "在享对象到下个月底该再核对的，提前列在这里。"
                : "办件里发出核对、还没有登记结果的，列在这里。"}
            </Blank>
          ) : (
            <Choose key={kind} of={w} partner={partner} items={items} />
          )
        }
      </Loaded>
    </Panel>
  );
}

interface ChooseProps {
  of: Reply<"listCheckWaiting">;
  partner: string;
  items: readonly string[];
}
function Choose({ of, partner, items }: ChooseProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  // Another may have taken one meanwhile.
  const still = chosen.filter((c) => of.cases.some((x) => x.caseId === c));
  const id = useRef(newId());
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const anew = () => {
    for (const k of ["listCheckWaiting", "listCheckPackages", "workbench"])
      void queries.invalidateQueries({ queryKey: [k] });
  };
  const making = useMutation({
    mutationFn: () => api.makeCheckPackage({ body: { id: id.current, cases: still } }),
    onSuccess: (p) => {
      anew();
      void navigate({ to: "/check-packages/$id", params: { id: p.id } });
    },
    onError: (e) => {
      // Somebody else took one of them, or a signature is missing: what stands here is of before.
      id.current = newId();
      anew();
      message.error(sentence(e));
    },
  });
  return (
    <>
      <Table<Case>
        size="small"
        rowKey="caseId"
        dataSource={[...of.cases]}
        columns={COLUMNS}
        pagination={of.cases.length > 10 ? { pageSize: 10, size: "small", showSizeChanger: false } : false}
        rowSelection={{
          selectedRowKeys: still,
          onChange: (keys) => setChosen(keys.map(String)),
          preserveSelectedRowKeys: true,
          columnTitle: (box) => <span title="选本页">{box}</span>,
          getCheckboxProps: (c) => ({
            disabled: c.lacking.length > 0,
            "aria-label": `选${c.applicant}的办件`,
          }),
        }}
      />
      <div className="package-foot row">
        <Button
          type="primary"
          disabled={still.length === 0}
          loading={making.isPending}
          data-testid="make-package"
          onClick={() => making.mutate()}
        >
          组成批次{still.length > 0 ? `（${still.length} 件）` : ""}
        </Button>
        <span className="quiet small">
          每人问{partner}：{items.join("、")}。
          {of.total > of.cases.length &&
            `共 ${of.total} 件，先列 ${of.cases.length} 件，组成批次后列下面的。`}
        </span>
      </div>
    </>
  );
}

const COLUMNS: TableColumnsType<Case> = [
  {
    title: "办件",
    render: (_, c) => (
      <div data-testid="waiting-case">
        <Link to="/cases/$id" params={{ id: c.caseId }}>
          {c.applicant}
        </Link>
        <p className="quiet small">
          {c.itemTitle}，{c.divisionName}
        </p>
        <p className="quiet small tabular">{c.number}</p>
      </div>
    ),
  },
  {
    title: "授权",
    render: (_, c) =>
      c.lacking.length === 0 ? (
        <State tone="good">{c.persons} 人已签</State>
      ) : (
        <>
          <State tone="warn">不能进批次</State>
          <p className="quiet small">还缺 {c.lacking.join("、")}</p>
        </>
      ),
  },
  {
    title: "委托过",
    render: (_, { before }) =>
      before === null ? (
        "—"
      ) : (
        <>
          <Link to="/check-packages/$id" params={{ id: before.packageId }}>
            {before.number}
          </Link>
          <p className="quiet small">{before.answered ? "已答复" : "没有答复完"}</p>
        </>
      ),
  },
];
