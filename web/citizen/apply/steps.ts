/** The application as a row of pages, made from the item's declaration; pure. */

import type { ApplicationForm, Material } from "@wuxin/declare";
import { askedOf, isVisible, namesOthers } from "@wuxin/declare/fields";
import { holds } from "@wuxin/kernel";
import type { Field } from "../app/types.ts";
import type { Filling, Member } from "./model.ts";

export type Step =
  | {
      readonly kind:
        | "who"
        | "applicant"
        | "family"
        | "address"
        | "account"
        | "relatives"
        | "materials"
        | "authorise"
        | "review";
      readonly key: string;
    }
  | { readonly kind: "household"; readonly key: string; readonly field: Field }
  | {
      readonly kind: "member";
      readonly key: string;
      readonly field: Field;
      readonly members: readonly Member[];
    };

export interface Applied {
  readonly subject: "household" | "person";
  readonly form: ApplicationForm;
}

/** Who of the household a question is asked of: its condition may leave some out. */
const asked = (item: Applied, field: Field, f: Filling): Member[] =>
  (namesOthers(item) ? f.form.members : f.form.members.slice(0, 1)).filter(
    (m) => askedOf([field], m.relation).length > 0 && isVisible(field, m.facts),
  );

export function stepsOf(item: Applied, f: Filling): Step[] {
  const { form } = item;
  const steps: Step[] = [];
  const plain = (kind: Exclude<Step["kind"], "household" | "member">) => steps.push({ kind, key: kind });
  if (f.form.channel === "resident") plain("who");
  plain("applicant");
  if (namesOthers(item)) plain("family");
  plain("address");
  for (const field of form.household)
    if (isVisible(field, f.form.household)) steps.push({ kind: "household", key: `h.${field.name}`, field });
  for (const field of form.member) {
    const members = asked(item, field, f);
    if (members.length > 0) steps.push({ kind: "member", key: `m.${field.name}`, field, members });
  }
  if (form.account) plain("account");
  if (form.relativeFiling) plain("relatives");
  if (form.materials.length > 0) plain("materials");
  if (form.authorisation) plain("authorise");
  plain("review");
  return steps;
}

/** Whether a paper is asked for, given the answers so far. */
export const isNeeded = (m: Material, f: Filling): boolean =>
  typeof m.required === "object" ? holds(m.required, { ...f.form.household }) : m.required === true;

/** Papers to hand in, the needed ones first; what the government already holds is looked up, not asked for. */
export function papersOf(item: Applied, f: Filling): { asked: Material[]; lookedUp: Material[] } {
  const all = item.form.materials.filter((m) => typeof m.required !== "object" || isNeeded(m, f));
  const own = all.filter((m) => !m.obtainedBySharing);
  return {
    asked: [...own.filter((m) => isNeeded(m, f)), ...own.filter((m) => !isNeeded(m, f))],
    lookedUp: all.filter((m) => m.obtainedBySharing),
  };
}
