/** 整改通知单 on the page of supervision: those that run, by their day, and the form that issues one. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { useRef } from "react";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { Pager } from "../../parts/list.tsx";
import { State } from "../../parts/marks.tsx";
import { Heads, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { RECTIFIED } from "./words.ts";

type Row = Reply<"listRectifications">["rows"][number];
const SIZE = 20;

export function Rectifications({ page, turn }: { page: number; turn: (page: number) => void }) {
  const query = useQuery(ask("listRectifications", { query: { page, size: SIZE } }));
  return (
    <Panel title="整改通知单" testId="rectifications" flush>
      <Loaded query={query} rows={3} small>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <Blank small mark="改" title="还没有整改通知单">
              县里看到哪个乡镇（街道）办得不好，在上面那一行点「通知整改」。
            </Blank>
          ) : (
            <>
              <Scroll label="整改通知单">
                <table className="plain-table">
                  <thead>
                    <tr>
                      <Heads of={["编号", "乡镇（街道）", "存在的问题", "期限", "状态"]} />
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((r) => (
                      <tr key={r.id}>
                        <td className="nowrap">
                          <Link to="/supervision/rectifications/$id" params={{ id: r.id }}>
                            {r.number}
                          </Link>
                        </td>
                        <td className="nowrap">{r.divisionName}</td>
                        <td>{r.problem}</td>
                        <td className="nowrap tabular">{r.dueOn}</td>
                        <td className="nowrap">
                          <State tone={r.late ? "bad" : RECTIFIED[r.state]}>
                            {r.stateLabel}
                            {standing(r)}
                          </State>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
              {total > SIZE && <Pager page={page} size={SIZE} total={total} onChange={turn} />}
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}
function standing(r: Row): string {
  if (r.late) return "，已超期";
  if (r.answeredOn !== null && r.answeredOn > r.dueOn) return "，超期报送";
  return r.returned > 0 ? `，退回 ${r.returned} 次` : "";
}

interface IssueProps {
  readonly place: { readonly divisionCode: string; readonly divisionName: string };
  readonly month: string;
  readonly close: () => void;
}
export function Issue({ place, month, close }: IssueProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const query = useQuery(ask("listRectifications", { query: { page: 1, size: SIZE } }));
  const id = useRef(newId());
  if (!query.data) return null;
  return (
    <DrawerForm
      title={`通知${place.divisionName}整改`}
      verb="下发整改通知"
      intro={
        <p className="quiet">
          {month} 的下发、上门、抽查、走访各数一并写进通知单。乡镇在工作台看到，报送情况和照片后由县里复核。
        </p>
      }
      fields={query.data.issueFields}
      close={close}
      send={async (data) => {
        const made = await api.issueRectification({
          body: {
            ...{ id: id.current, divisionCode: place.divisionCode, month },
            data: data as Ask<"issueRectification">["body"]["data"],
          },
        });
        await queries.invalidateQueries({ queryKey: ["listRectifications"] });
        close();
        await navigate({ to: "/supervision/rectifications/$id", params: { id: made.id } });
      }}
    />
  );
}
