/** The versions that the county has written, and where one begins: from the text in force, or from that of any version. */
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { addMonths, monthOf, newId } from "@wuxin/kernel";
import { Button, DatePicker, Modal } from "antd";
import dayjs from "dayjs";
import { useId, useRef, useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, sentence } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { State } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank } from "../../parts/states.tsx";
import { RULE_TONE, type Rules } from "./words.ts";

interface BeginRulesProps {
  item: string;
  /** Begin from this version's text; else from the text in force. */
  of?: string;
}
export function BeginRules({ item, of }: BeginRulesProps) {
  const today = useToday();
  const go = useNavigate();
  const field = useId();
  const id = useRef(newId());
  const [open, setOpen] = useState(false);
  const [fromMonth, setFromMonth] = useState(addMonths(monthOf(today), 1));
  const begin = useMutation({
    mutationFn: () =>
      api.beginRules({ params: { item }, body: { id: id.current, fromMonth, of: of ?? null } }),
    onSuccess: (v) => void go({ to: "/rules/versions/$id", params: { id: v.id } }),
  });
  return (
    <>
      <Button
        type={of ? "default" : "primary"}
        {...(of ? { size: "small" as const } : {})}
        onClick={() => setOpen(true)}
        data-testid={of ? "begin-from" : "begin-rules"}
      >
        {of ? "从这一版另起" : "修改规则"}
      </Button>
      <Modal
        open={open}
        title="起草一版规则"
        okText="开始"
        cancelText="不改了"
        confirmLoading={begin.isPending}
        onOk={() => begin.mutate()}
        onCancel={() => setOpen(false)}
        okButtonProps={{ "data-testid": "confirm-begin" }}
      >
        <div className="stack">
          <p>
            {of ? "从这一版的原文开始。" : "从那个月的现行原文开始。"}
            草稿随时保存，不影响现行规则；例子全对、另一个人批准以后，才从起始月份起执行。
          </p>
          <label htmlFor={field}>从哪个月起执行</label>
          <DatePicker
            id={field}
            picker="month"
            allowClear={false}
            value={dayjs(`${fromMonth}-01`)}
            onChange={(d) => d && setFromMonth(d.format("YYYY-MM"))}
          />
          {begin.isError && (
            <p className="danger" role="alert">
              {sentence(begin.error)}
            </p>
          )}
        </div>
      </Modal>
    </>
  );
}

/** What is on its way stands at the head, so that nobody begins a second. */
export function Waiting({ rules: r }: { rules: Rules }) {
  const open = r.history.filter((v) => v.state === "draft" || v.state === "submitted");
  const next = r.history.filter((v) => v.state === "active" && v.fromMonth > r.month);
  if (open.length + next.length === 0) return null;
  return (
    <Panel title="正在改的" testId="rules-waiting">
      <ul className="proposals">
        {[...open, ...next].map((v) => (
          <li key={v.id} className="row">
            <Link to="/rules/versions/$id" params={{ id: v.id }}>
              {v.fromMonth} 起
            </Link>
            <State tone={RULE_TONE[v.state]}>{v.stateLabel}</State>
            <span className="quiet">
              {v.enteredBy}
              {v.note && `：${v.note}`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function RuleHistory({ rules: r }: { rules: Rules }) {
  const { account } = useSession();
  return (
    <Panel
      title="历次版本"
      testId="rule-versions"
      extra={
        <span className="small">
          现行版本 <code title={r.version}>{r.version.slice(0, 16)}</code>
        </span>
      }
    >
      {r.history.length === 0 ? (
        <Blank small mark="版" title="本县没有改过">
          现行的是随系统发布的原文。改过的每一版，谁起草、谁批准、从哪个月起，都记在这里。
        </Blank>
      ) : (
        <ol className="proposals">
          {r.history.map((v) => {
            const approved = v.steps.find((s) => s.step === "approved");
            return (
              <li key={v.id}>
                <div className="row">
                  <Link to="/rules/versions/$id" params={{ id: v.id }}>
                    <b className="tabular">{v.fromMonth} 起</b>
                  </Link>
                  <State tone={RULE_TONE[v.state]}>{v.stateLabel}</State>
                  <span>{v.document}</span>
                  {may(account.role, "beginRules") && <BeginRules item={r.item} of={v.id} />}
                </div>
                {v.note && <div>{v.note}</div>}
                <div className="quiet small tabular">
                  {v.enteredBy}起草 {dateTime(v.enteredAt)}
                  {approved && ` → ${approved.by}批准 ${dateTime(approved.at)}`}
                </div>
              </li>
            );
          })}
        </ol>
      )}
    </Panel>
  );
}
