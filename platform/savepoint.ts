/** Part of a transaction that may be undone by itself. */
import type { Tx } from "./database.ts";

const take = (tx: Tx) => tx.exec("savepoint part");
const back = (tx: Tx) => tx.exec("rollback to savepoint part");
const leave = (tx: Tx) => tx.exec("release savepoint part");

/** Whole or not at all: what it throws is thrown on, and the transaction stands as it did before and can go on. */
export async function attempt<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await take(tx);
  let done: T;
  try {
    done = await work();
  } catch (error) {
    await back(tx);
    await leave(tx);
    throw error;
  }
  await leave(tx);
  return done;
}

/** Done, read, and taken back: what it would give, without a second copy of the rules that could say something else. */
export async function rehearse<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await take(tx);
  try {
    return await work();
  } finally {
    await back(tx);
    await leave(tx);
  }
}
