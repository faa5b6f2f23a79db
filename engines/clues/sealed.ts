/** The words about people in a clue, sealed on the way into the store and opened on the way out. */
import type { Values } from "@wuxin/declare";
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { touchesMoney } from "./model.ts";
import type { AlertRaised, CluesDeps } from "./ports.ts";
import * as store from "./store.ts";
import * as trail from "./trail-store.ts";

interface Words {
  /** As reported; empty where the registry knows the name. */
  readonly name: string;
  readonly address: string;
  readonly title: string;
  readonly reason: string;
}
export type Clue = Omit<store.ClueRecord, "wordsSealed" | "registeredName"> &
  Omit<Words, "name"> & {
    /** As registered, else as reported. */
    readonly subjectName: string;
  };
export type NewClue = Omit<store.NewClue, "wordsSealed" | "nameDigest"> & Words;
export type Signal = Omit<trail.SignalRecord, "wordsSealed"> & Pick<AlertRaised, "reason" | "evidence">;

export type Book = ReturnType<typeof createBook>;

export function createBook({ vault }: Pick<CluesDeps, "vault">) {
  const seal = (value: object) => vault.seal(JSON.stringify(value));
  const open = <T>(sealed: Buffer) => JSON.parse(vault.open(sealed)) as T;
  const nameOf = (name: string) => vault.digest(`clue name ${name.trim()}`);

  function opened({ wordsSealed, registeredName, ...c }: store.ClueRecord): Clue {
    const { name, ...words } = open<Words>(wordsSealed);
    return { ...c, ...words, subjectName: registeredName ?? name };
  }
  /** A grid worker sees of his village what was given to him and what he told; finance what touches money. */
  const part = (tx: Tx): Pick<store.ClueQuery, "mine" | "money"> =>
    tx.actor.role === "grid" ? { mine: true } : tx.actor.role === "finance" ? { money: true } : {};
  const some = (tx: Tx, c: store.ClueRecord | undefined) => {
    const me = tx.actor.accountId;
    const { mine, money } = part(tx);
    if (!c || (mine && c.workerId !== me && c.reportedBy !== me) || (money && !touchesMoney(c)))
      return undefined;
    return opened(c);
  };

  return {
    insertClue: (tx: Tx, { name, address, title, reason, ...c }: NewClue, at: Date) =>
      store.insertClue(
        tx,
        {
          ...c,
          wordsSealed: seal({ name, address, title, reason } satisfies Words),
          nameDigest: name === "" ? null : nameOf(name),
        },
        at,
      ),
    findClue: async (tx: Tx, id: string) => some(tx, await store.findClue(tx, id)),
    /** Holds the row, so that two people cannot act at once. */
    lockClue: async (tx: Tx, id: string) => some(tx, await store.lockClue(tx, id)),
    async listClues(tx: Tx, q: store.ClueQuery, today: IsoDate, levels: readonly string[]) {
      const text = q.q?.trim();
      const { rows, total } = await store.listClues(
        tx,
        {
          ...(text ? { ...q, nameDigest: nameOf(text) } : q),
          ...part(tx),
        },
        today,
        levels,
      );
      return { rows: rows.map(opened), total };
    },
    insertSignal: (tx: Tx, clueId: string, level: string, a: AlertRaised, at: Date) =>
      trail.insertSignal(
        tx,
        {
          ...{ clueId, level, alertId: a.alertId, feed: a.feed, rule: a.rule, title: a.title },
          ...{ ruleVersion: String(a.ruleVersion), bring: a.bring, occurredOn: a.occurredOn },
          wordsSealed: seal({ reason: a.reason, evidence: a.evidence }),
        },
        at,
      ),
    signalsOf: async (tx: Tx, clueIds: readonly string[]) =>
      (await trail.signalsOf(tx, clueIds)).map(({ wordsSealed, ...s }) => ({
        ...s,
        ...open<Pick<Signal, "reason" | "evidence">>(wordsSealed),
      })),
    insertAction: (
      tx: Tx,
      { data, ...a }: Omit<Parameters<typeof trail.insertAction>[1], "dataSealed"> & { data: Values },
    ) => trail.insertAction(tx, { ...a, dataSealed: seal(data) }),
    actionsOf: async (tx: Tx, clueId: string) =>
      (await trail.actionsOf(tx, clueId)).map(({ dataSealed, ...a }) => ({
        ...a,
        data: open<Record<string, unknown>>(dataSealed),
      })),
  };
}
