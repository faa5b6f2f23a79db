/**
 * A benefit whose rules are written and that nobody applies for here yet: residents can check it beside the items.
 * `domains/<domain>/rules/<rules>/benefit.ts`, with the rules' files beside it.
 */
import type { ItemDefinition } from "./item.ts";

/** How the check of all benefits at once fills a fact that another question has answered. */
export interface CheckWords {
  /** Fact → the facts whose answers it is made of: one gives its value, several are added up. */
  readonly madeOf?: Readonly<Record<string, readonly string[]>>;
  /** What the few answers cannot show, for the result: “不住在一起的子女也要算”. */
  readonly note?: string;
}

export interface BenefitDefinition
  extends Pick<
    ItemDefinition,
    "code" | "title" | "shortTitle" | "subject" | "registryFacts" | "drawnFacts" | "check"
  > {
  readonly guide: Pick<ItemDefinition["guide"], "what" | "bring" | "howLong" | "decidedBy">;
  readonly outcome: Pick<ItemDefinition["outcome"], "alsoRecognises"> & {
    readonly eligible: string;
    /** Without it the rules only recognise: 低保边缘家庭. */
    readonly amount?: string;
    readonly explain: readonly string[];
  };
}

export const defineBenefit = (b: BenefitDefinition): BenefitDefinition => b;
