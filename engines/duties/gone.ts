/**
 * What a worker went for and somebody else answered before his phone had a network: what he saw is never dropped. Of a clue it
 * stands beside the other's words, for whoever judges; of a duty it is kept with the visit.
 */
import type { DutyDefinition, Values } from "@wuxin/declare";
import { derivedId, type IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { namedIn } from "./model.ts";
import type { DutiesDeps } from "./ports.ts";
import type { VisitInput } from "./visits.ts";

export function createGone(
  { clues }: Pick<DutiesDeps, "clues">,
  clueDuty: (found: boolean) => DutyDefinition | undefined,
) {
  /** @param open what still waits for this visit */
  return async function goneFrom(
    tx: Tx,
    input: VisitInput,
    open: readonly { readonly kind: "duty" | "clue"; readonly id: string }[],
  ) {
    const missing = (input.tasks ?? []).filter((id) => !open.some((t) => t.id === id));
    const answered = await clues.answered(tx, missing);
    // Where nothing is left to do there, that is told once.
    const others = missing.length - answered.length;
    return {
      clues: answered,
      form: answered.flatMap((c) => clueDuty(c.found)?.form ?? []),
      /** Gives what the worker is told, in words. */
      async tell(answers: Values, on: IsoDate): Promise<string[]> {
        const notes =
          others > 0 && open.length > 0 ? [`有 ${others} 项任务已由别人办完，您看到的记在这次走访里。`] : [];
        for (const c of answered) {
          const data = {
            ...{ on, ...namedIn(clueDuty(c.found)?.form ?? [], answers) },
            ...{ photos: [...input.photos], visitId: input.id },
          };
          await clues.seenAgain(tx, c.id, { id: derivedId(input.id, c.id), data });
          notes.push(`「${c.title}」已由${c.byName}登记过，您看到的一并记在线索上，由研判的人对照。`);
        }
        return notes;
      },
    };
  };
}
