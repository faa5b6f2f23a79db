import { useMutation } from "@tanstack/react-query";
import { newId } from "@wuxin/kernel";
import { Button, Input } from "antd";
import { useState } from "react";
import { api, sentence } from "../../app/api.ts";
import { Overtaken } from "../../parts/overtaken.tsx";
import { Panel } from "../../parts/page.tsx";
import { Editable } from "./editable.tsx";
import type { Figure, Paragraph, Section, Summary } from "./words.ts";

interface Props {
  summary: Summary;
  figures: ReadonlyMap<string, Figure>;
  done: (next: Summary | null) => void;
  /** The version that is being changed; what is there now may be a later one. */
  version: number;
  restart: () => void;
}
/** Title, headings and paragraphs; a paragraph that was emptied goes. */
export function Editor({ summary: s, figures, done, version, restart }: Props) {
  const [title, setTitle] = useState(s.title);
  const [sections, setSections] = useState<readonly Section[]>(s.sections);
  const save = useMutation({
    mutationFn: () =>
      api.saveSummary({
        params: { id: s.id },
        body: {
          ...{ version, title },
          sections: sections.map((x) => ({
            ...x,
            paragraphs: x.paragraphs.map((p) => ({ ...p, pieces: [...p.pieces] })),
          })),
        },
      }),
    onSuccess: done,
  });
  const change = (section: string, next: (s: Section) => Section) =>
    setSections((all) => all.map((x) => (x.id === section ? next(x) : x)));
  const changeParagraph = (section: string, id: string, part: Partial<Paragraph>) =>
    change(section, (x) => ({
      ...x,
      paragraphs: x.paragraphs.map((p) => (p.id === id ? { ...p, ...part } : p)),
    }));
  return (
    <Panel
      title="修改文字"
      testId="summary-editor"
      extra={
        <>
          <Button onClick={() => done(null)}>不改了</Button>
          <Button
            type="primary"
            loading={save.isPending}
            onClick={() => save.mutate()}
            data-testid="save-summary"
          >
            保存
          </Button>
        </>
      }
    >
      {s.version === version ? (
        save.isError && (
          <p className="danger" role="alert">
            {sentence(save.error)}
          </p>
        )
      ) : (
        <Overtaken by={s.savedByName} at={s.savedAt} take={restart} />
      )}
      <p className="quiet">带底色的是有来源的数：可以移动、删去，不能改。自己写的数会列为待核对。</p>
      <div className="summary-edit">
        <Input aria-label="标题" value={title} onChange={(e) => setTitle(e.target.value)} maxLength={200} />
        {sections.map((section) => (
          <section key={section.id}>
            <Input
              aria-label="部分的标题"
              value={section.heading}
              maxLength={200}
              onChange={(e) => change(section.id, (x) => ({ ...x, heading: e.target.value }))}
            />
            {section.paragraphs.map((p, n) => (
              <div key={p.id}>
                <Input
                  size="small"
                  aria-label="段落的小标题"
                  placeholder="小标题（可以不写）"
                  value={p.heading}
                  maxLength={200}
                  onChange={(e) => changeParagraph(section.id, p.id, { heading: e.target.value })}
                />
                <Editable
                  label={`${section.heading}第 ${n + 1} 段`}
                  pieces={p.pieces}
                  figures={figures}
                  onChange={(pieces) => changeParagraph(section.id, p.id, { pieces })}
                />
              </div>
            ))}
            <Button
              size="small"
              onClick={() =>
                change(section.id, (x) => ({
                  ...x,
                  paragraphs: [...x.paragraphs, { id: newId(), heading: "", pieces: [] }],
                }))
              }
            >
              加一段
            </Button>
          </section>
        ))}
        <Button
          onClick={() =>
            setSections((all) => [
              ...all,
              { id: newId(), heading: "", paragraphs: [{ id: newId(), heading: "", pieces: [] }] },
            ])
          }
        >
          加一部分
        </Button>
      </div>
    </Panel>
  );
}
