import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { Button } from "antd";
import { useRef, useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { ApiError, api, ask, type Reply } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/plans.css";
import { LIGHTS, LightMark } from "./light.tsx";

/** Every plan with its lights; a new document is read in here. */
export default function PlansRoute() {
  const { account } = useSession();
  const query = useQuery(ask("listPlans", {}));
  const [reading, setReading] = useState(false);
  const read = may(account.role, "readPlan") && (
    <Button type="primary" onClick={() => setReading(true)} data-testid="read-plan">
      读入计划
    </Button>
  );
  return (
    <Page
      title="计划"
      testId="plans"
      note="读入计划文件，目标绑定台账里的指标；每条目标的灯都写明理由。"
      actions={read}
    >
      <Loaded query={query} rows={6}>
        {({ rows }) => {
          const inForce = rows.filter((p) => !p.takeBack?.decidedAt);
          return (
            <>
              {inForce.length === 0 ? (
                <Blank mark="计" title="还没有读入计划" action={read}>
                  粘贴全文，或上传 Word、PDF、文本文件，系统会认出标题、年份和每条目标。
                </Blank>
              ) : (
                <PlanTable rows={inForce} />
              )}
              <TakenBackPlans rows={rows.filter((p) => p.takeBack?.decidedAt)} />
            </>
          );
        }}
      </Loaded>
      {reading && <ReadDrawer close={() => setReading(false)} />}
    </Page>
  );
}

type Brief = Reply<"listPlans">["rows"][number];
const years = (p: Brief) => (p.year === p.untilYear ? `${p.year}` : `${p.year}—${p.untilYear}`);

function PlanTable({ rows }: { rows: readonly Brief[] }) {
  return (
    <Panel flush>
      <Scroll label="计划列表">
        <table className="plain-table plan-table">
          <thead>
            <tr>
              <th scope="col">计划</th>
              <th scope="col">年份</th>
              <th scope="col" className="num">
                目标
              </th>
              <th scope="col">灯</th>
              <th scope="col" className="num">
                督办中
              </th>
              <th scope="col">读入</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((p) => (
              <tr key={p.id}>
                <td>
                  <Link to="/plans/$id" params={{ id: p.id }}>
                    {p.title}
                  </Link>
                  {p.issuer && <div className="quiet">{p.issuer}</div>}
                  {p.takeBack && <State tone="warn">撤销待决定</State>}
                </td>
                <td>{p.kind === "campaign" ? `专项 ${p.startsOn} — ${p.endsOn}` : years(p)}</td>
                <td className="num">{p.targets}</td>
                <td>
                  <span className="plan-lights">
                    {LIGHTS.filter((l) => (p.lights[l] ?? 0) > 0).map((l) => (
                      <LightMark key={l} light={l} count={p.lights[l] ?? 0} />
                    ))}
                  </span>
                </td>
                <td className="num">{p.urged}</td>
                <td className="quiet">
                  {dateTime(p.readAt)}，{p.readByName}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}

/** What was read in by mistake: where it was, who took it back, and why. */
function TakenBackPlans({ rows }: { rows: readonly Brief[] }) {
  if (rows.length === 0) return null;
  return (
    <Panel
      title="已撤销的"
      extra={<span className="quiet">读错的计划，目标不再算数</span>}
      testId="gone-plans"
    >
      <ul className="plan-gone">
        {rows.map((p) => (
          <li key={p.id}>
            <Link to="/plans/$id" params={{ id: p.id }}>
              {p.title}
            </Link>
            <span className="quiet">（{years(p)}）</span>
            <div className="quiet">
              {p.takeBack?.reason}（{p.takeBack?.askedByName}提出，{dateTime(p.takeBack?.decidedAt ?? "")}{" "}
              {p.takeBack?.decidedByName}同意）
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const CAMPAIGN = { field: "kind", is: "campaign" };
const DAYS: readonly Field[] = [
  ["startsOn", "从哪天"],
  ["endsOn", "到哪天"],
].map(([name = "", label = ""]) => ({
  ...{ name, label, type: "date", allowFuture: true, visible: CAMPAIGN, required: CAMPAIGN },
}));

function ReadDrawer({ close }: { close: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const id = useRef(newId());
  return (
    <DrawerForm
      title="读入计划"
      verb="读入"
      fields={[
        {
          name: "file",
          label: "文件",
          type: "file",
          max: 1,
          help: "Word（.docx）、有文字的 PDF 或文本文件（.txt）；扫描件请在下面粘贴全文。",
        },
        { name: "text", label: "全文", type: "longtext", max: 2_000_000 },
        { name: "title", label: "标题", type: "text", help: "不填就用文中的标题。" },
        { name: "year", label: "年份", type: "integer", min: 2000, max: 2100, help: "不填就用文中的年份。" },
        {
          name: "untilYear",
          label: "到哪一年",
          type: "integer",
          min: 2000,
          max: 2100,
          help: "五年规划填最后一年。",
        },
        {
          ...{ name: "kind", label: "是什么", type: "choice", required: true },
          choices: [
            { value: "plan", label: "计划（按年）" },
            { value: "campaign", label: "专项行动（有起止日期）" },
          ],
        },
        ...DAYS,
      ]}
      initial={{ kind: "plan" }}
      close={close}
      send={async (v) => {
        const [fileId] = Array.isArray(v.file) ? (v.file as string[]) : [];
        const said = (name: string) => (v[name] ? { [name]: v[name] } : {});
        const plan = await api
          .readPlan({
            body: {
              id: id.current,
              ...(fileId ? { fileId } : {}),
              text: String(v.text ?? ""),
              ...said("title"),
              ...said("year"),
              ...said("untilYear"),
              ...(v.kind === "campaign"
                ? { campaign: { startsOn: String(v.startsOn), endsOn: String(v.endsOn) } }
                : {}),
            },
          })
          .catch((e: unknown) => {
            // What could not be read in under this id is another request when it is mended.
            if (e instanceof ApiError) id.current = newId();
            throw e;
          });
        await queries.invalidateQueries({ queryKey: ["listPlans"] });
        close();
        await navigate({ to: "/plans/$id", params: { id: plan.id } });
      }}
    />
  );
}
