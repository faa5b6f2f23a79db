/** The three files of a version in an editor, and beside it what the loader, the examples and the old text say. */
import { useMutation } from "@tanstack/react-query";
import { DatePicker, Input, Segmented } from "antd";
import dayjs from "dayjs";
import { lazy, Suspense, useEffect, useId, useMemo, useState } from "react";
import { api } from "../../app/api.ts";
import { Shape, State } from "../../parts/marks.tsx";
import { Panel, Scroll } from "../../parts/page.tsx";
import "../../styles/form.css";
import type { RuleFile } from "./editor/complete.ts";
import type { RuleCheck, RuleProblem, RuleVersion } from "./words.ts";

/** The editor is by far the largest part of the console: it comes only here. */
const CodeEditor = lazy(() => import("./editor/code-editor.tsx"));
/** A pause in typing, long enough not to ask at every key. */
const PAUSE_MS = 350;

export type Written = RuleVersion["texts"] & { fromMonth: string; document: string; note: string };
const FILES: readonly { file: RuleFile; label: string }[] = [
  { file: "rules", label: "规则" },
  { file: "parameters", label: "标准" },
  { file: "examples", label: "例子" },
];
const fileOf = (p: RuleProblem): RuleFile =>
  FILES.find((f) => p.file === `${f.file}.yaml`)?.file ?? (p.line > 0 ? "parameters" : "rules");

interface RuleWritingProps {
  version: RuleVersion;
  written: Written;
  onChange: (written: Written) => void;
}
export function RuleWriting({ version: v, written: w, onChange }: RuleWritingProps) {
  const [file, setFile] = useState<RuleFile>("rules");
  const [goTo, setGoTo] = useState<{ line: number; column: number } | null>(null);
  const check = useChecked(v, w);
  const known = useMemo(() => ({ names: check.names, functions: v.functions }), [check.names, v.functions]);
  const problems = useMemo(
    () => check.problems.filter((p) => p.line > 0 && fileOf(p) === file),
    [check.problems, file],
  );
  const go = (p: RuleProblem) => {
    setFile(fileOf(p));
    // The other file is in the editor one paint later.
    setTimeout(() => setGoTo({ line: p.line, column: p.column }), 50);
  };
  const count = (f: RuleFile) => check.problems.filter((p) => fileOf(p) === f).length;
  return (
    <>
      {v.can.save && <About written={w} onChange={onChange} />}
      <div className="rule-writing">
        <Panel
          testId="rule-text"
          title={
            <Segmented
              value={file}
              onChange={(f) => setFile(f as RuleFile)}
              options={FILES.map((f) => ({
                value: f.file,
                label: (
                  <span data-testid={`file-${f.file}`}>
                    {f.label}
                    {count(f.file) > 0 && <b className="danger"> {count(f.file)}</b>}
                  </span>
                ),
              }))}
            />
          }
          extra={
            v.can.save && (
              <span className="small quiet">写两个字就会提示，Tab 填入；先按 Esc 再按 Tab 离开编辑框</span>
            )
          }
        >
          <Suspense fallback={<p className="quiet">正在载入编辑器…</p>}>
            <CodeEditor
              key={file}
              file={file}
              label={`${FILES.find((f) => f.file === file)?.label ?? ""}原文`}
              value={w[file]}
              readOnly={!v.can.save}
              known={known}
              problems={problems}
              goTo={goTo}
              onChange={(text) => onChange({ ...w, [file]: text })}
            />
          </Suspense>
        </Panel>
        <div className="side-stack">
          <Problems check={check} go={go} />
          <Examples check={check} />
          <Changes check={check} />
        </div>
      </div>
    </>
  );
}

/** What the server says of the text of a moment ago; while it is asked, what it said before. */
function useChecked(v: RuleVersion, w: Written): RuleCheck {
  const [check, setCheck] = useState(v.check);
  const { mutate } = useMutation({
    mutationFn: (text: Pick<Written, RuleFile | "fromMonth">) =>
      api.checkRules({ params: { item: v.item }, body: text }),
    onSuccess: (found, sent) => {
      if (sent.rules === latest.rules && sent.examples === latest.examples) setCheck(found);
    },
  });
  const { rules, parameters, examples, fromMonth } = w;
  const latest = { rules, parameters, examples, fromMonth };
  const untouched =
    rules === v.texts.rules && parameters === v.texts.parameters && examples === v.texts.examples;
  useEffect(() => {
    if (untouched) setCheck(v.check);
    if (untouched || rules.trim() === "") return;
    const wait = setTimeout(() => mutate({ rules, parameters, examples, fromMonth }), PAUSE_MS);
    return () => clearTimeout(wait);
  }, [rules, parameters, examples, fromMonth, untouched, v.check, mutate]);
  return check;
}

function About({ written: w, onChange }: Omit<RuleWritingProps, "version">) {
  const id = useId();
  return (
    <Panel>
      <div className="field-grid field-grid-2">
        <div className="field" data-testid="field-fromMonth">
          <label className="field-label" htmlFor={`${id}m`}>
            从哪个月起执行
          </label>
          <DatePicker
            id={`${id}m`}
            picker="month"
            allowClear={false}
            value={dayjs(`${w.fromMonth}-01`)}
            onChange={(d) => d && onChange({ ...w, fromMonth: d.format("YYYY-MM") })}
          />
        </div>
        <div className="field" data-testid="field-document">
          <label className="field-label" htmlFor={`${id}d`}>
            依据的文号或文件
          </label>
          <Input
            id={`${id}d`}
            maxLength={200}
            placeholder="例如 岳县民发〔2026〕8号"
            value={w.document}
            onChange={(e) => onChange({ ...w, document: e.target.value })}
          />
        </div>
        <div className="field field-wide" data-testid="field-note">
          <label className="field-label" htmlFor={`${id}n`}>
            改了什么、为什么
          </label>
          <Input.TextArea
            id={`${id}n`}
            rows={2}
            maxLength={1000}
            value={w.note}
            onChange={(e) => onChange({ ...w, note: e.target.value })}
          />
        </div>
      </div>
    </Panel>
  );
}

function Problems({ check, go }: { check: RuleCheck; go: (p: RuleProblem) => void }) {
  return (
    <Panel title={`问题（${check.problems.length}）`} testId="rule-problems">
      {check.problems.length === 0 ? (
        <p>
          <State tone="good">读得懂，没有问题</State>
        </p>
      ) : (
        <ol className="rule-problems" aria-live="polite">
          {check.problems.map((p) => (
            <li key={`${p.file}${p.line}${p.column}${p.message}`}>
              <button type="button" className="link-button" onClick={() => go(p)} disabled={p.line === 0}>
                {FILES.find((f) => f.file === fileOf(p))?.label}
                {p.line > 0 && ` 第 ${p.line} 行第 ${p.column} 列`}
              </button>
              <p>{p.message}</p>
              <p className="quiet small">{p.mend}</p>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Examples({ check }: { check: RuleCheck }) {
  const wrong = check.examples.filter((e) => !e.ok);
  return (
    <Panel
      title={`例子（${check.examples.length}）`}
      testId="rule-examples"
      extra={
        check.version === null ? (
          <span className="small">规则读入后才算</span>
        ) : (
          <State tone={wrong.length > 0 ? "bad" : "good"}>
            {wrong.length > 0 ? `${wrong.length} 个不对` : "全对"}
          </State>
        )
      }
    >
      <Scroll label="例子的结果">
        <ul className="rule-examples">
          {[...wrong, ...check.examples.filter((e) => e.ok)].map((e) => (
            <li key={e.name} data-ok={e.ok} className={e.ok ? "example" : "example example-bad"}>
              <div className="row">
                <Shape tone={e.ok ? "good" : "bad"} />
                <span>{e.name}</span>
              </div>
              {e.problems.map((p) => (
                <p key={p} className="small danger">
                  {p}
                </p>
              ))}
            </li>
          ))}
        </ul>
      </Scroll>
    </Panel>
  );
}

function Changes({ check }: { check: RuleCheck }) {
  return (
    <Panel title={`改动（${check.changes.length}）`} testId="rule-changes">
      {check.changes.length === 0 ? (
        <p className="quiet">
          {check.version === null ? "规则读入后才能与现行的比较。" : "与现行规则算法相同。"}
        </p>
      ) : (
        <ul className="rule-changes">
          {check.changes.map((c) => (
            <li key={c.name}>
              <b>{c.name}</b> {c.article && <span className="quiet small">{c.article}</span>}
              <del className="formula">{c.before ?? "（原来没有）"}</del>
              <ins className="formula">{c.after ?? "（不再有）"}</ins>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
