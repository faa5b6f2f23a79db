/** 政策找人: who may draw what and does not, village by village; why, what to bring, and how far asking has come. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { App, Button, Checkbox, Select } from "antd";
import { useState } from "react";
import { may } from "../../app/access.ts";
import { type Ask, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DivisionFilter, Pager, pageOf, SearchBox } from "../../parts/list.tsx";
import { State, type Tone } from "../../parts/marks.tsx";
import { Go, Heads, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { Act } from "./clue.tsx";
import type { Action } from "./steps.tsx";
import "../../styles/found.css";

type Found = Reply<"listFound">;
type Row = Found["rows"][number];
type How = Row["how"];
type Clue = Reply<"getClue">;
const route = getRouteApi("/found");
const SIZE = 20;
const TONES: Record<How, Tone> = {
  ...{ none: "warn", willing: "active", unwilling: "waiting", ineligible: "waiting" },
  ...{ unreachable: "warn", moved: "waiting", applied: "active", awarded: "good", settled: "waiting" },
};

/** In these states of the clue somebody is asked. */
const ASKED: ReadonlySet<Row["state"]> = new Set(["dispatched", "assigned", "visited"]);

export default function FoundRoute() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (part: Partial<typeof search>) => void navigate({ search: { ...search, page: "", ...part } });
  const query = useQuery(
    ask("listFound", {
      query: {
        ...{ page: pageOf(search), size: SIZE, q: search.q || undefined },
        how: (search.how || undefined) as NonNullable<Ask<"listFound">["query"]>["how"],
        ...{ division: search.division || undefined, benefit: search.benefit || undefined },
        ...{ month: search.month || undefined, again: search.again === "true" ? "true" : undefined },
      },
    }),
  );
  return (
    <Page
      title="政策找人"
      testId="found"
      note="名单和规则认为可以享受、现在没有享受的人。先告知、问本人愿不愿意，再帮他申请；给不给，仍由办件审核确认。"
    >
      <Loaded query={query} rows={10}>
        {(data) => (
          <>
            <Progress of={data} go={go} how={search.how} />
            <Panel
              title="名单"
              testId="found-list"
              extra={
                <div className="filters">
                  <Select
                    aria-label="待遇"
                    value={search.benefit || ""}
                    options={[
                      { value: "", label: "全部待遇" },
                      ...data.benefits.map((b) => ({ value: b.code, label: b.title })),
                    ]}
                    onChange={(benefit) => go({ benefit })}
                    style={{ minInlineSize: 130 }}
                  />
                  <DivisionFilter value={search.division} onChange={(d) => go({ division: d ?? "" })} />
                  <SearchBox value={search.q} label="姓名" onChange={(q) => go({ q: q ?? "" })} />
                  <Checkbox
                    checked={search.again === "true"}
                    onChange={(e) => go({ again: e.target.checked ? "true" : "" })}
                  >
                    该再联系了
                  </Checkbox>
                  {(search.how || search.month) && (
                    <Button size="small" onClick={() => go({ how: "", month: "" })}>
                      {[search.month, data.states.find((s) => s.how === search.how)?.label]
                        .filter(Boolean)
                        .join("，")}{" "}
                      ×
                    </Button>
                  )}
                </div>
              }
            >
              {data.rows.length === 0 ? (
                <Blank mark="寻" title="没有这样的人">
                  部门名单比对出应享未享的人，会按村列在这里。
                </Blank>
              ) : (
                <>
                  <Villages rows={data.rows} />
                  <Pager
                    page={pageOf(search)}
                    size={SIZE}
                    total={data.total}
                    onChange={(page) => go({ page: String(page) })}
                  />
                </>
              )}
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface ProgressProps {
  readonly of: Found;
  readonly go: (part: { how: string }) => void;
  readonly how: string | undefined;
}
function Progress({ of: { states, places }, go, how }: ProgressProps) {
  return (
    <Panel title="联系到哪一步" testId="found-progress">
      <ul className="found-states">
        {states.map((s) => (
          <li key={s.how}>
            <button
              type="button"
              aria-pressed={how === s.how}
              onClick={() => go({ how: how === s.how ? "" : s.how })}
            >
              <b className="tabular">{s.n}</b>
              <span>{s.label}</span>
            </button>
          </li>
        ))}
      </ul>
      {places.length > 0 && (
        <Scroll label="各地方">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">地方</th>
                <Heads of={["找到", ...states.map((s) => s.label)]} num />
              </tr>
            </thead>
            <tbody>
              {places.map((p) => (
                <tr key={p.code}>
                  <td className="nowrap">
                    <Go href={`/found?division=${p.code}`}>{p.name}</Go>
                  </td>
                  <td className="num tabular">{p.total}</td>
                  {states.map((s, i) => (
                    <td key={s.how} className="num tabular">
                      {p.counts[i] ? (
                        <Go href={`/found?division=${p.code}&how=${s.how}`}>{p.counts[i]}</Go>
                      ) : (
                        <span className="quiet">0</span>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Panel>
  );
}

function Villages({ rows }: { rows: readonly Row[] }) {
  const villages = [...new Set(rows.map((r) => r.divisionCode))];
  const [doing, setDoing] = useState<{ clue: Clue; action: Action } | null>(null);
  return (
    <>
      {villages.map((code) => (
        <section key={code} className="found-village">
          <h3>{rows.find((r) => r.divisionCode === code)?.divisionName}</h3>
          <ul>
            {rows
              .filter((r) => r.divisionCode === code)
              .map((r) => (
                <Person key={r.id} row={r} begin={(clue, action) => setDoing({ clue, action })} />
              ))}
          </ul>
        </section>
      ))}
      {doing && <Act clue={doing.clue} action={doing.action} close={() => setDoing(null)} />}
    </>
  );
}

interface PersonProps {
  readonly row: Row;
  readonly begin: (clue: Clue, action: Action) => void;
}
function Person({ row: r, begin }: PersonProps) {
  const { account } = useSession();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [opening, setOpening] = useState("");
  const open = async (name: "dispatch" | "contact" | "open-case") => {
    setOpening(name);
    try {
      const clue = await queries.fetchQuery({ ...ask("getClue", { params: { id: r.id } }), staleTime: 0 });
      const action = clue.actions.find((a) => a.action === name);
      if (action) begin(clue, action);
      else message.warning(`这条线索现在是「${clue.stateLabel}」，这一步由别人办，请点开看。`);
    } catch (e) {
      message.error(sentence(e));
    } finally {
      setOpening("");
    }
  };
  const asks = may(account.role, "reportClue");
  // An application is under way: the case goes on, nobody has to be sent or asked.
  const asking = r.how === "applied";
  return (
    <li className="found-person" data-testid="found-person">
      <div>
        {r.personId ? (
          <Link to="/persons/$id" params={{ id: r.personId }}>
            <b>{r.nameMasked}</b>
          </Link>
        ) : (
          <b>{r.nameMasked}</b>
        )}
        <div>{r.benefits.join("、") || "看他符合哪一项"}</div>
        <Link to="/clues/$id" params={{ id: r.id }} className="small">
          {r.number}
        </Link>
        <div className="quiet small">{r.foundOn} 找到</div>
      </div>
      <div>
        {r.reasons.map((s) => (
          <div key={s.title}>
            <p>{s.reason}</p>
            <p className="quiet small">{s.evidence.map((e) => `${e.label}：${e.value}`).join("；")}</p>
          </div>
        ))}
        {r.bring.length > 0 && (
          <p className="small">
            <span className="quiet">请他带上：</span>
            {r.bring.join("、")}
          </p>
        )}
      </div>
      <div>
        <State tone={TONES[r.how]} testId="found-how">
          {r.howLabel}
        </State>
        {r.contact ? (
          <p className="small">
            {r.contact.on} {r.contact.by} {r.contact.how}
            {r.contact.wish !== r.howLabel && `：${r.contact.wish}`}
            {r.contact.why && `（${r.contact.why}）`}
            <span className="quiet found-said">{r.contact.said}</span>
            {r.state === "referred" && <span className="quiet found-said">{r.stateLabel}</span>}
          </p>
        ) : (
          <p className="quiet small">
            {r.workerName ? `派给 ${r.workerName}` : asking ? "办件决定以后，这里自己办结" : r.stateLabel}
            {r.late && <span className="danger">，已超期</span>}
          </p>
        )}
        {r.askAgainOn && <p className="small">下次联系：{r.askAgainOn}</p>}
        <div className="row">
          {r.caseId && (
            <Link to="/cases/$id" params={{ id: r.caseId }}>
              看办件
            </Link>
          )}
          {account.role === "county" && r.state === "new" && !asking && (
            <Button
              size="small"
              loading={opening === "dispatch"}
              onClick={() => void open("dispatch")}
              data-testid="dispatch"
            >
              下发乡镇
            </Button>
          )}
          {asks && !asking && ASKED.has(r.state) && (
            <Button
              size="small"
              loading={opening === "contact"}
              onClick={() => void open("contact")}
              data-testid="contact"
            >
              登记联系
            </Button>
          )}
          {account.role !== "county" && asks && r.how === "willing" && r.state === "visited" && (
            <Button
              size="small"
              type="primary"
              loading={opening === "open-case"}
              onClick={() => void open("open-case")}
              data-testid="apply-for"
            >
              代办申请
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
