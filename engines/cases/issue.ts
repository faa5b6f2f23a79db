/** The papers of an action, issued by the bureau or, where the township confirms in its place, by the township. */
import { derivedId } from "@wuxin/kernel";
import type { DatedClock } from "./clocks.ts";
import type { Done, Step } from "./effects.ts";
import type { Outcome } from "./model.ts";
import { paperValues } from "./papers.ts";
import { clockViews } from "./progress.ts";
import { missingMaterials } from "./values.ts";

export async function issuePapers(
  s: Step,
  done: Done,
  clocks: readonly DatedClock[],
): Promise<NonNullable<Outcome["documents"]>> {
  const codes = s.action.effects?.documents ?? [];
  if (codes.length === 0) return [];
  const { c, tx, deps } = s;
  const { file } = c.bundle;
  const county = deps.counties.get(tx.actor.countyCode);
  // Who acts signs: the township's own steps and delegated confirmations are the township's documents.
  const township = tx.actor.role === "township" || tx.actor.role === "village";
  const issuer = township
    ? `${deps.counties.divisionName(county.code, file.divisionCode.slice(0, 9))}${office(county.code, s)}`
    : county.bureauName;
  const asked = s.data.missing;
  const values = paperValues({
    item: c.item,
    action: s.action,
    applicant: file.applicantName,
    caseNumber: file.number,
    address: file.address,
    memberCount: c.members.filter((m) => m.diedOn === null).length,
    issuer,
    countyName: county.name,
    remedy: county.remedies.text,
    today: c.today,
    data: s.data,
    questions: s.questions,
    clocks: clockViews(c.item, clocks, c.today, c.calendar),
    recorded: done.recorded,
    missing:
      typeof asked === "string"
        ? asked
        : missingMaterials(c.item, c.state)
            .map((m) => m.title)
            .join("、"),
    assessment: done.assessment,
    decision: done.decided && {
      amountFen: done.decided.summary.amountFen,
      persons: done.decided.persons,
      fromMonth: done.decided.summary.fromMonth,
      untilMonth: done.decided.untilMonth,
    },
  });
  const issued = [];
  for (const code of codes) {
    const template = c.item.documents.find((d) => d.code === code);
    if (!template) continue; // refused at start by the catalogue
    const id = derivedId(s.actionId, `document:${code}`);
    const { number } = await deps.documents.issue(tx, {
      id,
      template,
      values,
      addressee: file.applicantName,
      issuer,
      caseId: file.id,
      divisionCode: file.divisionCode,
      applicantId: file.applicantId,
    });
    issued.push({ id, code, number });
  }
  return issued;
}

/** 荣家湾镇 is governed by 人民政府, a 街道 by its 办事处; names that already say so stay. */
function office(countyCode: string, s: Step): string {
  const name = s.deps.counties.divisionName(countyCode, s.c.bundle.file.divisionCode.slice(0, 9));
  if (/(人民政府|办事处|管理委员会)$/.test(name)) return "";
  if (name.endsWith("街道")) return "办事处";
  return /[镇乡]$/.test(name) ? "人民政府" : "";
}
