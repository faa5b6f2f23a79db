/** Both households of a 分户 or 合户 beside each other: who, how much, and how it was worked out. */
import { Link } from "@tanstack/react-router";
import { Collapse } from "antd";
import { yuan } from "../../../kit/format.ts";
import type { Reply } from "../../app/api.ts";
import { ExplanationView } from "../../parts/explanation.tsx";
import { Panel } from "../../parts/page.tsx";
import "../../styles/form.css";
import { NoticeButton } from "./notice.tsx";

export type Sides = Reply<"previewReshape">;
export const RESHAPE_TONE = {
  proposed: "waiting",
  confirmed: "good",
  rejected: "neutral",
  withdrawn: "neutral",
} as const;

export function SidesView({ of: sides, fromMonth }: { of: Sides; fromMonth: string }) {
  const before = sides.reduce((n, s) => n + s.beforeFen, 0);
  const after = sides.reduce((n, s) => n + s.afterFen, 0);
  return (
    <>
      <p data-testid="reshape-total">
        {fromMonth} 起，两户合计每月 {yuan(before)} 元 → <b>{yuan(after)} 元</b>
        ；以前的月份照原来的发，同一个人同一个月只发一份。
      </p>
      <div className="form-space">
        <div className="field-grid field-grid-2">
          {sides.map((s, i) => (
            <Panel key={s.title} title={s.title} testId={`side-${i}`}>
              <p>
                每月 {yuan(s.beforeFen)} 元 → <b>{yuan(s.afterFen)} 元</b>，保障 {s.persons} 人
              </p>
              {s.afterFen === 0 && s.persons === 0 && (
                <p className="quiet">发至前一个月为止，人都到另一户。</p>
              )}
              {s.people.length > 0 && (
                <ul className="line-list">
                  {s.people.map((p) => (
                    <li key={p.personId}>
                      <Link to="/persons/$id" params={{ id: p.personId }} className="line-grow">
                        {p.name}
                      </Link>
                      <span className="quiet">
                        {p.relation}
                        {!p.covered && "（不保障）"}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
              {s.property.length > 0 && (
                <p className="quiet">
                  {s.property.map((x) => `${x.name} ${x.money ? `${yuan(x.value)} 元` : x.value}`).join("，")}
                </p>
              )}
              {s.entitlementId && (
                <p className="row">
                  <Link to="/entitlements/$id" params={{ id: s.entitlementId }}>
                    看这一户的待遇
                  </Link>
                  {s.noticeSeq !== null && (
                    <NoticeButton of={s.entitlementId} seq={s.noticeSeq} label="通知书" />
                  )}
                </p>
              )}
              {s.explanation && (
                <Collapse
                  ghost
                  items={[
                    { key: "why", label: "怎么算的", children: <ExplanationView of={s.explanation} /> },
                  ]}
                />
              )}
            </Panel>
          ))}
        </div>
      </div>
    </>
  );
}
