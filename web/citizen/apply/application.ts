/** From what was filled in to what is sent, and back from a server's complaint to the page where it is mended. */
import { askedOf, isEmpty, isVisible, namesOthers } from "@wuxin/declare/fields";
import { parseResidentId } from "@wuxin/kernel";
import type { Application, Field, FieldError, Scalar } from "../app/types.ts";
import { accountFields, addressFields, agentFields } from "./built-in.ts";
import type { Filling } from "./model.ts";
import type { Applied, Step } from "./steps.ts";
import { papersOf } from "./steps.ts";

const idOf = (text: string): string => {
  const read = parseResidentId(text);
  return read.ok ? read.id : text;
};

/** Answers to questions that are no longer asked are left out; so are empty ones. */
function answers(fields: readonly Field[], values: Readonly<Record<string, Scalar>>): Record<string, Scalar> {
  return Object.fromEntries(
    fields
      .filter((f) => isVisible(f, values) && !isEmpty(values[f.name]))
      .map((f): [string, Scalar] => [f.name, values[f.name] ?? null]),
  );
}

export function applicationOf(item: Applied, f: Filling, authorisation: string): Application {
  const { form, page } = f;
  const members = namesOthers(item) ? form.members : form.members.slice(0, 1);
  const papers = new Set(papersOf(item, f).asked.map((m) => m.code));
  return {
    ...form,
    areaClass: form.areaClass === "" ? "农村" : form.areaClass,
    members: members.map((m) => ({
      key: m.key,
      name: m.name.trim(),
      idNo: idOf(m.idNo),
      relation: m.relation,
      ...(m.phone ? { phone: m.phone } : {}),
      facts: answers(askedOf(item.form.member, m.relation), m.facts),
    })),
    household: answers(item.form.household, form.household),
    account: item.form.account ? form.account : null,
    agent: page.forOther && form.agent ? { ...form.agent, idNo: idOf(form.agent.idNo) } : null,
    authorised:
      item.form.authorisation && form.authorised
        ? { text: authorisation, signers: form.authorised.signers.filter((s) => !isEmpty(s.signature)) }
        : null,
    commitments: form.commitments.filter((code) => papers.has(code)),
    relatives: page.relatives ? form.relatives : [],
    materials: form.materials.filter((m) => papers.has(m.code)),
  };
}

export interface PlacedError extends FieldError {
  /** Key of the step to go to; undefined when no page has that field. */
  readonly step: string | undefined;
}

/** Finds the page of a field the server names, such as `application.members.0.idNo` or `members.m2.facts.wage`. */
export function placeErrors(
  errors: readonly FieldError[],
  steps: readonly Step[],
  f: Filling,
): PlacedError[] {
  const has = (key: string) => (steps.some((s) => s.key === key) ? key : undefined);
  const builtIn = (fields: readonly Field[], name: string) => fields.some((x) => x.name === name);
  const find = (path: string): string | undefined => {
    const [head = "", ...rest] = path.replace(/^(body\.)?(application\.)?/, "").split(".");
    const last = rest.at(-1) ?? head;
    if (head === "members" || head === "member") {
      const which = f.form.members.find((m, i) => m.key === rest[0] || String(i) === rest[0]);
      if (has(`m.${last}`)) return `m.${last}`;
      return has(!which || which.key === f.form.applicantKey ? "applicant" : "family");
    }
    if (head === "household") return has(`h.${last}`);
    if (head === "account" || builtIn(accountFields(), head)) return has("account");
    if (head === "agent" || builtIn(agentFields(), head)) return has("who");
    if (head === "authorised") return has("authorise");
    if (head === "materials" || head === "commitments") return has("materials");
    if (head === "relatives") return has("relatives");
    if (builtIn(addressFields(), head)) return has("address");
    if (head === "applicantKey" || head === "idNo" || head === "name" || head === "phone")
      return has("applicant");
    return has(`h.${last}`) ?? has(`m.${last}`);
  };
  return errors.map((e) => ({ ...e, step: find(e.field) }));
}
