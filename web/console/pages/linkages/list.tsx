/** 物价联动: the index month by month, what the rules said of it, and what was paid. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { Button } from "antd";
import { useState } from "react";
import { shanghaiDay, yuan } from "../../../kit/format.ts";
import { api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { count, MONTH_TONE } from "./words.ts";

type Linkage = Reply<"listLinkages">[number];

export default function LinkageList() {
  const query = useQuery(ask("listLinkages", {}));
  return (
    <Page
      title="物价联动"
      testId="linkage-list"
      note="每月录入统计部门公布的价格涨幅；达到启动条件的，由另一个人看过人数和金额再确认，随名册发放。涨幅回落，自然停止。"
    >
      <Loaded query={query} rows={6}>
        {(list) =>
          list.length === 0 ? (
            <Panel>
              <Blank mark="价" title="没有登记联动补贴">
                启动条件和标准写在规则文件里，登记后在这里录入指数。
              </Blank>
            </Panel>
          ) : (
            list.map((l) => <Months key={l.code} of={l} />)
          )
        }
      </Loaded>
    </Page>
  );
}

function Months({ of: l }: { of: Linkage }) {
  const [entering, setEntering] = useState(false);
  return (
    <Panel
      flush
      title={l.title}
      extra={
        l.canEnter && (
          <Button type="primary" onClick={() => setEntering(true)} data-testid="enter-index">
            录入指数
          </Button>
        )
      }
    >
      <p className="quiet panel-line">
        依据：{l.basis.join("、")}
        {l.unverified && <span className="warning small">（启动条件为示例，启用前请按现行文件核实）</span>}
      </p>
      {l.months.length === 0 ? (
        <Blank mark="价" title="还没有录入指数">
          统计部门公布以后，录入当月的同比涨幅和出处。
        </Blank>
      ) : (
        <Scroll label={l.title}>
          <table className="plain-table">
            <thead>
              <tr>
                <th>月份</th>
                {l.index.map((i) => (
                  <th key={i.name} className="num">
                    {i.label}（%）
                  </th>
                ))}
                <th>状态</th>
                <th className="num">人数</th>
                <th className="num">金额（元）</th>
                <th>录入</th>
              </tr>
            </thead>
            <tbody>
              {l.months.map((m) => (
                <tr key={m.id}>
                  <td className="tabular">
                    <Link to="/linkages/$id" params={{ id: m.id }}>
                      {m.month}
                    </Link>
                    <div className="quiet small">{m.source}</div>
                  </td>
                  {l.index.map((i) => (
                    <td key={i.name} className="num">
                      {m.values[i.name] ?? "—"}
                    </td>
                  ))}
                  <td>
                    <State tone={m.mine ? "warn" : MONTH_TONE[m.state]}>
                      {m.mine ? "待您确认" : m.stateLabel}
                    </State>
                  </td>
                  <td className="num">{m.persons === null ? "—" : count(m.persons)}</td>
                  <td className="num">{m.amountFen === null ? "—" : yuan(m.amountFen)}</td>
                  <td>
                    {m.enteredBy} <span className="quiet tabular">{shanghaiDay(m.enteredAt)}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {entering && <Enter of={l} close={() => setEntering(false)} />}
    </Panel>
  );
}

function Enter({ of: l, close }: { of: Linkage; close: () => void }) {
  const go = useNavigate();
  const queries = useQueryClient();
  const [id] = useState(newId);
  const fields: Field[] = [
    { name: "month", label: "月份", type: "month", required: true, help: "涨幅是哪个月的，就补哪个月。" },
    ...l.index.map(
      (i): Field => ({
        name: i.name,
        label: i.label,
        type: "text",
        unit: "%",
        required: true,
        help: i.help,
        max: 8,
      }),
    ),
    {
      name: "source",
      label: "数据出处",
      type: "text",
      required: true,
      help: "公报或文件的名称和文号，如：岳阳市统计局 2024 年 3 月统计月报。",
    },
  ];
  return (
    <DrawerForm
      title={`录入价格指数 · ${l.title}`}
      verb="录入并判断"
      intro={
        <p className="quiet">涨幅写百分数，涨 3.5% 写 3.5，下降写负数。录入后按规则判断，不会直接发钱。</p>
      }
      fields={fields}
      close={close}
      send={async (v) => {
        const values = Object.fromEntries(l.index.map((i) => [i.name, percent(v[i.name])]));
        const page = await api.enterIndex({
          params: { code: l.code },
          body: { id, month: String(v.month ?? ""), values, source: String(v.source ?? "") },
        });
        void queries.invalidateQueries({ queryKey: ["listLinkages"] });
        queries.setQueryData(ask("getLinkage", { params: { id: page.id } }).queryKey, page);
        void go({ to: "/linkages/$id", params: { id: page.id } });
      }}
    />
  );
}

/** Out of range where it is no number: the server then names the field. */
const percent = (v: unknown): number => {
  const text = String(v ?? "")
    .trim()
    .replace(/[%％]$/, "");
  return /^-?\d{1,4}(\.\d{1,2})?$/.test(text) ? Number(text) : 9_999;
};
