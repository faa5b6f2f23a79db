/** What is asked of whoever gives evidence: a figure, an acceptance of a 民生实事, or a survey of it. */
import { DomainError, isIsoDate, within } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { EvidenceRecord } from "./evidence-store.ts";
import { countable, type EvidenceKind, standardText } from "./livelihood.ts";
import type { Target } from "./model.ts";
import type { PlansDeps } from "./ports.ts";

export interface EvidenceRequest {
  readonly id: string;
  readonly targetId: string;
  readonly kind?: EvidenceKind | undefined;
  readonly asOf: string;
  /** Of an acceptance: how much was accepted this time. Of a survey: how many were satisfied. */
  readonly value: number;
  readonly words: string;
  readonly files: readonly string[];
  /** Of an acceptance: the township where it was; null for the county's own. */
  readonly division?: string | null | undefined;
  /** Of a survey: how many were asked. */
  readonly asked?: number | null | undefined;
}
type Checked = Omit<
  EvidenceRecord,
  "givenAt" | "givenBy" | "givenByName" | "confirmedAt" | "confirmedByName" | "takeBack"
>;

/** @returns what is kept. Errors: invalid-input with the field, action-not-allowed, forbidden */
export function checkEvidence(
  tx: Tx,
  t: Target,
  e: EvidenceRequest,
  { clock, divisionName }: Pick<PlansDeps, "clock" | "divisionName">,
): Checked {
  const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });
  const { id, targetId, asOf, value, files, kind = "figure" } = e;
  if (!isIsoDate(asOf) || asOf > clock.today()) throw bad("asOf", "截止日期应是今天或以前。");
  if (!Number.isFinite(value) || value < 0) throw bad("value", "数值应不小于零。");
  const words = e.words.trim();
  if (words.length < 4) throw bad("words", "请写明这个数从哪里来（至少 4 个字）。");
  const kept = { id, targetId, kind, asOf, value, words, files, division: null, standard: null, asked: null };
  if (kind === "figure") return kept;
  if (!t.public)
    throw new DomainError("action-not-allowed", "只有民生实事开验收单、做满意度调查，请先「列为民生实事」。");
  if (kind === "survey") {
    const asked = e.asked ?? 0;
    if (!Number.isInteger(asked) || asked <= 0) throw bad("asked", "请填写调查了多少人。");
    if (!Number.isInteger(value) || value > asked)
      throw bad("value", "满意的人数应是整数，不多于调查的人数。");
    return { ...kept, asked };
  }
  if (!countable(t))
    throw new DomainError("action-not-allowed", "这条目标不是数量，按进度公布，不开验收单。");
  if (t.quality === null)
    throw new DomainError("action-not-allowed", "还没有写质量标准，请县级先写明标准和出处，再验收。");
  if (value === 0) throw bad("value", "请填写这次验收了多少。");
  return { ...kept, division: place(tx, e.division ?? null), standard: standardText(t.quality) };

  function place({ actor: { countyCode, scope } }: Tx, division: string | null): string | null {
    if (division === null) {
      if (scope !== countyCode) throw bad("division", "请选在哪个乡镇（街道）验收。");
      return null;
    }
    if (!division.startsWith(countyCode) || divisionName(countyCode, division) === division)
      throw bad("division", "请从列表里选本县的乡镇（街道）。");
    if (!within(scope, division))
      throw new DomainError("forbidden", `${divisionName(countyCode, division)}的验收单由他们或县级填报。`);
    return division;
  }
}
