/** 资金抽查: the lots drawn so far, how far each has come, and a new one. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { addMonths, monthOf, newId } from "@wuxin/kernel";
import { Button } from "antd";
import { useState } from "react";
import { dateTime, yuan } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, type Reply } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

type List = Reply<"listSpotChecks">;

export default function SpotCheckList() {
  const { account } = useSession();
  const query = useQuery(ask("listSpotChecks", {}));
  const [drawing, setDrawing] = useState(false);
  return (
    <Page
      title="资金抽查"
      testId="spot-checks"
      note="从当月已到账的户里按种子抽样，任何人用同一个种子都能抽出同样的户；看家里、看档案、看账户，问题由另一人复核，整改由另一人验收。"
      actions={
        may(account.role, "drawSpotCheck") && (
          <Button type="primary" onClick={() => setDrawing(true)} data-testid="new-spot-check">
            抽样
          </Button>
        )
      }
    >
      <Loaded query={query} rows={6}>
        {(data) => (
          <>
            <Rows of={data} />
            {drawing && <DrawDrawer of={data} close={() => setDrawing(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Rows({ of: data }: { of: List }) {
  if (data.rows.length === 0)
    return (
      <Panel>
        <Blank mark="查" title="还没有抽查">
          名册到账以后，县级经办或审计在这里抽样，抽到的户分给各乡镇去看。
        </Blank>
      </Panel>
    );
  return (
    <Panel flush>
      <Scroll label="资金抽查">
        <table className="plain-table">
          <thead>
            <tr>
              <th>抽查</th>
              <th>进度</th>
              <th className="num">抽到（户）</th>
              <th className="num">待检查</th>
              <th className="num">有问题</th>
              <th className="num">涉及金额（元）</th>
              <th>抽样</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((c) => (
              <tr key={c.id}>
                <td>
                  <Link to="/spot-checks/$id" params={{ id: c.id }}>
                    {c.title}
                  </Link>
                  <div className="quiet small">
                    {c.month} 名册 · {c.itemTitle}
                  </div>
                </td>
                <td>
                  {c.late > 0 ? (
                    <State tone="bad">整改超期 {c.late} 户</State>
                  ) : c.waiting + c.open > 0 ? (
                    <State tone="active">进行中</State>
                  ) : (
                    <State tone="good">办完</State>
                  )}
                </td>
                <td className="num">{c.drawn}</td>
                <td className="num">{c.waiting}</td>
                <td className="num">{c.problems}</td>
                <td className="num">{yuan(c.amountFen)}</td>
                <td>
                  {c.drawnBy} <span className="quiet tabular">{dateTime(c.drawnAt)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}

function DrawDrawer({ of: data, close }: { of: List; close: () => void }) {
  const go = useNavigate();
  const queries = useQueryClient();
  const today = useToday();
  const [id] = useState(newId);
  const last = addMonths(monthOf(today), -1);
  return (
    <DrawerForm
      title="抽样"
      verb="抽样"
      intro={<p>抽出的名单连同种子、总体的摘要一起留存，不能改，也不能删；重抽会另成一次。</p>}
      fields={[
        { name: "title", label: "抽查名称", type: "text", required: true, max: 60 },
        {
          name: "basis",
          label: "依据",
          type: "text",
          max: 120,
          help: "年度检查计划或监督检查制度的名称、文号。",
        },
        {
          name: "month",
          label: "哪个月的名册",
          type: "month",
          required: true,
          help: "从这个月名册里已经到账的户中抽。",
        },
        {
          name: "item",
          label: "待遇",
          type: "choice",
          required: true,
          choices: [
            { value: "all", label: "各项待遇" },
            ...data.items.map((i) => ({ value: i.code, label: i.title })),
          ],
        },
        { name: "size", label: "抽几户", type: "integer", unit: "户", required: true, min: 1, max: 2000 },
        {
          name: "seed",
          label: "种子",
          type: "text",
          max: 120,
          help: "可以用当众掷出的数字、当天的公开数字，至少 8 个字符；留空由系统随机产生。",
        },
      ]}
      initial={{ title: `${last.replace("-", "年")}月救助资金抽查`, month: last, item: "all", size: 5 }}
      close={close}
      send={async (v) => {
        const check = await api.drawSpotCheck({
          body: {
            ...{ id, title: String(v.title), basis: String(v.basis ?? ""), month: String(v.month) },
            ...{ item: v.item === "all" ? "" : String(v.item), size: Number(v.size) },
            seed: String(v.seed ?? ""),
          },
        });
        void queries.invalidateQueries({ queryKey: ["listSpotChecks"] });
        void go({ to: "/spot-checks/$id", params: { id: check.id } });
      }}
    />
  );
}
