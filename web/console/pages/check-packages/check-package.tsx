/** One 核对批次: sent by a second person, received by the partner, answered line by line, and what is still open. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Segmented, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { ask, type Reply } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Facts, Heads, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Acts, TakeAnswers } from "./acts.tsx";
import { TONES } from "./check-packages.tsx";

export type PackagePage = Reply<"getCheckPackage">;
type Row = PackagePage["rows"][number];
const route = getRouteApi("/check-packages/$id");

export default function CheckPackageRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getCheckPackage", { params: { id } }));
  return (
    <Loaded query={query} rows={8}>
      {(p) => <View of={p} />}
    </Loaded>
  );
}

const View = ({ of: p }: { of: PackagePage }) => (
  <Page
    title={p.number}
    testId="check-package"
    crumbs={<Link to="/check-packages">委托核对批次</Link>}
    note={
      <State tone={TONES[p.state]} testId="package-state">
        {p.stateText}
      </State>
    }
  >
    <Acts of={p} />
    <Panel title="送出和对账">
      <Facts
        rows={[
          ["问谁", `${p.partner}，${p.persons} 人、${p.lines} 行`],
          ["组成", <By key="made" name={p.madeByName} at={p.madeAt} />],
          ["确认送出", p.sentAt ? <By key="sent" name={p.sentByName} at={p.sentAt} /> : "还没有"],
          ["应于", p.dueOn ? `${p.dueOn} 前答复` : "—"],
          ["接收回执", <Receipt key="receipt" of={p} />],
          [
            "答复",
            `已答复 ${p.answered} 行，还差 ${p.open} 行${p.refused > 0 ? `；退回 ${p.refused} 行` : ""}`,
          ],
          ["文件摘要", <span key="digest" className="tabular">{`SHA-256 ${p.digest}`}</span>, true],
          ...(p.endedAt
            ? [["撤回", `${p.endedByName}，${dateTime(p.endedAt)}：${p.endedBecause}`, true] as const]
            : []),
        ]}
      />
    </Panel>
    {p.can.take && <TakeAnswers of={p} />}
    {p.answers.length > 0 && <Answers of={p} />}
    <Cases of={p} />
    <Rows of={p} />
    {p.unverified && (
      <p className="quiet small">文件的列名和核对项目是示例，没有见到{p.partner}的接口规范。</p>
    )}
  </Page>
);

const By = ({ name, at }: { name: string | null; at: string }) => (
  <>
    {name}，<span className="nowrap">{dateTime(at)}</span>
  </>
);

const Receipt = ({ of: p }: { of: PackagePage }) =>
  p.receiptOn === null ? (
    p.sentAt ? (
      "还没有收到"
    ) : (
      "—"
    )
  ) : (
    <>
      {p.receiptNumber}，<span className="nowrap">{p.receiptOn}</span>：接收 {p.receiptLines} 行
      <span className="quiet">（{p.receiptByName}登记）</span>
      {p.receiptLines !== p.lines && (
        <State tone="bad">
          比送出的少 {p.lines - (p.receiptLines ?? 0)} 行，请向{p.partner}核实
        </State>
      )}
    </>
  );

const Answers = ({ of: p }: { of: PackagePage }) => (
  <Panel title="收到的答复" testId="package-answers">
    <ul className="line-list">
      {p.answers.map((a) => (
        <li key={a.id} data-testid="package-answer">
          <div className="line-grow">
            {a.fileName}
            <p className="quiet small">
              {a.receivedByName}，{dateTime(a.receivedAt)}
            </p>
            <State tone={a.accepted === a.lines ? "good" : "warn"}>
              {a.lines} 行，收下 {a.accepted} 行{a.accepted < a.lines && `，退回 ${a.lines - a.accepted} 行`}
            </State>
            {a.refused.length > 0 && (
              <p className="quiet small">
                {a.refused
                  .slice(0, 20)
                  .map((r) => `第 ${r.line} 行：${r.reason}`)
                  .join("；")}
                {a.lines - a.accepted > 20 && ` 等 ${a.lines - a.accepted} 行`}
                。请对方改正这几行，另存一份再传。
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  </Panel>
);

const Cases = ({ of: p }: { of: PackagePage }) => (
  <Panel title={`办件（${p.cases.length} 件）`} flush testId="package-cases">
    <Scroll label="办件">
      <table className="plain-table">
        <thead>
          <tr>
            <Heads of={["办件", "所在地"]} />
            <Heads of={["人数", "答复"]} num />
          </tr>
        </thead>
        <tbody>
          {p.cases.map((c) => (
            <tr key={c.caseId}>
              <td>
                <Link to="/cases/$id" params={{ id: c.caseId }}>
                  {c.applicantMasked}
                </Link>
                <div className="quiet small tabular">{c.caseNumber}</div>
              </td>
              <td>{c.divisionName}</td>
              <td className="num tabular">{c.persons}</td>
              <td className="num tabular nowrap">
                {c.answered}/{c.lines} 行
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
    {p.answered > 0 && (
      <p className="package-foot quiet small">答复进核对报告：在办件页出具，或等在享对象的每月核对。</p>
    )}
  </Panel>
);

function Rows({ of: p }: { of: PackagePage }) {
  const [open, setOpen] = useState(false);
  return (
    <Panel
      title="逐行"
      flush
      testId="package-rows"
      extra={
        p.sentAt !== null && (
          <Segmented
            value={open ? "open" : ""}
            options={[
              { value: "", label: "全部" },
              { value: "open", label: `没有答复（${p.open}）` },
            ]}
            onChange={(v) => setOpen(v === "open")}
          />
        )
      }
    >
      <Table<Row>
        size="small"
        rowKey="line"
        dataSource={p.rows.filter((r) => !open || r.found === null)}
        columns={ROWS}
        pagination={{ pageSize: 20, size: "small", showSizeChanger: false, hideOnSinglePage: true }}
        locale={{ emptyText: "每一行都答复了。" }}
      />
    </Panel>
  );
}
const ROWS: TableColumnsType<Row> = [
  { title: "序号", dataIndex: "line", className: "tabular" },
  {
    title: "姓名、项目",
    render: (_, r) => (
      <>
        {r.nameMasked} <span className="nowrap">{r.item}</span>
      </>
    ),
  },
  {
    title: "查得",
    className: "tabular",
    render: (_, r) =>
      r.found === null ? (
        <span className="quiet">还没有答复</span>
      ) : (
        <>
          {r.found} <span className="quiet small nowrap">截至 {r.asOf}</span>
        </>
      ),
  },
];
