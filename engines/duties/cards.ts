/** What is known about a subject and stays, field by field: merged where nobody else spoke, kept apart where somebody did. */
import { DomainError, derivedId } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import * as cardStore from "./cards-store.ts";
import { merge } from "./model.ts";
import type { DutiesDeps } from "./ports.ts";

export interface CardValue {
  readonly value: unknown;
  readonly version: number;
  readonly at: string;
  readonly by: string;
}
/** What a visitor changed: the new value, and the version that he had seen (0: none). */
export type CardChanges = Readonly<Record<string, { readonly value: unknown; readonly base: number }>>;
export type Cards = Map<string, Map<string, CardValue>>;

export async function cardsOf(
  tx: Tx,
  { vault }: Pick<DutiesDeps, "vault">,
  subjects: readonly string[] | null,
): Promise<Cards> {
  const cards: Cards = new Map();
  for (const c of await cardStore.cards(tx, subjects)) {
    const card = cards.get(c.subjectId) ?? new Map<string, CardValue>();
    card.set(c.field, {
      ...{
        value: JSON.parse(vault.open(c.valueSealed)) as unknown,
        version: c.version,
        at: c.at,
        by: c.byName,
      },
    });
    cards.set(c.subjectId, card);
  }
  return cards;
}

export function createCards(deps: DutiesDeps) {
  const { clock, vault } = deps;
  const seal = (value: unknown) => vault.seal(JSON.stringify(value ?? null));

  /** Field by field. Gives the names that were written, and those where two people disagree. */
  async function apply(
    tx: Tx,
    of: { subjectId: string; divisionCode: string; visitId: string },
    changes: CardChanges,
  ): Promise<{ written: string[]; conflicts: string[] }> {
    const now = (await cardsOf(tx, deps, [of.subjectId])).get(of.subjectId) ?? new Map<string, CardValue>();
    const result = { written: [] as string[], conflicts: [] as string[] };
    for (const [field, { value, base }] of Object.entries(changes)) {
      const there = now.get(field);
      const what = merge(base, value, there);
      if (what === "same") continue;
      const version = there?.version ?? 0;
      const { subjectId, divisionCode, visitId } = of;
      if (what === "write") {
        await cardStore.addCardField(tx, {
          ...{
            subjectId,
            field,
            divisionCode,
            version: version + 1,
            valueSealed: seal(value),
            at: clock.now(),
          },
        });
        result.written.push(field);
      } else {
        await cardStore.addConflict(tx, {
          ...{ id: derivedId(visitId, `conflict ${field}`), subjectId, field, divisionCode, visitId },
          ...{ baseVersion: base, theirVersion: version, mineSealed: seal(value), at: clock.now() },
        });
        result.conflicts.push(field);
      }
    }
    return result;
  }

  const labelOf = (field: string) =>
    [...deps.catalogue.duties.values()].flatMap((d) => d.card ?? []).find((f) => f.name === field);
  const say = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === "") return "（空）";
    if (Array.isArray(value)) return value.map((v) => say(field, v)).join("、");
    const label = labelOf(field)?.choices?.find((c) => c.value === value)?.label;
    return label ?? (typeof value === "boolean" ? (value ? "是" : "否") : String(value));
  };

  async function listConflicts(tx: Tx) {
    const rows = await cardStore.conflicts(tx);
    const cards = await cardsOf(tx, deps, [...new Set(rows.map((r) => r.subjectId))]);
    return rows.map((r) => {
      const theirs = cards.get(r.subjectId)?.get(r.field);
      return {
        ...{ id: r.id, visitId: r.visitId, title: r.title, field: r.field },
        label: labelOf(r.field)?.label ?? r.field,
        mine: { text: say(r.field, JSON.parse(vault.open(r.mineSealed))), by: r.byName, at: r.at },
        theirs: { text: say(r.field, theirs?.value), by: theirs?.by ?? "", at: theirs?.at ?? r.at },
      };
    });
  }

  /** A person chooses. What was not chosen stays on record. Errors: not-found. */
  async function resolve(tx: Tx, id: string, keep: "mine" | "theirs"): Promise<void> {
    const [c] = await cardStore.conflicts(tx, id);
    if (!c || (await cardStore.resolveConflict(tx, id, keep, clock.now())) === 0)
      throw new DomainError("not-found", "这处不一致已经有人处理过了，请刷新页面。");
    if (keep === "mine") {
      const there = (await cardsOf(tx, deps, [c.subjectId])).get(c.subjectId)?.get(c.field);
      await cardStore.addCardField(tx, {
        ...{ subjectId: c.subjectId, field: c.field, divisionCode: c.divisionCode },
        ...{ version: (there?.version ?? 0) + 1, valueSealed: c.mineSealed, at: clock.now() },
      });
    }
    await deps.audit.record(tx, {
      ...{ action: "card.resolve", object: "visit", objectId: c.visitId },
      detail: `${labelOf(c.field)?.label ?? c.field}：${keep === "mine" ? "用走访所记" : "用原来所记"}`,
    });
  }

  return { apply, say, listConflicts, resolve };
}
