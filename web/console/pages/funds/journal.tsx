import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { App, Button, Select } from "antd";
import { useRef, useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { besideOf, Steps } from "../../parts/list.tsx";
import { Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { useFundsRefresh } from "./enter.tsx";
import type { Funds } from "./funds.tsx";

const route = getRouteApi("/funds");
const SIZE = 10;
type Row = Reply<"listFundJournal">["rows"][number];
type Kind = NonNullable<NonNullable<Ask<"listFundJournal">["query"]>["kind"]>;
const KINDS: readonly (readonly [Kind, string])[] = [
  ["allocation", "拨入"],
  ["commitment", "占用"],
  ["payment", "支付"],
  ["outlay", "付款单支付"],
  ["return", "退回"],
  ["recovery", "追回"],
  ["reversal", "冲正"],
];

/** Every movement with its debit and credit, newest first. */
export function Journal({ accounts }: { accounts: Funds["accounts"] }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const kind = KINDS.find(([k]) => k === search.kind)?.[0];
  const rows = useQuery({
    ...ask("listFundJournal", {
      query: {
        ...besideOf(search),
        size: SIZE,
        ...(kind ? { kind } : {}),
        ...(search.account ? { account: search.account } : {}),
      },
    }),
    placeholderData: keepPreviousData,
  });
  const [wrong, setWrong] = useState<Row | null>(null);
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: { ...search, after: "", before: "", ...change } });
  return (
    <Panel title="明细账" testId="fund-journal" flush>
      <div className="roster-filters">
        <fieldset className="chips" aria-label="种类">
          {KINDS.map(([k, label]) => (
            <button
              key={k}
              type="button"
              className="chip"
              aria-pressed={kind === k}
              onClick={() => set({ kind: kind === k ? "" : k })}
            >
              {label}
            </button>
          ))}
        </fieldset>
        <Select
          aria-label="资金"
          allowClear
          placeholder="全部资金"
          value={search.account ?? null}
          onChange={(a: string | null) => set({ account: a ?? "" })}
          options={accounts.map((a) => ({ value: a.id, label: `${a.source} ${a.document} ${a.itemTitle}` }))}
        />
      </div>
      <Loaded query={rows} small>
        {(data) =>
          data.total === 0 ? (
            <Blank small mark="账" title="没有分录">
              拨入、占用、支付、退回都会记在这里。
            </Blank>
          ) : (
            <Scroll label="明细账">
              <table className="plain-table fund-table fund-wide">
                <thead>
                  <tr>
                    <th>日期</th>
                    <th>种类</th>
                    <th>事项</th>
                    <th>借贷</th>
                    <th className="num">金额（元）</th>
                  </tr>
                </thead>
                <tbody>
                  {data.rows.map((j) => (
                    <tr key={j.id} data-testid={`journal-${j.kind}`}>
                      <td className="nowrap">{j.movedOn}</td>
                      <td className="nowrap">
                        {j.kindLabel}
                        {j.reversed && <span className="warning small"> 已冲正</span>}
                        {j.canReverse && (
                          <>
                            {" "}
                            <Button
                              size="small"
                              type="link"
                              onClick={() => setWrong(j)}
                              data-testid="reverse-journal"
                            >
                              冲正
                            </Button>
                          </>
                        )}
                      </td>
                      <td>
                        {j.itemTitle} <span className="quiet tabular">{j.month}</span>
                        <div className="quiet small">
                          {j.rosterId ? (
                            <Link to="/rosters/$id" params={{ id: j.rosterId }}>
                              {j.rosterTitle}
                            </Link>
                          ) : j.recoveryId ? (
                            <Link to="/recoveries/$id" params={{ id: j.recoveryId }}>
                              {j.note}
                            </Link>
                          ) : (
                            [j.reference, j.note].filter(Boolean).join("，")
                          )}{" "}
                          · {j.actorName}
                        </div>
                      </td>
                      <td className="small">
                        {j.entries.map((e) => (
                          <div key={`${e.accountId}${e.class}`}>
                            {e.debitFen > 0 ? "借" : "贷"} {e.classLabel}{" "}
                            <span className="quiet">
                              {e.source} {e.document}
                            </span>{" "}
                            <span className="tabular">{yuan(e.debitFen || e.creditFen)}</span>
                          </div>
                        ))}
                      </td>
                      <td className="num">{yuan(j.amountFen)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )
        }
      </Loaded>
      {rows.data && <Steps {...rows.data} go={set} />}
      {wrong && <Reverse row={wrong} close={() => setWrong(null)} />}
    </Panel>
  );
}

const REASON: readonly Field[] = [
  { name: "reason", label: "冲正原因", type: "longtext", required: true, min: 2, max: 300 },
];
function Reverse({ row, close }: { row: Row; close: () => void }) {
  const refresh = useFundsRefresh();
  const { message } = App.useApp();
  const id = useRef(newId());
  return (
    <DrawerForm
      title="冲正一笔"
      verb="冲正"
      danger
      fields={REASON}
      intro={
        <p>
          {row.kindLabel} · {row.itemTitle} · {row.reference} ·{" "}
          <b className="tabular">{yuan(row.amountFen)} 元</b>
          。原分录保留，另记一笔相反的。
        </p>
      }
      close={close}
      send={async (v) => {
        await api.reverseFundJournal({
          params: { id: row.id },
          body: { id: id.current, reason: String(v.reason) },
        });
        refresh();
        message.success("已冲正。");
        close();
      }}
    />
  );
}
