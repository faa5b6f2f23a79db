/** What is asked for an assessment: why a line is behind, an adjusted aim, a month to read again. */
import type { Field, Values } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { App } from "antd";
import { useRef } from "react";
import { api } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { note, number, parsed } from "./act.tsx";
import type { Assessment, Line } from "./assessment.tsx";
import { monthField } from "./five-year.tsx";

export type AssessmentDoing =
  | { readonly kind: "say" | "adjust"; readonly line: Line }
  | { readonly kind: "reread" };

interface Props {
  assessment: Assessment;
  doing: AssessmentDoing;
  shown: (a: Assessment) => void;
  close: () => void;
}
export function AssessmentDrawer({ assessment: a, doing, shown, close }: Props) {
  const { message } = App.useApp();
  const id = useRef(newId());
  const params = { id: a.id };
  const done = (next: Assessment, words: string) => {
    shown(next);
    message.success(words);
    close();
  };
  if (doing.kind === "reread")
    return (
      <DrawerForm
        title="重新取数"
        verb="取数"
        intro={<p className="quiet">原来取的数留着；写过的原因和措施还在。</p>}
        fields={[monthField]}
        initial={{ month: a.asOf.slice(0, 7) }}
        close={close}
        send={async (v) =>
          done(
            await api.rereadAssessment({ params, body: { version: a.version, month: String(v.month) } }),
            "已重新取数。",
          )
        }
      />
    );
  const { line } = doing;
  const say = doing.kind === "say";
  return (
    <DrawerForm
      title={say ? `原因和措施：${line.object}` : `调整目标：${line.object}`}
      verb={say ? "写定" : "提出"}
      intro={say ? null : <p className="quiet">由提出人以外的人决定；同意以后按新的算，原来的目标留着。</p>}
      fields={say ? WORDS : ADJUST}
      initial={
        say
          ? ({ why: line.words?.why ?? "", measures: line.words?.measures ?? "" } as Values)
          : ({ value: String(line.value ?? ""), due: line.due } as Values)
      }
      close={close}
      send={async (v) => {
        const own = { id: id.current, targetId: line.targetId };
        if (say)
          return done(
            await api.explainAssessmentLine({
              params,
              body: { ...own, why: String(v.why), measures: String(v.measures) },
            }),
            "已写定。",
          );
        return done(
          await api.proposeAdjustment({
            params,
            body: {
              ...own,
              value: parsed(v.value) ?? Number.NaN,
              due: String(v.due),
              reason: String(v.note),
            },
          }),
          "已提出，请另一个人决定。",
        );
      }}
    />
  );
}

const WORDS: readonly Field[] = [
  { ...note("为什么落后"), name: "why" },
  { ...note("怎么办，谁办，什么时候办完"), name: "measures" },
];
const ADJUST: readonly Field[] = [
  number("value", "调整为", { required: true }),
  { name: "due", label: "期限", type: "date", required: true, allowFuture: true },
  note("为什么调整"),
];
