/** What may be done next with a clue or a notice, and what was done: the same on both pages. */

import { Link } from "@tanstack/react-router";
import type { Field } from "@wuxin/declare/fields";
import { Button } from "antd";
import { dateTime } from "../../../kit/format.ts";
import { Panel } from "../../parts/page.tsx";
import { Photos } from "../../parts/photos.tsx";

export interface Action {
  readonly action: string;
  readonly label: string;
  readonly fields: readonly Field[];
}
/** A step that asks to choose among nothing cannot be done. */
const nothingToChoose = ({ fields }: Action) =>
  fields.find((f) => f.type === "choice" && f.required === true && f.choices?.length === 0);

interface NextProps<A extends Action> {
  readonly actions: readonly A[];
  /** The first step is what is expected now. */
  readonly expected: boolean;
  readonly choose: (a: A) => void;
  readonly testId: string;
}
export function Next<A extends Action>({ actions, expected, choose, testId }: NextProps<A>) {
  return (
    <Panel title="下一步" testId={testId}>
      {actions.length === 0 ? (
        <p className="quiet">现在没有要您办的步骤。</p>
      ) : (
        <div className="filters">
          {actions.map((a, i) => (
            <Button
              key={a.action}
              type={i === 0 && expected ? "primary" : "default"}
              disabled={Boolean(nothingToChoose(a))}
              onClick={() => choose(a)}
              data-testid={`do-${a.action}`}
            >
              {a.label}
            </Button>
          ))}
        </div>
      )}
      {actions.filter(nothingToChoose).map((a) => (
        <p key={a.action} className="quiet small">
          「{a.label}」现在不能办：「{nothingToChoose(a)?.label}」没有可选的。
        </p>
      ))}
    </Panel>
  );
}

interface HistoryProps {
  readonly history: readonly {
    readonly id: string;
    readonly label: string;
    readonly by: string;
    readonly at: string;
    readonly lines: readonly { readonly label: string; readonly text: string }[];
    readonly photos: readonly string[];
    readonly visitId?: string | null | undefined;
  }[];
  readonly testId: string;
}
export function History({ history, testId }: HistoryProps) {
  return (
    <Panel title="经过" testId={testId}>
      <ol className="history">
        {history.map((h) => (
          <li key={h.id}>
            <b>{h.label}</b>
            <div className="quiet small">
              {h.by} · {dateTime(h.at)}
            </div>
            {h.lines.length > 0 && (
              <dl>
                {h.lines.map((l) => (
                  <div key={l.label}>
                    <dt>{l.label}</dt>
                    <dd>{l.text}</dd>
                  </div>
                ))}
              </dl>
            )}
            <Photos ids={h.photos} />
            {h.visitId && (
              <Link to="/visits/$id" params={{ id: h.visitId }}>
                这次走访：签字、照片、到场位置
              </Link>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
