/** Any register: filters, sort, columns and sums over the server's rows; a row opens beside the table. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { Button, Checkbox, Dropdown, Table, type TableColumnsType, type TableProps } from "antd";
import { useState } from "react";
import { ask, type Reply } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { DivisionFilter, Pager, pageOf, SearchBox } from "../../parts/list.tsx";
import { Shape, State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/register.css";
import { columnsOf, useChosenColumns, wordSum } from "./columns.ts";
import { EntryDrawer } from "./entry.tsx";
import { EntryForm } from "./entry-form.tsx";
import { ImportDrawer } from "./import.tsx";

const route = getRouteApi("/registers/$register");
const SIZE = 30;
export type Register = Reply<"getRegister">;
export type Row = Reply<"listEntries">["rows"][number];

export default function RegisterRoute() {
  const { register } = route.useParams();
  const query = useQuery({ ...ask("getRegister", { params: { register } }), staleTime: 5 * 60_000 });
  return <Loaded query={query}>{(r) => <RegisterView key={register} register={r} />}</Loaded>;
}

function RegisterView({ register }: { register: Register }) {
  const d = register.definition;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const today = useToday();
  const [creating, setCreating] = useState<string | null>(null);
  const [importing, setImporting] = useState(false);
  const all = columnsOf(d);
  const [chosen, choose] = useChosenColumns(d);
  const page = pageOf(search);
  const { q, sort, division, flagged, filter } = search;
  const narrowed = [q, division, filter, flagged].some(Boolean);
  const rows = useQuery({
    ...ask("listEntries", {
      params: { register: d.code },
      query: { page, size: SIZE, q, sort, division, filter, ...(flagged === "true" ? { flagged } : {}) },
    }),
    placeholderData: keepPreviousData,
  });
  const set = (change: Partial<typeof search>) =>
    void navigate({
      to: "/registers/$register",
      params: { register: d.code },
      search: { ...search, page: "", ...change },
    });
  const openEntry = (entry: string) => set({ page: search.page ?? "", entry });
  const [sortName, sortOrder] = sort?.startsWith("-") ? [sort.slice(1), "descend"] : [sort, "ascend"];

  const onTable: TableProps<Row>["onChange"] = (_p, _f, s) => {
    const one = Array.isArray(s) ? s[0] : s;
    set({ sort: one?.order ? `${one.order === "descend" ? "-" : ""}${String(one.columnKey)}` : "" });
  };
  const columns: TableColumnsType<Row> = all
    .filter((c) => chosen.includes(c.name))
    .map((c) => ({
      key: c.name,
      title: c.unit ? `${c.label}（${c.unit}）` : c.label,
      className: c.numeric ? "num" : "",
      sorter: true,
      ...(sortName === c.name ? { sortOrder: sortOrder as "ascend" | "descend" } : { sortOrder: null }),
      render: (_, r) =>
        c.name === d.titleField ? (
          <>
            <button
              type="button"
              className="link-button"
              onClick={() => openEntry(r.id)}
              data-testid="entry-link"
            >
              {r.texts[c.name] ?? "—"}
            </button>{" "}
            {!r.active && <State tone="neutral">停用</State>}
          </>
        ) : c.name === d.divisionField ? (
          r.divisionName
        ) : (
          (r.texts[c.name] ?? "—")
        ),
    }));
  // A register without a limit and without checks has nothing to hint at.
  const hints = d.check !== undefined || d.limits !== undefined;
  if (hints)
    columns.push({
      title: "提示",
      render: (_, r) => (
        <>
          {r.flags.map((f) => (
            <div key={f} className="warning small register-flag">
              <Shape tone="warn" /> {f}
            </div>
          ))}
          {d.check && r.checkDueOn && r.checkDueOn < today && (
            <div className="danger small nowrap">
              <Shape tone="bad" /> {d.check.label}超期（{r.checkDueOn}）
            </div>
          )}
        </>
      ),
    });

  const create = register.canEdit && (
    <Button type="primary" onClick={() => setCreating(newId())} data-testid="new-entry">
      新建
    </Button>
  );
  return (
    <Page
      title={d.title}
      testId="register"
      actions={
        <>
          {register.canEdit && d.importing && (
            <Button onClick={() => setImporting(true)} data-testid="import">
              导入
            </Button>
          )}
          {create}
        </>
      }
      note={
        register.limits.length > 0 && (
          <ul className="limits" data-testid="limits">
            {register.limits.map((l) => (
              <li key={l.parameter}>
                {l.parameter}：<b className="tabular">{l.text}</b>{" "}
                <span className="small">
                  {l.document ?? "本县规定"} · {l.since} 起
                  {l.unverified && <span className="warning"> · 文号待核</span>}
                </span>
              </li>
            ))}
          </ul>
        )
      }
    >
      <search className="filters" aria-label="筛选">
        <SearchBox value={q} label="按名称查找" onChange={(v) => set({ q: v ?? "" })} />
        {d.divisionField && <DivisionFilter value={division} onChange={(v) => set({ division: v ?? "" })} />}
        {hints && (
          <Checkbox
            checked={flagged === "true"}
            onChange={(e) => set({ flagged: e.target.checked ? "true" : "" })}
          >
            只看有提示的
          </Checkbox>
        )}
        <Dropdown
          trigger={["click"]}
          menu={{
            selectable: true,
            multiple: true,
            selectedKeys: chosen,
            items: all.map((c) => ({ key: c.name, label: c.label, disabled: c.name === d.titleField })),
            onSelect: ({ selectedKeys }) => choose(selectedKeys),
            onDeselect: ({ selectedKeys }) => choose(selectedKeys),
          }}
        >
          <Button data-testid="columns">选列</Button>
        </Dropdown>
      </search>
      <Loaded query={rows} rows={8}>
        {(data) => (
          <Panel flush>
            {data.total === 0 ? (
              <Blank mark="账" title={narrowed ? "没有符合条件的条目" : "还没有条目"} action={create}>
                {narrowed
                  ? "可以放宽筛选。"
                  : register.canEdit
                    ? "新建一条，指标就从这里算起。"
                    : "登记以后列在这里。"}
              </Blank>
            ) : (
              <Table<Row>
                size="small"
                rowKey="id"
                dataSource={data.rows}
                columns={columns}
                pagination={false}
                scroll={{ x: "max-content" }}
                onChange={onTable}
                loading={rows.isPlaceholderData}
                onRow={(r) => ({ onDoubleClick: () => openEntry(r.id) })}
              />
            )}
            {Object.keys(data.sums).length > 0 && data.total > 0 && (
              <p className="register-sums" data-testid="sums">
                {Object.entries(data.sums).map(([name, n]) => {
                  const c = all.find((x) => x.name === name);
                  return (
                    c && (
                      <span key={name}>
                        {c.label}合计 <b>{wordSum(c, n)}</b>
                      </span>
                    )
                  );
                })}
              </p>
            )}
            <Pager page={page} size={SIZE} total={data.total} onChange={(p) => set({ page: String(p) })} />
          </Panel>
        )}
      </Loaded>
      {search.entry && (
        <EntryDrawer
          key={search.entry}
          register={register}
          id={search.entry}
          close={() => set({ page: search.page ?? "", entry: "" })}
        />
      )}
      {importing && <ImportDrawer register={register} close={() => setImporting(false)} />}
      {creating && (
        <EntryForm
          register={register}
          id={creating}
          close={() => setCreating(null)}
          saved={(id) => {
            setCreating(null);
            openEntry(id);
          }}
        />
      )}
    </Page>
  );
}
