import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { urlOf } from "@wuxin/contract/client";
import { App, Button } from "antd";
import { useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { api, ask, sentence } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/summaries.css";
import { Editor } from "./editor.tsx";
import { InsertFigure } from "./insert.tsx";
import { Side } from "./side.tsx";
import type { Figure, Summary } from "./words.ts";

const route = getRouteApi("/summaries/$id");

/** The text on the left with its figures as links, what they come from and what is to be settled on the right. */
export default function SummaryRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getSummary", { params: { id } }));
  return (
    <Loaded query={query} rows={14}>
      {(s) => <SummaryView summary={s} />}
    </Loaded>
  );
}

function SummaryView({ summary: s }: { summary: Summary }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  /** From which version. */
  const [edited, setEdited] = useState<number | null>(null);
  const editing = edited !== null;
  const [inserting, setInserting] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const figures = new Map(s.figures.map((f) => [f.id, f]));
  const shown = (next: Summary) => {
    queries.setQueryData(ask("getSummary", { params: { id: s.id } }).queryKey, next);
    void queries.invalidateQueries({ queryKey: ["listSummaries"] });
  };
  const sign = useMutation({
    mutationFn: () => api.signSummary({ params: { id: s.id }, body: { version: s.version } }),
    onSuccess: (next) => {
      shown(next);
      message.success("已签发，可以导出。");
    },
    onError: (e) => message.error(sentence(e)),
  });
  const open = s.findings.filter((f) => f.reason === null).length;
  return (
    <Page
      title={s.title}
      testId="summary"
      crumbs={<Link to="/summaries">工作总结</Link>}
      note={
        <span className="plan-lights">
          <State tone={s.signedAt ? "good" : "active"}>{s.signedAt ? "已签发" : "草稿"}</State>
          <span>
            第 {s.version} 版，{s.savedByName}，{dateTime(s.savedAt)}
            {s.signedAt && `；${s.signedByName} 签发`}；{s.numbers} 个数，{s.linked} 个有来源
          </span>
        </span>
      }
      actions={
        !editing && (
          <>
            {s.can.edit && (
              <Button onClick={() => setEdited(s.version)} data-testid="edit-summary">
                修改文字
              </Button>
            )}
            {s.can.edit && (
              <Button onClick={() => setInserting(true)} data-testid="insert-figure">
                插入指标数
              </Button>
            )}
            {s.can.sign && (
              <Button
                type="primary"
                loading={sign.isPending}
                disabled={open > 0}
                onClick={() => sign.mutate()}
                data-testid="sign-summary"
              >
                {open > 0 ? `签发（还有 ${open} 处待核对）` : "签发"}
              </Button>
            )}
            {s.can.export && (
              <Button
                type="primary"
                href={urlOf("downloadSummary", { id: s.id })}
                data-testid="export-summary"
              >
                导出 Word
              </Button>
            )}
          </>
        )
      }
    >
      <div className="summary-columns">
        {editing ? (
          <Editor
            key={edited}
            summary={s}
            figures={figures}
            version={edited}
            restart={() => setEdited(s.version)}
            done={(next) => {
              if (next) shown(next);
              setEdited(null);
            }}
          />
        ) : (
          <Text summary={s} figures={figures} chosen={chosen} choose={setChosen} />
        )}
        {inserting && <InsertFigure summary={s} shown={shown} close={() => setInserting(false)} />}
        <Side summary={s} figure={figures.get(chosen ?? "") ?? null} shown={shown} editing={editing} />
      </div>
    </Page>
  );
}

interface TextProps {
  summary: Summary;
  figures: ReadonlyMap<string, Figure>;
  chosen: string | null;
  choose: (id: string) => void;
}
function Text({ summary: s, figures, chosen, choose }: TextProps) {
  const open = new Set(s.findings.filter((f) => f.reason === null).map((f) => f.figure));
  return (
    <Panel testId="summary-text">
      <article className="summary-text">
        {s.sections.map((section) => (
          <section key={section.id}>
            <h2>{section.heading}</h2>
            {section.paragraphs.map((p) => (
              <p key={p.id}>
                {p.heading && <strong>{p.heading}。</strong>}
                {p.pieces.map((x, n) => {
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no name but their place
                  if (typeof x === "string") return <Words key={n} text={x} />;
                  const f = figures.get(x.figure);
                  return (
                    // A button is a box of its own, and would leave the full stop behind at the start of a line.
                    // biome-ignore lint/a11y/useSemanticElements: see above
                    <span
                      key={x.figure}
                      role="button"
                      tabIndex={0}
                      className={[
                        "summary-figure",
                        open.has(x.figure) ? "summary-figure-open" : "",
                        x.figure === chosen ? "summary-figure-chosen" : "",
                      ].join(" ")}
                      aria-pressed={x.figure === chosen}
                      title={f ? [f.name, ...f.facts.map((a) => `${a.label}：${a.value}`)].join("\n") : ""}
                      onClick={() => choose(x.figure)}
                      onKeyDown={(e) => {
                        if (e.key !== "Enter" && e.key !== " ") return;
                        e.preventDefault();
                        choose(x.figure);
                      }}
                      data-testid="figure"
                    >
                      {f?.text}
                    </span>
                  );
                })}
              </p>
            ))}
          </section>
        ))}
      </article>
    </Panel>
  );
}

/** What is still to be written stands out. */
function Words({ text }: { text: string }) {
  return text.split(/(【[^】]*】)/).map((part) =>
    part.startsWith("【") ? (
      <mark key={part} className="summary-to-write">
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
