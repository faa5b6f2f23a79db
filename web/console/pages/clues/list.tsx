/** 线索: how many hits became help, and what waits, by its day. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { Button, Checkbox, Select } from "antd";
import { useRef, useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { DivisionFilter, Pager, pageOf, SearchBox } from "../../parts/list.tsx";
import { State } from "../../parts/marks.tsx";
import { Heads, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { Funnel } from "./funnel.tsx";
import { OUTCOMES, SOURCES, STATES, TONES } from "./words.ts";

type Query = NonNullable<Ask<"listClues">["query"]>;
type Row = Reply<"listClues">["rows"][number];
const route = getRouteApi("/clues");
const SIZE = 20;

const stateOf = (state: string | undefined): Query["state"] =>
  state === "all" ? undefined : ((state || "open") as Query["state"]);

export default function Clues() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { account } = useSession();
  const [reporting, setReporting] = useState(false);
  const go = (part: Partial<typeof search>) => void navigate({ search: { ...search, page: "", ...part } });
  const list = useQuery(
    ask("listClues", {
      query: {
        ...{ page: pageOf(search), size: SIZE, q: search.q || undefined },
        ...{ state: stateOf(search.state), division: search.division || undefined },
        source: (search.source || undefined) as Query["source"],
        ...{ level: search.level || undefined, month: search.month || undefined },
        sample: search.sample || undefined,
        outcome: (search.outcome || undefined) as Query["outcome"],
        ...{
          late: search.late === "true" ? "true" : undefined,
          mine: search.mine === "true" ? "true" : undefined,
        },
      },
    }),
  );
  const counts = may(account.role, "clueFunnel");
  const funnel = useQuery({ ...ask("clueFunnel", { query: {} }), enabled: counts });
  const narrowed = [
    search.month && `${search.month} 发现`,
    search.outcome && `结果：${OUTCOMES[search.outcome] ?? ""}`,
    search.late === "true" && "已超期",
    search.sample && "抽查名单",
  ].filter(Boolean);
  const report = may(account.role, "reportClue") && (
    <Button type="primary" onClick={() => setReporting(true)} data-testid="report-clue">
      登记线索
    </Button>
  );
  return (
    <Page
      title="线索"
      testId="clues"
      note={
        account.role === "finance"
          ? "建议停发的、已经停发或少发的线索；上门看到的情况不在这里。"
          : "线索不是结论，也不改动待遇：先上门看，再由人决定。"
      }
      actions={report}
    >
      {counts && (
        <Panel
          title="从命中到帮扶"
          extra={<Link to="/clues/overview">地图、走势和乡镇</Link>}
          testId="clue-funnel"
        >
          <Loaded query={funnel} rows={4} small>
            {({ total, since, unverified }) => (
              <>
                <Funnel counts={total} />
                <p className="quiet small">
                  {since} 起。{unverified && "线索级别和各步时限尚未由本县核定，按系统暂定的算。"}
                </p>
              </>
            )}
          </Loaded>
        </Panel>
      )}
      <Panel
        title="线索"
        flush
        extra={
          <div className="filters">
            <Select
              aria-label="状态"
              value={search.state || "open"}
              options={STATES}
              onChange={(state) => go({ state })}
              style={{ minInlineSize: 120 }}
            />
            <Select
              aria-label="来源"
              value={search.source || ""}
              options={[{ value: "", label: "全部来源" }, ...SOURCES]}
              onChange={(source) => go({ source })}
              style={{ minInlineSize: 120 }}
            />
            {counts && (
              <Select
                aria-label="级别"
                value={search.level || ""}
                options={[
                  { value: "", label: "全部级别" },
                  ...(funnel.data?.levels ?? []).map((l) => ({ value: l.level, label: l.label })),
                ]}
                onChange={(level) => go({ level })}
                style={{ minInlineSize: 110 }}
              />
            )}
            <DivisionFilter value={search.division} onChange={(d) => go({ division: d ?? "" })} />
            <SearchBox value={search.q} label="编号、姓名" onChange={(q) => go({ q: q ?? "" })} />
            {may(account.role, "reportClue") && (
              <Checkbox
                checked={search.mine === "true"}
                onChange={(e) => go({ mine: e.target.checked ? "true" : "" })}
              >
                我的
              </Checkbox>
            )}
            {narrowed.length > 0 && (
              <Button size="small" onClick={() => go({ month: "", outcome: "", late: "", sample: "" })}>
                {narrowed.join("，")} ×
              </Button>
            )}
          </div>
        }
      >
        <Loaded query={list}>
          {({ rows, total }) =>
            rows.length === 0 ? (
              <Blank mark="线" title="没有这样的线索" action={report}>
                部门数据比对的预警、工作人员看到的、群众反映的，都会列在这里，先到期的在前。
              </Blank>
            ) : (
              <>
                <Rows rows={rows} />
                <Pager
                  page={pageOf(search)}
                  size={SIZE}
                  total={total}
                  onChange={(page) => go({ page: String(page) })}
                />
              </>
            )
          }
        </Loaded>
      </Panel>
      {reporting && <Report close={() => setReporting(false)} />}
    </Page>
  );
}

function Rows({ rows }: { rows: readonly Row[] }) {
  return (
    <Scroll label="线索列表">
      <table className="plain-table" data-testid="clue-list">
        <thead>
          <tr>
            <Heads of={["线索", "姓名", "所在地", "来源", "状态", "期限"]} />
          </tr>
        </thead>
        <tbody>
          {rows.map((c) => (
            <tr key={c.id}>
              <td>
                <Link to="/clues/$id" params={{ id: c.id }}>
                  {c.title}
                </Link>
                <div className="quiet">
                  {c.number} · {c.levelLabel}
                </div>
              </td>
              <td>{c.nameMasked || "不知姓名"}</td>
              <td>{c.divisionName}</td>
              <td>{c.sourceLabel}</td>
              <td>
                <State tone={TONES[c.state]}>{c.stateLabel}</State>
                <div className="quiet">{c.outcomeLabel ?? c.workerName}</div>
              </td>
              <td className={c.late ? "danger" : undefined}>
                {c.closedOn ? `${c.closedOn} 办结` : ((c.answerBy && dateTime(c.answerBy)) ?? c.dueOn ?? "—")}
                {c.late && "，已超期"}
                {c.urged > 0 && <div className="warning">催办 {c.urged} 次</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const FIELDS: readonly Field[] = [
  { name: "title", label: "遇到什么困难", type: "text", required: true, min: 2, max: 200, help: "一句话。" },
  { name: "divisionCode", label: "在哪个村（社区）", type: "division", required: true },
  { name: "name", label: "谁", type: "text", max: 50, help: "不知道姓名可以不填，写明住在哪里。" },
  { name: "phone", label: "电话", type: "text", max: 20 },
  { name: "address", label: "住在哪里，在哪里能找到他", type: "text", max: 200 },
  { name: "reason", label: "看到、听到的情况", type: "longtext", max: 2000 },
  {
    ...{ name: "source", label: "从哪里知道的", type: "choice", required: true },
    choices: SOURCES.filter((s) => s.value !== "alert"),
  },
  { name: "occurredOn", label: "哪天知道的", type: "date", required: true },
];

function Report({ close }: { close: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const today = useToday();
  const id = useRef(newId());
  return (
    <DrawerForm
      title="登记线索"
      verb="登记"
      fields={FIELDS}
      initial={{ source: "worker", occurredOn: today }}
      close={close}
      send={async (v) => {
        const text = (name: string) => String(v[name] ?? "");
        const done = await api.reportClue({
          body: {
            ...{ id: id.current, title: text("title"), divisionCode: text("divisionCode") },
            ...{ name: text("name"), phone: text("phone"), address: text("address") },
            ...{ reason: text("reason"), occurredOn: text("occurredOn") },
            source: text("source") as Ask<"reportClue">["body"]["source"],
          },
        });
        await queries.invalidateQueries({ queryKey: ["listClues"] });
        await queries.invalidateQueries({ queryKey: ["clueFunnel"] });
        close();
        await navigate({ to: "/clues/$id", params: { id: done.id } });
      }}
    />
  );
}
