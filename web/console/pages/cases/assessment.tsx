import { useQuery } from "@tanstack/react-query";
import type { CasePage } from "@wuxin/contract";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { ask } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { ExplanationView } from "../../parts/explanation.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { Deviation } from "./deviation.tsx";

/** The decisions as they were made, and what the facts would give today. */
export function Assessment({ page, open }: { page: CasePage; open?: string | undefined }) {
  const { account } = useSession();
  const decisions = [...page.decisions].sort((a, b) => b.decidedOn.localeCompare(a.decidedOn));
  const [chosen, setChosen] = useState(decisions.some((d) => d.id === open) ? open : undefined);
  const first = decisions[0]?.id ?? "now";
  const shown = chosen ?? first;
  const decision = decisions.find((d) => d.id === shown);
  const trial = useQuery({
    ...ask("assessCase", { params: { id: page.id } }),
    enabled: false,
    // A trial belongs to the facts of this version.
    queryKey: ["assessCase", { params: { id: page.id } }, page.version],
  });
  const now = trial.data ?? page.assessment;
  return (
    <Panel
      title="认定"
      testId="assessment"
      extra={
        may(account.role, "assessCase") &&
        !page.final && (
          <Button
            size="small"
            loading={trial.isFetching}
            onClick={() => {
              setChosen("now");
              void trial.refetch();
            }}
          >
            按现有事实试算
          </Button>
        )
      }
    >
      {decisions.length > 0 && (
        <Segmented
          className="decision-tabs"
          value={shown}
          onChange={setChosen}
          options={[
            ...decisions.map((d) => ({
              value: d.id,
              label: `${d.label} ${d.decidedOn}${d.deviates ? "（偏离）" : ""}`,
            })),
            { value: "now", label: "按现有事实" },
          ]}
        />
      )}
      {decision && (
        <p className="decision-line">
          {decision.decidedBy} 于 {decision.decidedOn} {decision.label}
          {decision.fromMonth && `，自 ${decision.fromMonth} 起`}
          {decision.amountFen !== null && `，每月 ${yuan(decision.amountFen)} 元`}
          {decision.reason && `。${decision.reason}`}
        </p>
      )}
      {decision && <Deviation page={page} decision={decision} />}
      {decision ? (
        <ExplanationView of={decision.explanation} />
      ) : trial.isError ? (
        <Loaded query={trial} small>
          {() => null}
        </Loaded>
      ) : now ? (
        <ExplanationView of={now} />
      ) : (
        <Blank small mark="定" title="还没有认定">
          事实齐全后，系统按本县现行标准逐步算出结论，每一步都列出公式、数据来源和依据。
        </Blank>
      )}
    </Panel>
  );
}
