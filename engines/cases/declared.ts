/** What an application leaves in the books: the summary on its first action, the declared facts, the files. */
import { isEmpty, type ResolvedItem } from "@wuxin/declare";
import { derivedId } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { FactInput } from "../facts/index.ts";
import type { Person } from "../registry/index.ts";
import { type ApplicationInput, type ReadApplication, signersOf } from "./intake.ts";
import type { ApplicationSummary } from "./model.ts";
import { isPersonal } from "./text.ts";

export function summaryOf(
  tx: Tx,
  item: ResolvedItem,
  read: ReadApplication,
  personOf: ReadonlyMap<string, Person>,
): ApplicationSummary {
  const { input } = read;
  const signed = signersOf(read);
  const answers = item.form.household.flatMap((f) => {
    const v = input.household[f.name];
    return isPersonal(f) || isEmpty(v) ? [] : [[f.name, v] as const];
  });
  const { role } = tx.actor;
  const office = input.channel === "resident" ? (role === "village" ? "village" : "township") : input.channel;
  return {
    channel: role === "resident" ? "resident" : office,
    agent: read.agent && { name: read.agent.name, relation: read.agent.relation.trim() },
    signers: [...signed].flatMap((key) => personOf.get(key)?.id ?? []),
    authorisation: input.authorised && {
      text: input.authorised.text,
      signatures: input.authorised.signers.flatMap((s) => {
        const person = personOf.get(s.key);
        return person ? [{ personId: person.id, signature: s.signature }] : [];
      }),
    },
    relative: item.form.relativeFiling && input.relatives.length > 0,
    commitments: input.commitments,
    materials: input.materials,
    ...(item.subject === "person" && read.members.length > 1
      ? {
          others: Object.fromEntries(
            read.members.flatMap((m) => {
              const person = m.key === read.applicant.key ? undefined : personOf.get(m.key);
              return person ? [[person.id, m.relation]] : [];
            }),
          ),
        }
      : {}),
    answers: Object.fromEntries(answers) as ApplicationSummary["answers"],
  };
}

export function declaredFacts(
  item: ResolvedItem,
  caseId: string,
  read: ReadApplication,
  personOf: ReadonlyMap<string, Person>,
  householdId: string | null,
  applicant: Person,
): FactInput[] {
  const { input } = read;
  const facts: FactInput[] = [];
  const add = (
    fields: ResolvedItem["form"]["member"],
    values: ApplicationInput["household"],
    subject: FactInput["subject"],
  ) => {
    for (const f of fields) {
      const value = values[f.name];
      if (!f.fact || value === undefined || isEmpty(value)) continue;
      facts.push({
        id: derivedId(caseId, `fact:${subject.id}:${f.fact}`),
        subject,
        name: f.fact,
        value,
        source: "本人申报",
        reference: "申请表",
        caseId,
        ...(subject.kind === "case" ? { divisionCode: input.divisionCode, applicantId: applicant.id } : {}),
      });
    }
  };
  add(
    item.form.household,
    input.household,
    householdId === null ? { kind: "case", id: caseId } : { kind: "household", id: householdId },
  );
  for (const m of read.members)
    add(item.form.member, m.facts, { kind: "person", id: (personOf.get(m.key) as Person).id });
  return facts;
}

export function filesOfApplication(read: ReadApplication): string[] {
  const signatures = (read.input.authorised?.signers ?? []).flatMap(({ signature }) =>
    typeof signature === "object" && signature !== null && "fileId" in signature && signature.fileId
      ? [signature.fileId]
      : [],
  );
  return [...new Set([...read.input.materials.map((m) => m.fileId), ...signatures])];
}
