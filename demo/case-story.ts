/** The story of one case: lines of who did what, placed on days, put on the agenda. */
import type { Values } from "@wuxin/declare";
import type { ApplicationInput } from "@wuxin/engines/cases";
import { derivedId, type IsoDate } from "@wuxin/kernel";
import { type ActorKey, type Agenda, daysEndingBy, type Wait } from "./agenda.ts";

export interface Line {
  /** An action of the item's flow; `submit` files the application; `object` is a visitor's objection. */
  readonly action: string;
  readonly by: ActorKey;
  /** One working day unless given. */
  readonly wait?: Wait;
  readonly data?: (on: IsoDate) => Values;
  /** Of an objection. */
  readonly text?: string;
}

export interface CaseStory {
  readonly key: string;
  readonly caseId: string;
  readonly application: ApplicationInput;
  /** Uploaded by the applicant just before. */
  readonly files?: readonly { readonly id: string; readonly name: string; readonly bytes: Uint8Array }[];
  readonly lines: readonly Line[];
  /** The line of this action falls on this day or the last working day before; unless given, the last line. */
  readonly anchor: { readonly action?: string; readonly by: IsoDate };
}

/** Actions after which the other engines must hear what happened. */
const TELLING = new Set([
  "confirm",
  "refuse",
  "adjust",
  "continue",
  "exit_gradually",
  "stop",
  "end_gradual_exit",
  "report_death",
]);

export function tellCase(agenda: Agenda, story: CaseStory): void {
  const { caseId, lines, anchor, key } = story;
  const waits = lines.map((l) => l.wait ?? 1);
  const at = anchor.action ? lines.findIndex((l) => l.action === anchor.action) : lines.length - 1;
  if (at < 0) throw new Error(`demo: ${key} has no line ${anchor.action}`);
  const days = daysEndingBy(agenda.calendar, waits, at, anchor.by);
  let version = 0;
  let notice = "";
  for (const [i, line] of lines.entries()) {
    const on = days[i] as IsoDate;
    const stepKey = `${key}/${i}-${line.action}`;
    const id = derivedId(caseId, stepKey);
    if (line.action === "submit") {
      version++;
      agenda.add({
        key: stepKey,
        on,
        actor: line.by,
        run: async (tx, house) => {
          for (const file of story.files ?? []) await house.documents.saveFile(tx, file);
          await house.cases.submit(tx, { id: caseId, application: story.application });
        },
      });
      continue;
    }
    if (line.action === "object") {
      const publicityId = notice;
      agenda.add({
        key: stepKey,
        on,
        actor: line.by,
        run: (tx, house) =>
          house.cases.object(tx, publicityId, { id, name: "群众", phone: "", text: line.text ?? "" }),
      });
      continue;
    }
    if (line.action === "opinion") notice = derivedId(id, "publicity:opinion");
    const seen = version++;
    agenda.add({
      key: stepKey,
      on,
      actor: line.by,
      ...(TELLING.has(line.action) ? { tells: true as const } : {}),
      run: (tx, house) =>
        house.cases.step(tx, caseId, {
          id,
          version: seen,
          action: line.action,
          data: line.data?.(on) ?? {},
        }),
    });
  }
}
