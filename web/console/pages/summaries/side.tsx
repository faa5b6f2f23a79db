import { useMutation } from "@tanstack/react-query";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useState } from "react";
import { api, sentence } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts, Go, Panel } from "../../parts/page.tsx";
import { FINDING_WORDS, type Figure, type Finding, type Summary } from "./words.ts";

interface Props {
  summary: Summary;
  figure: Figure | null;
  shown: (next: Summary) => void;
  /** Words that are not saved yet: figures wait. */
  editing: boolean;
}
/** What the chosen figure comes from, and what has to be settled before the summary is signed. */
export function Side({ summary: s, figure, shown, editing }: Props) {
  const { message } = App.useApp();
  const [explaining, setExplaining] = useState<Finding | null>(null);
  const refresh = useMutation({
    mutationFn: (figures: string[] | undefined) =>
      api.refreshSummary({
        params: { id: s.id },
        body: { version: s.version, ...(figures && { figures }) },
      }),
    onSuccess: (next) => {
      shown(next);
      message.success("已按来源更新。");
    },
    onError: (e) => message.error(sentence(e)),
  });
  const may = s.can.edit && !editing;
  const open = s.findings.filter((f) => f.reason === null);
  const stale = open.some((f) => f.kind === "changed" || f.kind === "open-month");
  return (
    <div className="side-stack summary-side">
      <Panel title="这个数从哪里来" testId="figure-source">
        {figure ? (
          <>
            <p>
              <b className="summary-value">{figure.text}</b> {figure.name}
            </p>
            <Facts rows={figure.facts.map((f) => [f.label, f.value] as const)} />
            {figure.now !== null && (
              <p className="warning" role="status">
                来源现在是 {figure.now}。
                {may && (
                  <Button
                    size="small"
                    loading={refresh.isPending}
                    onClick={() => refresh.mutate([figure.id])}
                    data-testid="refresh-figure"
                  >
                    按来源更新
                  </Button>
                )}
              </p>
            )}
            <Go href={figure.href}>看这个数的来源</Go>
          </>
        ) : (
          <p className="quiet">点文中带底色的数，看它的指标、时段、快照，再点进去看台账里的每一行。</p>
        )}
      </Panel>
      <Panel
        title={`待核对 ${open.length}`}
        testId="findings"
        extra={
          may &&
          stale && (
            <Button
              size="small"
              loading={refresh.isPending}
              onClick={() => refresh.mutate(undefined)}
              data-testid="refresh-all"
            >
              全部按来源更新
            </Button>
          )
        }
      >
        {s.findings.length === 0 && <p className="quiet">每个数都和来源一致。</p>}
        <ul className="plan-proposals">
          {s.findings.map((f) => (
            <li key={f.key}>
              <div>
                <State tone={f.reason === null ? "warn" : "good"}>
                  {f.reason === null ? FINDING_WORDS[f.kind] : "已说明"}
                </State>
                <div>{f.text}</div>
                {f.reason !== null && (
                  <div className="quiet">
                    {f.reason}（{f.reasonBy}）
                  </div>
                )}
              </div>
              {may && f.reason === null && f.kind !== "to-write" && (
                <Button size="small" onClick={() => setExplaining(f)} data-testid={`explain-${f.kind}`}>
                  写明理由
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      {s.missing.length > 0 && (
        <Panel title="没有数，没有写">
          <p className="quiet">{s.missing.join("、")}</p>
        </Panel>
      )}
      {explaining && (
        <DrawerForm
          title="写明理由"
          verb="确认"
          intro={<p>{explaining.text}</p>}
          fields={[
            {
              ...{ name: "reason", label: "为什么可以这样写", type: "longtext", required: true },
              ...{ min: 4, max: 2000 },
            },
          ]}
          initial={{}}
          close={() => setExplaining(null)}
          send={async (v) => {
            const body = { id: newId(), key: explaining.key, reason: String(v.reason) };
            shown(await api.explainSummaryNumber({ params: { id: s.id }, body }));
            setExplaining(null);
          }}
        />
      )}
    </div>
  );
}
