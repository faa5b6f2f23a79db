/**
 * Who must support a member of the household and does not live with him (不共同生活的赡养、抚养、扶养义务人). Named with
 * what he declares; only his signed authorisation brings him into the registry and so into any list's comparison.
 */
import {
  addMonths,
  DomainError,
  type IsoDate,
  isIsoDate,
  lastDay,
  maskResidentId,
  monthOf,
  parseResidentId,
} from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { CaseToCheck, MatchingDeps } from "./ports.ts";
import * as store from "./supporters-store.ts";

/** As he said it; money in 分 a month. */
export interface Declared {
  readonly incomeFen: number;
  /** Living on his income, himself included. */
  readonly dependants: number;
  /** Whom he must support and who do not live with him. */
  readonly supports: number;
  /** A month by agreement or judgment; null where there is none. */
  readonly agreedFen: number | null;
}
export interface NameSupporter extends Declared {
  readonly id: string;
  readonly ofPersonId: string;
  readonly name: string;
  readonly idNo: string;
  readonly relation: string;
}
export interface Supporter {
  readonly id: string;
  readonly personId: string | null;
  readonly ofPersonId: string;
  readonly name: string;
  readonly relation: string;
  readonly declared: Declared;
  /** Signed, and not run out. */
  readonly authorised: boolean;
}
const DEFAULT_AUTHORISED_MONTHS = 12;

export function createSupporters(deps: MatchingDeps) {
  const { clock, vault, audit } = deps;
  const wrong = (field: string, message: string) => new DomainError("invalid-input", message, { field });
  const opened = (s: store.SupporterRecord): Supporter => ({
    ...{ id: s.id, personId: s.personId, ofPersonId: s.ofPersonId, name: s.name, relation: s.relation },
    declared: JSON.parse(vault.open(s.declaredSealed)) as Declared,
    authorised: s.authorisedUntil !== null && s.authorisedUntil >= clock.today(),
  });
  const ofCase = async (tx: Tx, caseId: string): Promise<Supporter[]> =>
    (await store.supportersOf(tx, caseId)).map(opened);

  async function get(tx: Tx, id: string): Promise<store.SupporterRecord> {
    const s = await store.findSupporter(tx, id);
    if (!s || s.removed) throw new DomainError("not-found", "没有找到这位义务人，可能已经移出，请刷新页面。");
    return s;
  }

  /** The same id again changes nothing. Errors: invalid-input, already-exists, not-found. */
  async function name(tx: Tx, caseId: string, input: NameSupporter): Promise<void> {
    if (await store.findSupporter(tx, input.id)) return;
    const c = await deps.caseToCheck(tx, caseId);
    if (!c.persons.some((p) => p.id === input.ofPersonId))
      throw wrong("ofPersonId", "请选择这户里由他赡养、抚养、扶养的成员。");
    const id = parseResidentId(input.idNo, clock.today());
    if (!id.ok) throw wrong("idNo", "身份证号码不对，请核对。");
    const numbers = await deps.registry.idNumbers(
      tx,
      c.persons.map((p) => p.id),
      "登记赡养义务人时核对是否同住",
    );
    if ([...numbers.values()].includes(id.id))
      throw wrong("idNo", "这个人就在这一户里，和全家一起核对，不用另外登记。");
    const done = await store.insertSupporter(tx, {
      ...{ id: input.id, caseId, divisionCode: c.divisionCode, ofPersonId: input.ofPersonId },
      ...{ name: input.name.trim(), relation: input.relation, at: clock.now() },
      ...{ idNoSealed: vault.seal(id.id), idNoDigest: vault.digest(`supporter ${id.id}`) },
      declaredSealed: sealed(input),
    });
    if (!done)
      throw new DomainError("already-exists", "这位义务人已经登记过，请在名单里办理。", { field: "idNo" });
    await audit.record(tx, {
      ...{ action: "check.supporter.name", object: "case", objectId: caseId },
      detail: `${c.number} ${input.relation}`,
    });
  }
  const sealed = ({ incomeFen, dependants, supports, agreedFen }: Declared): Buffer =>
    vault.seal(JSON.stringify({ incomeFen, dependants, supports, agreedFen }));

  /** What he declares now. Reports made before keep what they were made of. */
  async function redeclare(tx: Tx, id: string, declared: Declared): Promise<void> {
    const s = await get(tx, id);
    await store.redeclare(tx, id, sealed(declared));
    await audit.record(tx, {
      ...{ action: "check.supporter.redeclare", object: "case", objectId: s.caseId },
      detail: s.relation,
    });
  }

  /** The signed paper; again, when it runs out. Errors: invalid-input (signedOn, file), not-found. */
  async function authorise(tx: Tx, id: string, input: { signedOn: IsoDate; fileId: string }): Promise<void> {
    const s = await get(tx, id);
    const today = clock.today();
    if (!isIsoDate(input.signedOn) || input.signedOn > today)
      throw wrong("signedOn", "签署日期应为今天或以前的日期。");
    const months = Number(
      deps.choice(tx.actor.countyCode, "supporterAuthorisedMonths", today) ?? DEFAULT_AUTHORISED_MONTHS,
    );
    const until = lastDay(addMonths(monthOf(input.signedOn), months));
    if (until < today) throw wrong("signedOn", `这份授权书到 ${until} 已经过期，请重新签署。`);
    await deps.attachFiles(tx, [input.fileId], {
      ...{ caseId: s.caseId, divisionCode: s.divisionCode, applicantId: null },
    });
    const personId = s.personId ?? (await register(tx, s));
    await store.authorise(tx, id, {
      ...{ personId, on: input.signedOn, until, fileId: input.fileId, at: clock.now() },
    });
    await audit.record(tx, {
      ...{ action: "check.supporter.authorise", object: "case", objectId: s.caseId },
      detail: `${s.relation}，签署 ${input.signedOn}，有效至 ${until}`,
    });
  }
  /** Whoever is registered stays where he is: only somebody new is entered beside the case. */
  async function register(tx: Tx, s: store.SupporterRecord): Promise<string> {
    const idNo = vault.open(s.idNoSealed);
    const known = await deps.wide(tx, () => deps.registry.findPersonByIdNo(tx, idNo));
    if (known && known.name !== s.name)
      throw wrong("name", "这个身份证号登记的是另一个姓名，请核对身份证后移出重新登记。");
    if (known) return known.id;
    const { id, divisionCode, name } = s;
    return (await deps.registry.ensurePerson(tx, { id, name, idNo, divisionCode, address: "" })).id;
  }

  async function remove(tx: Tx, id: string, reason: string): Promise<void> {
    const s = await get(tx, id);
    await store.remove(tx, id, vault.seal(reason), clock.now());
    await audit.record(tx, {
      ...{ action: "check.supporter.remove", object: "case", objectId: s.caseId },
      detail: s.relation,
    });
  }

  return {
    name,
    redeclare,
    authorise,
    remove,
    ofCase,
    find: async (tx: Tx, id: string) => (await get(tx, id)).caseId,
    /** For the page of the case. */
    async list(tx: Tx, caseId: string) {
      const c = await deps.caseToCheck(tx, caseId);
      const rows = await store.supportersOf(tx, caseId);
      return {
        members: c.persons,
        rows: rows.map((s) => ({
          ...opened(s),
          idNoMasked: maskResidentId(vault.open(s.idNoSealed)),
          ofName: c.persons.find((p) => p.id === s.ofPersonId)?.name ?? "（已不在这户）",
          ...{ authorisedOn: s.authorisedOn, authorisedUntil: s.authorisedUntil },
          ...{ authorisationFile: s.authorisationFile, namedBy: s.namedByName },
        })),
      };
    },
  };
}
export type Supporters = ReturnType<typeof createSupporters>;
/** Whom of them nobody may ask about. */
export const unsigned = (supporters: readonly Supporter[]): string[] =>
  supporters.filter((s) => !s.authorised).map((s) => `${s.name}（${s.relation}）`);
export type WithSupporters = CaseToCheck & { readonly supporters: readonly Supporter[] };
