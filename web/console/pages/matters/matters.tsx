import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { Button } from "antd";
import { useRef, useState } from "react";
import { may } from "../../app/access.ts";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State, type Tone } from "../../parts/marks.tsx";
import { Heads, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/plans.css";

export type Matter = Reply<"listMatters">["rows"][number];
type List = Reply<"listMatters">;
const route = getRouteApi("/matters");
export const toneOf = (m: Pick<Matter, "state" | "late">): Tone =>
  m.late ? "bad" : ({ open: "active", reported: "waiting", closed: "good" }[m.state] as Tone);

/** What leaders asked for and nobody may forget: from meetings, instructions, hotline, petitions, registers, and plans. */
export default function Matters() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const { account } = useSession();
  const show = search.show === "closed" ? ("closed" as const) : ("open" as const);
  const query = useQuery(ask("listMatters", { query: { show } }));
  const [opening, setOpening] = useState(search.entry !== undefined);
  const open = may(account.role, "openMatter") && (
    <Button type="primary" onClick={() => setOpening(true)} data-testid="open-matter">
      督办立项
    </Button>
  );
  return (
    <Page
      title="督办事项"
      testId="matters"
      note={
        query.data &&
        `会议、批示、热线、信访和台账里没有解决的事，立项、交办、反馈、核查、销号。超过期限 ${query.data.raiseAfterDays} 天没有办结的自动上报一级。`
      }
      actions={open}
    >
      <fieldset className="chips" aria-label="办到哪里">
        {(["open", "closed"] as const).map((s) => (
          <button
            key={s}
            type="button"
            className="chip"
            aria-pressed={show === s}
            onClick={() => void navigate({ to: "/matters", search: { show: s } })}
          >
            {s === "open" ? "没有办结的" : "已销号的"}
          </button>
        ))}
      </fieldset>
      <Loaded query={query} rows={6}>
        {(list) => (
          <>
            <Panel flush testId="matter-list">
              {list.rows.length === 0 ? (
                <Blank mark="督" title={show === "open" ? "没有在办的督办事项" : "还没有销号的"}>
                  领导批示、会议定的、热线和信访转来的事，写明责任和期限就在这里盯到办结。
                </Blank>
              ) : (
                <Rows rows={list.rows} />
              )}
            </Panel>
            {list.targets.length > 0 && <Urged targets={list.targets} />}
          </>
        )}
      </Loaded>
      {opening && <OpenDrawer close={() => setOpening(false)} />}
    </Page>
  );
}

function Rows({ rows }: { rows: readonly Matter[] }) {
  return (
    <Scroll label="督办事项">
      <table className="plain-table matter-table">
        <thead>
          <tr>
            <Heads of={["事项", "状态", "期限", "责任"]} />
          </tr>
        </thead>
        <tbody>
          {rows.map((m) => (
            <tr key={m.id} data-testid="matter-row">
              <td>
                <Link to="/matters/$id" params={{ id: m.id }}>
                  {m.title}
                </Link>
                <div className="quiet">{m.from}</div>
              </td>
              <td>
                <State tone={toneOf(m)}>{m.stateText}</State>
                {m.raisedTo && <div className="danger">已上报{m.raisedTo}</div>}
              </td>
              <td className="nowrap tabular">{m.dueOn}</td>
              <td>
                {m.owner}
                {m.divisionName && <div className="quiet">{m.divisionName}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Urged({ targets }: { targets: List["targets"] }) {
  return (
    <Panel title="督办中的计划目标" flush testId="urged-targets">
      <Scroll label="督办中的计划目标">
        <table className="plain-table matter-table">
          <thead>
            <tr>
              <Heads of={["目标", "状态", "期限", "责任"]} />
            </tr>
          </thead>
          <tbody>
            {targets.map((t) => (
              <tr key={t.targetId}>
                <td>
                  <Link to="/plans/$id" params={{ id: t.planId }} search={{ target: t.targetId }}>
                    {t.object}
                  </Link>
                </td>
                <td>
                  <State tone={t.late ? "bad" : "active"}>{t.late ? "没有答复，逾期" : "等答复"}</State>
                  {t.raised && <div className="danger">已上报局领导</div>}
                </td>
                <td className="nowrap tabular">{t.until}</td>
                <td>{t.owner ?? <span className="quiet">未定</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}

const FROM = [
  { value: "meeting", label: "会议议定" },
  { value: "instruction", label: "领导批示" },
  { value: "hotline", label: "热线工单" },
  { value: "petition", label: "信访件" },
];
const source = (fixed: boolean): readonly Field[] =>
  fixed ? [] : [{ name: "source", label: "来源", type: "choice", required: true, choices: FROM }];
const fields = (ofRegister: boolean): readonly Field[] => [
  {
    ...{
      name: "sourceText",
      label: ofRegister ? "台账的哪一条" : "哪次会议、谁的批示或工单编号",
      type: "text",
      required: true,
    },
    ...{ min: 2, max: 200 },
  },
  { name: "sourceOn", label: "来源日期", type: "date", required: true },
  {
    ...{ name: "title", label: "督办什么", type: "text", required: true, min: 2, max: 200 },
    help: "不写居民的姓名和证件号。",
  },
  { name: "demand", label: "要求办到什么程度", type: "longtext", required: true, min: 4, max: 2000 },
  { name: "owner", label: "责任股室或责任人", type: "text", required: true, min: 2, max: 100 },
  { name: "divisionCode", label: "交给乡镇（街道），县级办的不填", type: "division" },
  { name: "dueOn", label: "办结期限", type: "date", required: true, allowFuture: true },
];

/** A line of a register brings its words along in the address. */
function OpenDrawer({ close }: { close: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const today = useToday();
  const search = route.useSearch();
  const id = useRef(newId());
  const { entry, register, line } = search;
  const ofRegister = entry !== undefined && register !== undefined;
  return (
    <DrawerForm
      title="督办立项"
      verb="立项"
      fields={[...source(ofRegister), ...fields(ofRegister)]}
      initial={{
        ...(ofRegister ? { sourceText: search.title ?? "" } : { source: "instruction" }),
        ...{ title: search.title ?? "", demand: search.demand ?? "", owner: search.owner ?? "" },
        sourceOn: today,
      }}
      close={close}
      send={async (v) => {
        const made = await api.openMatter({
          body: {
            id: id.current,
            source: ofRegister ? "register" : (v.source as Ask<"openMatter">["body"]["source"]),
            ...(ofRegister ? { register, entryId: entry, ...(line ? { lineId: line } : {}) } : {}),
            ...{ sourceText: String(v.sourceText), sourceOn: String(v.sourceOn), title: String(v.title) },
            ...{ demand: String(v.demand), owner: String(v.owner), dueOn: String(v.dueOn) },
            ...(v.divisionCode ? { divisionCode: String(v.divisionCode) } : {}),
          },
        });
        await queries.invalidateQueries({ queryKey: ["listMatters"] });
        await queries.invalidateQueries({ queryKey: ["mattersOfEntry"] });
        close();
        await navigate({ to: "/matters/$id", params: { id: made.id } });
      }}
    />
  );
}
