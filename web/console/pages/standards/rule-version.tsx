/** One version of an item's rules: its author writes, sees the loader's faults as he types, tries it on the households
 * that draw and sends it on; a second person reads what changed and decides. Everybody else reads. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Alert, App, Button } from "antd";
import { useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { Shape, State } from "../../parts/marks.tsx";
import { Overtaken } from "../../parts/overtaken.tsx";
import { Facts, Page, Panel } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/standards.css";
import { Impact } from "./impact.tsx";
import { RuleMoves } from "./rule-moves.tsx";
import { RuleWriting, type Written } from "./rule-writing.tsx";
import { RULE_TONE, type RuleVersion } from "./words.ts";

const route = getRouteApi("/rules/versions/$id");

export default function RuleVersionRoute() {
  const { id } = route.useParams();
  const query = useQuery({ ...ask("getRuleVersion", { params: { id } }), refetchOnWindowFocus: false });
  return <Loaded query={query}>{(v) => <View key={v.id} version={v} />}</Loaded>;
}

const writtenOf = (v: RuleVersion): Written => ({
  ...v.texts,
  fromMonth: v.fromMonth,
  document: v.document,
  note: v.note,
});
const same = (a: Written, b: Written): boolean => JSON.stringify(a) === JSON.stringify(b);

function View({ version: v }: { version: RuleVersion }) {
  const { account } = useSession();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [written, setWritten] = useState(() => writtenOf(v));
  /** The text that is being changed; the one that is there now may be a later one. */
  const [from, setFrom] = useState(v);
  const unsaved = !same(written, writtenOf(from));
  const take = (page: RuleVersion) => {
    setWritten(writtenOf(page));
    setFrom(page);
  };
  if (v.seq !== from.seq && !unsaved) take(v);
  const put = (page: RuleVersion) => {
    queries.setQueryData(ask("getRuleVersion", { params: { id: v.id } }).queryKey, page);
    for (const k of ["listRuleSets", "getRuleSet", "workbench"])
      void queries.invalidateQueries({ queryKey: [k] });
  };
  const save = useMutation({
    mutationFn: () => api.saveRules({ params: { id: v.id }, body: { ...written, seq: from.seq } }),
    onSuccess: (page) => {
      put(page);
      take(page);
      message.success("已保存。");
    },
  });
  const trial = useMutation({ mutationFn: () => api.tryRules({ params: { id: v.id } }) });
  return (
    <Page
      title={`${v.title}的规则：${v.fromMonth} 起`}
      testId="rule-version"
      crumbs={
        <>
          <Link to="/rules">认定规则</Link>
          <Link to="/rules/$item" params={{ item: v.item }}>
            {v.title}
          </Link>
          <span>{v.fromMonth} 起</span>
        </>
      }
      note={
        <span className="row">
          <State tone={RULE_TONE[v.state]} testId="rule-state">
            {v.stateLabel}
          </State>
          <span>
            {v.enteredBy}起草，{dateTime(v.savedAt)}保存
          </span>
          {v.check.version && <code title={v.check.version}>版本 {v.check.version.slice(0, 16)}</code>}
        </span>
      }
    >
      {!v.standing && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title="起草以后，现行规则已由别人改过：这一版不能再批准。请从现行原文另起一版。"
        />
      )}
      {!v.can.save && (
        <Panel>
          <Facts
            rows={[
              ["起始月份", v.fromMonth],
              ["依据", v.document || "—"],
              ["改了什么、为什么", v.note || "—"],
            ]}
          />
          {v.state === "draft" && <p className="quiet small">只读：由起草的人（{v.enteredBy}）修改。</p>}
        </Panel>
      )}
      <RuleWriting version={v} written={written} onChange={setWritten} />
      {v.seq !== from.seq ? (
        <Overtaken by={v.enteredBy} at={v.savedAt} take={() => take(v)} />
      ) : (
        save.isError && <Alert type="error" showIcon role="alert" title={sentence(save.error)} />
      )}
      <Panel testId="rule-foot">
        <div className="row">
          {v.can.save && (
            <Button
              type={unsaved ? "primary" : "default"}
              disabled={!unsaved}
              loading={save.isPending}
              onClick={() => save.mutate()}
              data-testid="save-rules"
            >
              保存草稿
            </Button>
          )}
          {may(account.role, "tryRules") && (v.state === "draft" || v.state === "submitted") && (
            <Button
              disabled={unsaved || v.check.version === null}
              loading={trial.isPending}
              onClick={() => trial.mutate()}
              data-testid="try-rules"
            >
              用在享的户试算
            </Button>
          )}
          <RuleMoves version={v} unsaved={unsaved} put={put} />
        </div>
        {trial.isError && <Alert type="error" showIcon role="alert" title={sentence(trial.error)} />}
        <p className="quiet small">
          {unsaved
            ? "有没保存的改动。写错了也可以先保存成草稿；送审前要改对，例子要全对。"
            : "送审时会把例子和在享的每一户再算一遍；由另一个人批准后，从起始月份起执行，以前的月份仍按原来的规则。"}
        </p>
      </Panel>
      {trial.data && (
        <>
          <Panel title="试算" testId="trial">
            <p>
              <Shape tone={trial.data.unexplained > 0 ? "bad" : "good"} />{" "}
              {trial.data.changed.length > 0
                ? `改动的：${trial.data.changed.join("、")}。`
                : "与现行规则算法相同。"}
              {trial.data.unexplained > 0
                ? `有 ${trial.data.unexplained} 户的变化找不到是哪条改动引起的。`
                : "每一户的变化都说得出是哪条改动引起的。"}
            </p>
          </Panel>
          <Impact
            preview={trial.data}
            notes={[]}
            readers={[]}
            causes={new Map(trial.data.causes.map((c) => [c.id, c.why]))}
            explain={({ kind, id }) => api.explainRuleChange({ params: { id: v.id }, body: { kind, id } })}
          />
        </>
      )}
      <History version={v} />
    </Page>
  );
}

function History({ version: v }: { version: RuleVersion }) {
  return (
    <Panel title="经过" testId="rule-history">
      <ol className="proposals">
        {v.steps.map((s) => (
          <li key={`${s.step}${s.at}`}>
            <div className="row">
              <b>{s.label}</b>
              <span>{s.by}</span>
              <span className="quiet small tabular">{dateTime(s.at)}</span>
            </div>
            {s.reason && <p>{s.reason}</p>}
            {s.trial && (
              <p className="quiet small">
                送审时：{s.trial.examples} 个例子全对；在享 {s.trial.households}，增 {s.trial.gain}、减{" "}
                {s.trial.lose}、不再符合 {s.trial.leave}、可能新增 {s.trial.enter}、算不出 {s.trial.unknown}
                ；改动 {s.trial.changed.join("、")}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
