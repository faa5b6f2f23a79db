import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { RosterLine } from "@wuxin/contract";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { App } from "antd";
import { useRef } from "react";
import { signedYuan, yuan } from "../../../kit/format.ts";
import { api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Loaded } from "../../parts/states.tsx";
import { useRosterRefresh } from "./refresh.ts";
import type { Roster } from "./roster.tsx";

type Choice = Reply<"getLineChoice">;
const REASON: readonly Field[] = [
  { name: "reason", label: "择一理由", type: "longtext", required: true, min: 2, max: 300 },
];

/** Two benefits of one person that exclude each other: which one stands, what the other would give, and the choice. */
export function ChooseDrawer({
  roster,
  line,
  close,
}: {
  roster: Roster;
  line: RosterLine;
  close: () => void;
}) {
  const query = useQuery(ask("getLineChoice", { params: { id: roster.id, lineId: line.id } }));
  const refresh = useRosterRefresh(roster.id);
  const { message } = App.useApp();
  const id = useRef(newId());
  const can = query.data?.why === null;
  return (
    <DrawerForm
      title="两项待遇择一"
      verb={can ? `改发${line.itemTitle}` : "知道了"}
      fields={can ? REASON : []}
      columns={2}
      close={close}
      intro={<Loaded query={query}>{(c) => <Sides of={c} />}</Loaded>}
      send={async (v) => {
        if (can) {
          const params = { id: roster.id, lineId: line.id };
          await api.chooseLine({ params, body: { id: id.current, reason: String(v.reason) } });
          refresh();
          message.success(`本月改发${line.itemTitle}。`);
        }
        close();
      }}
    />
  );
}

function Sides({ of: c }: { of: Choice }) {
  return (
    <div className="stack" data-testid="choice">
      {c.reasons.map((r) => (
        <p key={r} className="warning">
          {r}
        </p>
      ))}
      <table className="plain-table">
        <thead>
          <tr>
            <th>待遇</th>
            <th>领取人</th>
            <th className="num">人数</th>
            <th className="num">本月（元）</th>
            <th>现在</th>
          </tr>
        </thead>
        <tbody>
          {[...c.standing.map((s) => [s, true] as const), [c.chosen, false] as const].map(([s, stands]) => (
            <tr key={s.lineId}>
              <td>
                <Link to="/entitlements/$id" params={{ id: s.entitlementId }}>
                  {s.itemTitle}
                </Link>
              </td>
              <td>
                {s.payee}
                <div className="quiet small">{s.divisionName}</div>
              </td>
              <td className="num">{s.persons}</td>
              <td className="num">{yuan(s.amountFen)}</td>
              <td>
                <State tone={stands ? "good" : "waiting"}>{stands ? "列入发放" : "暂缓"}</State>
              </td>
            </tr>
          ))}
          {c.standing.length > 0 && (
            <tr>
              <td colSpan={3}>改选后本月相差</td>
              <td className="num">
                <b>{signedYuan(c.differenceFen)}</b>
              </td>
              <td />
            </tr>
          )}
        </tbody>
      </table>
      <p>{c.why ?? c.text}</p>
      <p className="quiet small">
        金额是两项待遇各自按规则认定的本月数。选定后，不再领取的一项请到它的认定里办理停发，下月才不会再次重复。
      </p>
    </div>
  );
}
