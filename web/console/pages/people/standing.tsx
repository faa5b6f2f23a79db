/** Where a household stands: tier, level of warning with its history, each aid with its reason. */
import { yuan } from "../../../kit/format.ts";
import type { Reply } from "../../app/api.ts";
import { State, type Tone } from "../../parts/marks.tsx";
import { Go, Panel } from "../../parts/page.tsx";
import { Blank } from "../../parts/states.tsx";

type Of = Reply<"getHousehold">["standing"];
const HOW: Record<Of["aids"][number]["how"], { readonly label: string; readonly tone: Tone }> = {
  drawn: { label: "享受中", tone: "good" },
  recognised: { label: "已认定", tone: "good" },
  missed: { label: "应享未享", tone: "warn" },
  refused: { label: "不符合", tone: "neutral" },
  unsure: { label: "不能确定", tone: "waiting" },
};
const TONES: readonly Tone[] = ["bad", "warn", "waiting"];

export function Standing({ of: { tier, level, aids, elsewhere } }: { of: Of }) {
  const [now] = level;
  const current = now && now.until === null ? now : null;
  return (
    <Panel title="层级和理由" testId="standing">
      <dl className="fact-list">
        <div>
          <dt>层级</dt>
          <dd data-testid="tier">
            <b>{tier ? tier.title : "没有认定的困难层级"}</b>
            {tier && <span className="quiet small">{tier.since} 起</span>}
            {tier && (tier.link ? <Go href={tier.link}>{tier.because}</Go> : <span>{tier.because}</span>)}
          </dd>
        </div>
        <div>
          <dt>预警级别</dt>
          <dd data-testid="level">
            {current ? (
              <State tone={TONES[current.level - 1] ?? "waiting"}>{current.label}</State>
            ) : (
              <b>现在没有未核查的预警</b>
            )}
            {current && (
              <span className="quiet small">
                {current.from} 起：{current.because.join("、")}
              </span>
            )}
          </dd>
        </div>
      </dl>
      {level.length > (current ? 1 : 0) && (
        <details className="standing-history">
          <summary>级别变化（{level.length} 段）</summary>
          <ol className="line-list" data-testid="level-history">
            {level.map((s) => (
              <li key={s.from}>
                <State tone={TONES[s.level - 1] ?? "waiting"}>{s.label}</State>
                <span className="tabular quiet nowrap">
                  {s.from} 至 {s.until ?? "现在"}
                </span>
                <span className="line-grow">{s.because.join("、")}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
      <h3 className="standing-head">各项待遇</h3>
      {aids.length === 0 ? (
        <Blank small mark="享" title="没有在享、漏享或不予确认的待遇">
          审核确认、名单比对以后，每项待遇和理由会列在这里。
        </Blank>
      ) : (
        <ul className="standing-aids" data-testid="aids">
          {aids.map((a) => (
            <li key={`${a.how}${a.link}${a.title}`}>
              <div className="row">
                <State tone={HOW[a.how].tone}>{HOW[a.how].label}</State>
                {a.link ? (
                  <Go href={a.link} className="line-grow">
                    {a.title}
                  </Go>
                ) : (
                  <span className="line-grow">{a.title}</span>
                )}
                {a.amountFen !== null && <span className="tabular">{yuan(a.amountFen)} 元／月</span>}
                <span className="quiet tabular">{a.since}</span>
              </div>
              {a.reason && <p className="quiet small">{a.reason}</p>}
            </li>
          ))}
        </ul>
      )}
      {elsewhere.length > 0 && (
        <details className="standing-history" data-testid="elsewhere">
          <summary>不在本系统办理的（{elsewhere.length} 项），到哪里办</summary>
          <ul className="line-list">
            {elsewhere.map((e) => (
              <li key={e.title}>
                <b>{e.title}</b>
                <span className="quiet line-grow">
                  {e.what}
                  <br />
                  办理：{e.where}。这里不判断、不计入应享未享。
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}
