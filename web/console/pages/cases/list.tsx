import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Button, Checkbox, Select, Table, type TableColumnsType } from "antd";
import { yuan } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { type Ask, ask, type Reply } from "../../app/api.ts";
import { useItems, useSession } from "../../app/session.tsx";
import { DivisionFilter, Pager, pageOf, SearchBox } from "../../parts/list.tsx";
import { ClockTag, State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { CHANNELS } from "./words.ts";

const route = getRouteApi("/cases");
const SIZE = 20;
type Row = Reply<"listCases">["rows"][number];
type Query = NonNullable<Ask<"listCases">["query"]>;

export default function CaseList() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { account } = useSession();
  const items = useItems().data ?? [];
  const { page: _page, open, light, mine, deviates, ...rest } = search;
  const page = pageOf(search);
  const query: Query = {
    ...rest,
    page,
    size: SIZE,
    ...(open === "true" || open === "false" ? { open } : {}),
    ...(light === "yellow" || light === "red" || light === "late" ? { light } : {}),
    ...(mine === "true" ? { mine: true } : {}),
    ...(deviates === "true" ? { deviates: true } : {}),
  };
  const cases = useQuery({ ...ask("listCases", { query }), placeholderData: keepPreviousData });
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: { ...search, page: "", ...change } });
  const item = items.find((i) => i.code === search.item);

  return (
    <Page
      title={item ? `${item.shortTitle} · 办件` : "办件"}
      testId="case-list"
      actions={
        may(account.role, "submitApplication") &&
        (item ? (
          <Link to="/apply/$item" params={{ item: item.code }}>
            <Button type="primary">代办申请</Button>
          </Link>
        ) : (
          <Link to="/apply">
            <Button type="primary">代办申请</Button>
          </Link>
        ))
      }
    >
      <search className="filters" aria-label="筛选">
        <Select
          aria-label="事项"
          className="filter-item"
          allowClear
          placeholder="全部事项"
          popupMatchSelectWidth={false}
          {...(search.item ? { value: search.item } : {})}
          onChange={(v?: string) => set({ item: v ?? "", state: "" })}
          options={items.map((i) => ({ value: i.code, label: i.title }))}
        />
        <DivisionFilter value={search.division} onChange={(v) => set({ division: v ?? "" })} />
        <SearchBox value={search.q} label="申请人姓名、编号" onChange={(q) => set({ q: q ?? "" })} />
        <Select
          aria-label="时限"
          allowClear
          placeholder="时限不限"
          {...(light ? { value: light } : {})}
          onChange={(v?: string) => set({ light: v ?? "" })}
          options={[
            { value: "yellow", label: "临近到期" },
            { value: "red", label: "到期或超期" },
            { value: "late", label: "已超期" },
          ]}
        />
        <Checkbox checked={mine === "true"} onChange={(e) => set({ mine: e.target.checked ? "true" : "" })}>
          等我办的
        </Checkbox>
        <Checkbox checked={open === "true"} onChange={(e) => set({ open: e.target.checked ? "true" : "" })}>
          只看在办
        </Checkbox>
        <Checkbox
          checked={deviates === "true"}
          onChange={(e) => set({ deviates: e.target.checked ? "true" : "" })}
        >
          决定偏离测算的
        </Checkbox>
      </search>
      <Loaded query={cases} rows={10}>
        {(data) => (
          <>
            <StateChips
              states={data.states}
              items={items}
              {...(search.item ? { item: search.item } : {})}
              {...(search.state ? { state: search.state } : {})}
              set={set}
            />
            <Panel flush>
              {data.total === 0 ? (
                <Blank mark="件" title="没有符合条件的办件">
                  居民在手机上提交，或您在「代办申请」里录入后，办件会出现在这里。也可以放宽上面的筛选。
                </Blank>
              ) : (
                <Table<Row>
                  size="small"
                  rowKey="id"
                  columns={columnsOf(items)}
                  dataSource={data.rows}
                  pagination={false}
                  scroll={{ x: 1080 }}
                  loading={cases.isPlaceholderData}
                  rowClassName={(r) => (r.clock?.light === "late" ? "row-late" : "")}
                />
              )}
              <Pager page={page} size={SIZE} total={data.total} onChange={(p) => set({ page: String(p) })} />
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface ChipsProps {
  states: Reply<"listCases">["states"];
  items: Reply<"listItems">;
  item?: string;
  state?: string;
  set: (change: { item?: string; state?: string }) => void;
}
/** The states of one item with their counts; before an item is chosen, the items (their states differ in meaning). */
function StateChips({ states, items, item, state, set }: ChipsProps) {
  return item === undefined ? (
    <fieldset className="chips" aria-label="事项">
      {items.map((i) => (
        <button
          key={i.code}
          type="button"
          className="chip"
          aria-pressed={false}
          onClick={() => set({ item: i.code })}
        >
          {i.title}
        </button>
      ))}
    </fieldset>
  ) : (
    <fieldset className="chips" aria-label="状态">
      <button type="button" className="chip" aria-pressed={!state} onClick={() => set({ state: "" })}>
        全部
      </button>
      {states.map((s) => (
        <button
          key={s.state}
          type="button"
          className="chip"
          aria-pressed={state === s.state}
          onClick={() => set({ state: state === s.state ? "" : s.state })}
          data-testid={`state-${s.state}`}
        >
          {s.label} <b>{s.count}</b>
        </button>
      ))}
    </fieldset>
  );
}

/** What a hurried reader needs stands first. The source, which the case itself tells too, only where there is room. */
const columnsOf = (items: Reply<"listItems">): TableColumnsType<Row> => [
  {
    title: "编号",
    dataIndex: "number",
    render: (n: string, r) => (
      <Link to="/cases/$id" params={{ id: r.id }} className="nowrap">
        {n}
      </Link>
    ),
  },
  {
    title: "申请人",
    dataIndex: "applicantMasked",
    render: (n: string, r) => (
      <>
        <span className="nowrap">
          {n}
          {r.memberCount > 1 && <span className="quiet"> 等 {r.memberCount} 人</span>}
        </span>
        {r.relative && <span className="warning small nowrap"> ⚑ 近亲属</span>}
      </>
    ),
  },
  {
    title: "状态",
    dataIndex: "stateLabel",
    render: (label: string, r) => (
      <>
        <State tone={r.tone}>{label}</State>
        {r.deviates && <span className="warning small nowrap"> 偏离测算</span>}
      </>
    ),
  },
  {
    title: "事项",
    dataIndex: "item",
    className: "nowrap",
    render: (code: string, r) => (
      <span title={r.itemTitle}>{items.find((i) => i.code === code)?.shortTitle ?? r.itemTitle}</span>
    ),
  },
  { title: "时限", dataIndex: "clock", render: (clock: Row["clock"]) => <ClockTag clock={clock} /> },
  {
    title: "本月应发（元）",
    dataIndex: "drawnFen",
    className: "num",
    render: (a: Row["drawnFen"], r) => (
      <>
        {yuan(a)}
        {r.drawnNote && <div className="quiet small nowrap">{r.drawnNote}</div>}
      </>
    ),
  },
  { title: "乡镇（街道）", dataIndex: "divisionName" },
  { title: "提交日期", dataIndex: "submittedOn", className: "nowrap" },
  {
    title: "来源",
    dataIndex: "channel",
    className: "nowrap",
    responsive: ["xxl"],
    render: (c: string) => CHANNELS[c] ?? c,
  },
];
