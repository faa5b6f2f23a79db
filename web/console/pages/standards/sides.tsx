/** One household's decision before and after a change, step beside step; what differs first. */
import { useQuery } from "@tanstack/react-query";
import { Drawer } from "antd";
import { useState } from "react";
import type { ApiError, Reply } from "../../app/api.ts";
import { Loaded } from "../../parts/states.tsx";

export type BeforeAfter = Reply<"explainRuleChange">;
type Pair = BeforeAfter["pairs"][number];

interface SidesDrawerProps {
  title: string;
  queryKey: string;
  ask: () => Promise<BeforeAfter>;
  close: () => void;
}
export function SidesDrawer({ title, queryKey, ask, close }: SidesDrawerProps) {
  const query = useQuery<BeforeAfter, ApiError>({
    queryKey: ["before-after", queryKey],
    queryFn: ask,
    // What is compared with may have changed since the last look.
    gcTime: 0,
    retry: false,
  });
  return (
    <Drawer open title={title} size={920} onClose={close}>
      <Loaded query={query}>{(d) => <Sides of={d} />}</Loaded>
    </Drawer>
  );
}

function Sides({ of }: { of: BeforeAfter }) {
  const [all, setAll] = useState(false);
  const changed = of.pairs.filter((p) => p.changed);
  const shown = all ? of.pairs : changed;
  return (
    <div className="stack" data-testid="sides">
      <div className="row">
        <span>
          {of.month}：{of.pairs.length} 步里有 <b>{changed.length}</b> 步不同
        </span>
        <button type="button" className="link-button" onClick={() => setAll(!all)}>
          {all ? "只看不同的" : "看全部步骤"}
        </button>
      </div>
      <table className="plain-table sides">
        <thead>
          <tr>
            <th scope="col">步骤</th>
            <th scope="col">现在</th>
            <th scope="col">以后</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((p) => (
            <tr key={`${p.variable}|${p.member}`} className={p.changed ? "sides-changed" : ""}>
              <th scope="row">
                {p.variable}
                {p.member && <div className="quiet small">{p.member}</div>}
              </th>
              <SideCell side={p.before} />
              <SideCell side={p.after} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SideCell({ side }: { side: Pair["before"] }) {
  if (!side) return <td className="quiet">没有这一步</td>;
  return (
    <td>
      <b className="tabular">{side.text}</b>
      <div className="small">{side.formula}</div>
      {side.failed && <div className="small danger">不满足「{side.failed}」</div>}
      {side.uses
        .filter((u) => u.document)
        .map((u) => (
          <div key={u.name} className="quiet small">
            {u.name} {u.text}：{u.document}
            {u.since && `（${u.since} 起）`}
          </div>
        ))}
      {side.article && <div className="quiet small">{side.article}</div>}
    </td>
  );
}
