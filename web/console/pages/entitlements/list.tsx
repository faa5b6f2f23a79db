import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Checkbox, Select, Table, type TableColumnsType } from "antd";
import { yuan } from "../../../kit/format.ts";
import { ask, type Reply } from "../../app/api.ts";
import { useItems, useToday } from "../../app/session.tsx";
import { DivisionFilter, Pager, pageOf, SearchBox } from "../../parts/list.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

const route = getRouteApi("/entitlements");
const SIZE = 20;
type Row = Reply<"listEntitlements">["rows"][number];

export default function EntitlementList() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const today = useToday();
  const items = useItems().data ?? [];
  const page = pageOf(search);
  const { item, division, q, due, state } = search;
  const rows = useQuery({
    ...ask("listEntitlements", {
      query: {
        page,
        size: SIZE,
        item,
        division,
        q,
        ...(due === "true" ? { due } : {}),
        ...(state === "active" || state === "suspended" || state === "ended" ? { state } : {}),
      },
    }),
    placeholderData: keepPreviousData,
  });
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: { ...search, page: "", ...change } });
  const chosen = items.find((i) => i.code === item);
  return (
    <Page title={chosen ? `${chosen.shortTitle} · 在享待遇` : "在享待遇"} testId="entitlement-list">
      <search className="filters" aria-label="筛选">
        <Select
          aria-label="事项"
          allowClear
          placeholder="全部事项"
          popupMatchSelectWidth={false}
          {...(item ? { value: item } : {})}
          onChange={(v?: string) => set({ item: v ?? "" })}
          options={items.map((i) => ({ value: i.code, label: i.title }))}
        />
        <DivisionFilter value={division} onChange={(v) => set({ division: v ?? "" })} />
        <SearchBox value={q} label="领取人姓名" onChange={(v) => set({ q: v ?? "" })} />
        <Select
          aria-label="状态"
          allowClear
          placeholder="状态不限"
          {...(state ? { value: state } : {})}
          onChange={(v?: string) => set({ state: v ?? "" })}
          options={[
            { value: "active", label: "在享" },
            { value: "suspended", label: "暂停发放" },
            { value: "ended", label: "已停" },
          ]}
        />
        <Checkbox checked={due === "true"} onChange={(e) => set({ due: e.target.checked ? "true" : "" })}>
          只看到期复核
        </Checkbox>
      </search>
      <Loaded query={rows} rows={10}>
        {(data) => (
          <Panel flush>
            {data.total === 0 ? (
              <Blank mark="享" title={due === "true" ? "没有到期的复核" : "没有符合条件的待遇"}>
                审核确认后的待遇会列在这里；可以放宽上面的筛选。
              </Blank>
            ) : (
              <Table<Row>
                size="small"
                rowKey="id"
                dataSource={data.rows}
                columns={columns(today)}
                pagination={false}
                scroll={{ x: "max-content" }}
                loading={rows.isPlaceholderData}
              />
            )}
            <Pager page={page} size={SIZE} total={data.total} onChange={(p) => set({ page: String(p) })} />
          </Panel>
        )}
      </Loaded>
    </Page>
  );
}

const columns = (today: string): TableColumnsType<Row> => [
  {
    title: "领取人",
    dataIndex: "payee",
    render: (n: string, r) => (
      <Link to="/entitlements/$id" params={{ id: r.id }} className="nowrap">
        {n}
      </Link>
    ),
  },
  { title: "事项", dataIndex: "itemTitle" },
  { title: "乡镇（街道）", dataIndex: "divisionName", className: "nowrap" },
  { title: "类别", render: (_, r) => [r.areaClass, r.reviewClass].filter(Boolean).join(" · ") || "—" },
  { title: "人数", dataIndex: "persons", className: "num" },
  {
    title: "月金额（元）",
    dataIndex: "amountFen",
    className: "num",
    render: (a: number, r) => (r.recognition ? "—" : yuan(a)),
  },
  { title: "起始", dataIndex: "fromMonth", className: "nowrap" },
  {
    title: "下次复核",
    dataIndex: "reviewDueOn",
    className: "nowrap",
    render: (d: string | null, r) =>
      d === null ? (
        (r.reviewTold ?? "—")
      ) : d < today ? (
        <State tone="bad">
          {d} {r.reviewLabel}超期
        </State>
      ) : (
        `${d} ${r.reviewLabel}`
      ),
  },
  {
    title: "状态",
    dataIndex: "state",
    render: (s: Row["state"], r) => (
      <State tone={r.suspendedFrom ? "waiting" : s === "active" ? "good" : "neutral"}>
        {r.suspendedFrom
          ? `${r.suspendedFrom} 起暂停`
          : s === "active"
            ? r.recognition
              ? "已认定"
              : "在享"
            : `${r.endMonth ?? ""} 止`}
      </State>
    ),
  },
];
