/** One month of 物价联动: why it starts or not, whom it reaches and what it costs, confirmed by a second person. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { shanghaiDay, yuan } from "../../../kit/format.ts";
import { api, ask } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { Figure } from "../../parts/figure.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/standards.css";
import { count, type LinkageMonth, MONTH_TONE } from "./words.ts";

const route = getRouteApi("/linkages/$id");

export default function LinkageRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getLinkage", { params: { id } }));
  return <Loaded query={query}>{(m) => <MonthView of={m} />}</Loaded>;
}

function MonthView({ of: m }: { of: LinkageMonth }) {
  const counted = m.state === "proposed" || m.state === "confirmed";
  return (
    <Page
      title={`${m.title} · ${m.month}`}
      testId="linkage-month"
      crumbs={
        <>
          <Link to="/linkages">物价联动</Link>
          <span>{m.month}</span>
        </>
      }
      note={
        <span className="row">
          <State tone={MONTH_TONE[m.state]}>{m.stateLabel}</State>
          {m.source} · {m.enteredBy} {shanghaiDay(m.enteredAt)} 录入
        </span>
      }
      actions={m.can.decide && <Decide of={m} />}
    >
      {m.whyNot && (
        <p className="quiet" data-testid="why-not-decide">
          {m.whyNot}
        </p>
      )}
      {counted && <Reached of={m} />}
      <div className="columns-2">
        <Panel title="为什么" testId="linkage-why">
          {m.told.map((t) => (
            <section key={t.areaClass}>
              <h3 className="small">{t.areaClass}</h3>
              <ul className="told-lines">
                {t.lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </section>
          ))}
        </Panel>
        <Panel title="录入与办理">
          <Facts
            rows={[
              ...m.index.map((i): [string, string] => [i.label, `${m.values[i.name] ?? "—"}%`]),
              ["数据出处", m.source],
              ["规则版本", m.ruleVersion.slice(0, 12)],
              ...(m.decidedBy
                ? [
                    [
                      m.state === "confirmed" ? "确认" : "不发放",
                      `${m.decidedBy} ${m.decidedAt ? shanghaiDay(m.decidedAt) : ""}${m.note ? `：${m.note}` : ""}`,
                    ] as [string, string],
                  ]
                : []),
            ]}
          />
        </Panel>
      </div>
    </Page>
  );
}

function Reached({ of: m }: { of: LinkageMonth }) {
  return (
    <>
      <Panel title={m.state === "confirmed" ? "已列入发放" : "将发给谁、多少钱"} testId="linkage-reached">
        <div className="impact-figures">
          <Figure label="在享（户、人）" value={count(m.total.households)} unit="笔" />
          <Figure label="人数" value={count(m.total.persons)} unit="人" testId="linkage-persons" />
          <Figure label="金额" value={yuan(m.total.amountFen)} unit="元" testId="linkage-amount" />
        </div>
        <p className="quiet">
          每人一份；同一人有几种身份的只发一次。发给原待遇的领款人，{m.month}{" "}
          的名册还没生成的列入该册，已经发出的随下一份名册补发。
          {m.total.unknown > 0 && `另有 ${count(m.total.unknown)} 笔没有登记城乡，算不出标准，请先补登。`}
        </p>
      </Panel>
      <div className="columns-2">
        <Panel title="按乡镇" flush testId="linkage-townships">
          <Tallies rows={m.townships.map((t) => ({ ...t, key: t.code }))} first="乡镇（街道）" />
        </Panel>
        <Panel title="按对象" flush>
          <Tallies rows={m.classes.map((t) => ({ ...t, key: t.name }))} first="对象" />
        </Panel>
      </div>
    </>
  );
}

interface Tallied {
  key: string;
  name: string;
  households: number;
  persons: number;
  amountFen: number;
}
function Tallies({ rows, first }: { rows: readonly Tallied[]; first: string }) {
  return (
    <Scroll label={first}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{first}</th>
            <th className="num">笔</th>
            <th className="num">人</th>
            <th className="num">金额（元）</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.key}>
              <td>{r.name}</td>
              <td className="num">{count(r.households)}</td>
              <td className="num">{count(r.persons)}</td>
              <td className="num">{yuan(r.amountFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Decide({ of: m }: { of: LinkageMonth }) {
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [doing, setDoing] = useState<"confirm" | "dismiss" | null>(null);
  const settle = (next: LinkageMonth, said: string) => {
    queries.setQueryData(ask("getLinkage", { params: { id: next.id } }).queryKey, next);
    for (const k of ["listLinkages", "workbench", "listEntitlements", "getFunds"])
      void queries.invalidateQueries({ queryKey: [k] });
    message.success(said);
    setDoing(null);
  };
  return (
    <>
      <Button onClick={() => setDoing("dismiss")} data-testid="linkage-dismiss">
        不发放
      </Button>
      <Button type="primary" onClick={() => setDoing("confirm")} data-testid="linkage-confirm">
        确认发放
      </Button>
      {doing === "confirm" && (
        <DrawerForm
          title="确认发放"
          verb="确认发放"
          intro={
            <p>
              {m.month}：{count(m.total.persons)} 人，共 {yuan(m.total.amountFen)} 元，列入名册，只发一次。
            </p>
          }
          fields={[{ name: "note", label: "意见", type: "longtext", max: 500 }]}
          close={() => setDoing(null)}
          send={async (v) => {
            const { persons, amountFen } = m.total;
            const body = { note: String(v.note ?? ""), persons, amountFen };
            settle(await api.confirmLinkage({ params: { id: m.id }, body }), "已确认，随名册发放。");
          }}
        />
      )}
      {doing === "dismiss" && (
        <DrawerForm
          title="不发放"
          verb="不发放"
          danger
          fields={[{ name: "reason", label: "理由", type: "longtext", required: true, max: 500 }]}
          close={() => setDoing(null)}
          send={async (v) => {
            const body = { reason: String(v.reason ?? "") };
            settle(await api.dismissLinkage({ params: { id: m.id }, body }), "已记录：不发放。");
          }}
        />
      )}
    </>
  );
}
