/** The village's doors to knock at. Only so many are listed; the rest is counted. */
import { addDays } from "@wuxin/kernel";
import { type Asking, type DeskRow, PLAIN } from "./row.ts";

const LISTED = 50;
export interface Doors {
  readonly rows: readonly DeskRow[];
  /** Doors of the group that are not listed. */
  readonly unlisted: number;
}

/** The township sees its villages' visits on 「走访」, not as its own work. */
export async function doorsOf({
  house,
  tx,
  role,
  today,
}: Asking): Promise<Partial<Record<"overdue" | "today" | "week", Doors>>> {
  if (role !== "village") return {};
  // A clue of the stop has its own row.
  const due = async (dueFrom: string | undefined, dueBy: string): Promise<Doors> => {
    const board = await house.duties.board(tx, { withClues: false, dueFrom, dueBy, limit: LISTED });
    const rows = board.rows.map((s) => {
      const duties = s.tasks.filter((t) => t.kind === "duty");
      return {
        ...{ ...PLAIN, kind: "visit" as const, id: s.subjectId, itemTitle: "走访", title: s.titleMasked },
        ...{ todo: "上门走访", waiting: [...new Set(duties.map((t) => t.title))].join("、") },
        ...{ divisionName: s.divisionName, link: "/visits", dueOn: duties[0]?.dueOn ?? null },
      };
    });
    return { rows, unlisted: board.total - rows.length };
  };
  return {
    overdue: await due(undefined, addDays(today, -1)),
    today: await due(today, today),
    week: await due(addDays(today, 1), addDays(today, 7)),
  };
}
