/** 委托核对批次: who waits to be asked about, the packages that went out, and files that were turned away. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { ask, type Reply } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { State, type Tone } from "../../parts/marks.tsx";
import { Heads, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { Waiting } from "./waiting.tsx";

type All = Reply<"listCheckPackages">;
type Package = All["packages"][number];
export const TONES: Readonly<Record<Package["state"], Tone>> = {
  ...{ draft: "waiting", sent: "active", late: "bad", answered: "good", withdrawn: "neutral" },
};

export default function CheckPackages() {
  const { account } = useSession();
  const query = useQuery(ask("listCheckPackages", {}));
  return (
    <Page
      title="委托核对批次"
      testId="check-packages"
      note="和省里没有直连时，用文件委托核对：全家都签了授权的才能进批次，一人组成、另一人确认送出，回来的答复逐行对上才收，和申报并列在核对报告里。"
    >
      <Loaded query={query} rows={6}>
        {(all) => (
          <>
            {may(account.role, "makeCheckPackage") && <Waiting partner={all.partner} items={all.items} />}
            <Panel title="批次" flush testId="packages">
              {all.packages.length === 0 ? (
                <Blank mark="批" title="还没有委托过" small>
                  在上面选办件组成批次，另一人确认以后下载文件，交给{all.partner}。
                </Blank>
              ) : (
                <Packages of={all.packages} />
              )}
            </Panel>
            {all.refused.length > 0 && <Refused of={all.refused} />}
            {all.unverified && (
              <p className="quiet small">
                文件的列名和核对项目是示例，没有见到{all.partner}的接口规范；本县见到以后在县配置里改列名。
              </p>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

const Packages = ({ of }: { of: readonly Package[] }) => (
  <Scroll label="批次">
    <table className="plain-table">
      <thead>
        <tr>
          <Heads of={["批次", "状态"]} />
          <Heads of={["行数"]} num />
        </tr>
      </thead>
      <tbody>
        {of.map((p) => (
          <tr key={p.id} data-testid="package-row">
            <td>
              <Link to="/check-packages/$id" params={{ id: p.id }}>
                {p.number}
              </Link>
              <p className="quiet small">
                {p.persons} 人，{p.madeByName}组成 <span className="nowrap">{dateTime(p.madeAt)}</span>
              </p>
              {p.sentByName && p.sentAt && (
                <p className="quiet small">
                  {p.sentByName}送出 <span className="nowrap">{dateTime(p.sentAt)}</span>
                </p>
              )}
            </td>
            <td>
              <State tone={TONES[p.state]}>{p.stateText}</State>
              {(p.state === "sent" || p.state === "late") && (
                <p className="quiet small">应于 {p.dueOn} 前答复</p>
              )}
            </td>
            <td className="num tabular">
              <p className="nowrap">
                {p.sentAt === null ? "共" : "送出"} {p.lines}
              </p>
              {p.receiptLines !== null && <p className="nowrap">接收 {p.receiptLines}</p>}
              {p.sentAt !== null && <p className="nowrap">答复 {p.answered}</p>}
              {p.refused > 0 && <p className="nowrap quiet small">退回 {p.refused}</p>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);

const Refused = ({ of }: { of: All["refused"] }) => (
  <Panel title="整份退回的文件" testId="refused-answers">
    <p className="quiet">放进监看文件夹、没有一行能收的，连同说明退在 refused 里，请对方改正后重新交。</p>
    <ul className="line-list">
      {of.map((a) => (
        <li key={a.id}>
          <div className="line-grow">
            {a.fileName} <span className="quiet small">{dateTime(a.receivedAt)}</span>
            <p className="danger">{a.refusal}</p>
          </div>
        </li>
      ))}
    </ul>
  </Panel>
);
