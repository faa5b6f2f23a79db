import { type Clock, DomainError, type IsoDate, isIsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import {
  type CurrentFact,
  type Fact,
  type FactInput,
  type FactScalar,
  RANKS,
  type Subject,
  type SubjectKind,
  strongest,
  subjectKey,
} from "./model.ts";
import * as store from "./store.ts";

export interface FactsDeps {
  readonly clock: Clock;
}

export interface Facts {
  /**
   * Adds facts; gives the number that were new. Whoever cannot see the person or the household cannot add to it.
   * Error: invalid-input, naming the fact.
   */
  record(tx: Tx, facts: readonly FactInput[]): Promise<number>;
  /** Per subject (`subjectKey`) and name, the strongest value on a day (today), with the others that differ. */
  current(tx: Tx, subjects: readonly Subject[], on?: IsoDate): Promise<Map<string, Map<string, CurrentFact>>>;
  /** Everything ever said about a subject, newest first. */
  history(tx: Tx, subject: Subject): Promise<Fact[]>;
  /** Only the standing values, for many subjects of one kind: id → name → value. */
  values(
    tx: Tx,
    kind: SubjectKind,
    ids: readonly string[],
    names?: readonly string[],
    on?: IsoDate,
  ): Promise<Map<string, Record<string, FactScalar>>>;
}

const LONGEST = 4_000;

export function createFacts({ clock }: FactsDeps): Facts {
  function check(f: FactInput): store.NewFact {
    const bad = (message: string) => new DomainError("invalid-input", message, { field: f.name });
    if (f.name.trim() === "" || f.name.length > 80) throw bad("事实名称应为 1 至 80 个字。");
    if (!Object.hasOwn(RANKS, f.source)) {
      throw bad(`「${f.name}」的来源“${f.source}”不在名单内，请用：${Object.keys(RANKS).join("、")}。`);
    }
    if (typeof f.value === "number" && !Number.isSafeInteger(f.value)) {
      throw bad(`「${f.name}」应为整数（金额以分计），请核对。`);
    }
    if (typeof f.value === "string" && f.value.length > LONGEST) {
      throw bad(`「${f.name}」最长 ${LONGEST} 个字，请精简。`);
    }
    const today = clock.today();
    const validFrom = f.validFrom ?? today;
    if (!isIsoDate(validFrom)) throw bad(`「${f.name}」的日期“${validFrom}”无效，请写成 2024-03-01。`);
    if (f.subject.kind === "case" && f.divisionCode === undefined) {
      throw bad(`「${f.name}」是关于办件的事实，缺少办理地。`);
    }
    return {
      id: f.id,
      subjectKind: f.subject.kind,
      subjectId: f.subject.id,
      name: f.name,
      value: f.value,
      source: f.source,
      rank: RANKS[f.source],
      reference: f.reference ?? null,
      validFrom,
      caseId: f.caseId ?? null,
      divisionCode: f.divisionCode ?? null,
      applicantId: f.applicantId ?? null,
    };
  }

  return {
    async record(tx, facts) {
      return facts.length === 0 ? 0 : store.insertFacts(tx, facts.map(check), clock.now());
    },

    async current(tx, subjects, on = clock.today()) {
      const result = new Map<string, Map<string, CurrentFact>>();
      if (subjects.length === 0) return result;
      const rows = await store.readFacts(tx, [...new Set(subjects.map((s) => s.id))], on);
      const bySubject = new Map<string, Fact[]>(subjects.map((s) => [subjectKey(s), []]));
      for (const fact of rows.map(toFact)) bySubject.get(subjectKey(fact.subject))?.push(fact);
      for (const [key, facts] of bySubject) result.set(key, strongest(facts));
      return result;
    },

    async history(tx, subject) {
      return (await store.readHistory(tx, subject.id, subject.kind)).map(toFact);
    },

    async values(tx, kind, ids, names, on = clock.today()) {
      const result = new Map<string, Record<string, FactScalar>>();
      if (ids.length === 0) return result;
      for (const r of await store.readValues(tx, kind, [...new Set(ids)], names ?? null, on)) {
        const known = result.get(r.subjectId) ?? {};
        known[r.name] = r.value;
        result.set(r.subjectId, known);
      }
      return result;
    },
  };
}

function toFact({ subjectKind, subjectId, ...f }: store.FactRow): Fact {
  return { ...f, subject: { kind: subjectKind, id: subjectId } };
}
