/** 更正死亡登记: one asks with the right date or that nobody died, another of the county answers. ADR 73. */
import { DomainError, type IsoDate } from "@wuxin/kernel";
import { emit, isUniqueViolation, type Tx } from "@wuxin/platform";
import * as store from "./correction-store.ts";
import { currentHouseholds, setHead } from "./household-store.ts";
import { noPerson, wrongDeathDay } from "./people.ts";
import { readPerson } from "./store.ts";
import type { RegistryDeps } from "./types.ts";

const ASKERS: ReadonlySet<string> = new Set(["township", "county"]);
const SHOWN = 50;
export type DeathCorrections = ReturnType<typeof createDeathCorrections>;

/** Why this person may not answer; null when he may. */
export function whyNotAnswer(
  c: Pick<store.DeathCorrection, "state" | "askedBy">,
  actor: { readonly accountId: string | null; readonly role: string },
): { code: string; message: string } | null {
  if (actor.role !== "county" || actor.accountId === null)
    return { code: "forbidden", message: "更正死亡登记由县级经办确认。" };
  if (c.state !== "proposed")
    return { code: "action-not-allowed", message: "已经办完，不能再办，请刷新页面。" };
  if (c.askedBy === actor.accountId)
    return { code: "same-signer", message: "提出的人不能自己确认，请另一位县级经办确认。" };
  return null;
}

export const correctionSaid = (c: Pick<store.DeathCorrection, "diedOn" | "rightOn">): string =>
  c.rightOn === null ? `此人没有死亡（原登记 ${c.diedOn}）` : `死亡日期 ${c.diedOn} 更正为 ${c.rightOn}`;

export function createDeathCorrections({ clock, audit }: Pick<RegistryDeps, "clock" | "audit">) {
  const note = (tx: Tx, action: string, c: Pick<store.DeathCorrection, "personId">, detail: string) =>
    audit.record(tx, { action, object: "person", objectId: c.personId, detail });
  const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });

  async function found(tx: Tx, id: string, lock = false) {
    const c = await store.find(tx, id, lock);
    if (!c) throw new DomainError("not-found", "没有找到这次更正，或不在您的管辖范围内。");
    return c;
  }

  /**
   * Waits for a second person. The same id again is the same request.
   * Errors: forbidden, not-found, invalid-input (rightOn, reason), action-not-allowed, already-exists.
   */
  async function askCorrection(
    tx: Tx,
    personId: string,
    input: { readonly id: string; readonly rightOn: IsoDate | null; readonly reason: string },
  ): Promise<void> {
    if (!ASKERS.has(tx.actor.role) || tx.actor.accountId === null)
      throw new DomainError("forbidden", "更正死亡登记由乡镇（街道）或县级经办提出。");
    if (await store.find(tx, input.id)) return;
    const person = await readPerson(tx, personId);
    if (!person) throw noPerson();
    const { diedOn } = person;
    if (diedOn === null) throw new DomainError("action-not-allowed", "此人没有登记死亡，不需要更正。");
    const { rightOn } = input;
    if (rightOn !== null) {
      const wrong = wrongDeathDay(rightOn, clock.today(), person.birthDate);
      if (wrong !== null) throw bad("rightOn", wrong);
      if (rightOn === diedOn) throw bad("rightOn", "和登记的日期一样，不需要更正。");
    }
    const reason = input.reason.trim();
    if (reason.length < 2) throw bad("reason", "请写明错在哪里、依据什么凭据。");
    const c = { id: input.id, personId, diedOn, rightOn, reason };
    try {
      await store.insert(tx, c, clock.now());
    } catch (error) {
      if (!isUniqueViolation(error, "death_correction_once")) throw error;
      throw new DomainError("already-exists", "已有一次更正等人确认，请等它办完。");
    }
    await note(tx, "person.death-ask", c, `${correctionSaid(c)}：${reason}`);
  }

  /**
   * The second person; who refuses says why. Given: the register and the household change here, and
   * `person.death-corrected` { correctionId, personId, diedOn, rightOn } is told.
   * Errors: forbidden, not-found, same-signer, invalid-input (note), action-not-allowed.
   */
  async function answerCorrection(
    tx: Tx,
    id: string,
    input: { readonly given: boolean; readonly note: string },
  ): Promise<{ correction: store.DeathCorrection; told: store.ToldOf[] }> {
    const c = await found(tx, id, true);
    const why = whyNotAnswer(c, tx.actor);
    if (why) throw new DomainError(why.code, why.message);
    const words = input.note.trim();
    if (!input.given && words.length < 2) throw bad("note", "请写明不同意的理由。");
    if (input.given && (await readPerson(tx, c.personId))?.diedOn !== c.diedOn)
      throw new DomainError("stale-version", "登记的死亡日期已经变了，请退回，重新提出。");
    await store.decide(tx, id, input.given ? "confirmed" : "refused", words || null, clock.now());
    await note(
      tx,
      input.given ? "person.death-correct" : "person.death-refuse",
      c,
      input.given ? correctionSaid(c) : words,
    );
    if (!input.given) return { correction: c, told: [] };
    await store.correctDeath(tx, c.personId, c.rightOn);
    const home = await household(tx, c);
    const { personId, diedOn, rightOn } = c;
    await emit(tx, "person.death-corrected", { correctionId: id, personId, diedOn, rightOn });
    return { correction: c, told: home ? [{ title: "家庭", ...home }] : [] };
  }

  /** Taken back by who asked, while nobody has answered. Errors: forbidden, not-found, action-not-allowed. */
  async function withdrawCorrection(tx: Tx, id: string): Promise<void> {
    const c = await found(tx, id, true);
    if (c.askedBy !== tx.actor.accountId)
      throw new DomainError("forbidden", "由提出的人撤回；县级经办可以不同意。");
    if (c.state === "withdrawn") return;
    if (c.state !== "proposed")
      throw new DomainError("action-not-allowed", "已经办完，不能撤回，请刷新页面。");
    await store.decide(tx, id, "withdrawn", null, clock.now());
    await note(tx, "person.death-withdraw", c, correctionSaid(c));
  }

  /** The membership that the death ended: on another day, or as if it had not ended. */
  async function household(tx: Tx, c: store.DeathCorrection) {
    const m = await store.leftByDeath(tx, c.personId, c.diedOn);
    if (!m) return null;
    if (c.rightOn !== null) {
      await store.moveEnd(tx, m.id, c.rightOn);
      if (m.closedOn !== null) await store.closeOn(tx, m.householdId, c.rightOn);
      return null;
    }
    if ((await currentHouseholds(tx, [c.personId])).size > 0) return null;
    await store.backInto(tx, m.id);
    if (m.closedOn !== null) {
      await store.closeOn(tx, m.householdId, null);
      if (m.headPersonId !== c.personId)
        await setHead(tx, m.householdId, c.personId, [{ personId: c.personId, relation: "户主" }]);
    }
    await audit.record(tx, {
      ...{ action: "household.member-in", object: "household", objectId: m.householdId },
      detail: `${c.personId}，死亡登记更正`,
    });
    const other = m.closedOn === null && m.headPersonId !== c.personId;
    const text = `回到原来的家庭${other ? "；户主和关系如要更正，请在家庭页办「家庭变更」" : ""}。`;
    return { text, left: false };
  }

  /** Errors: forbidden, not-found. */
  async function departmentsTold(tx: Tx, id: string): Promise<void> {
    if (tx.actor.role !== "county") throw new DomainError("forbidden", "由县级经办告知部门后登记。");
    const c = await found(tx, id, true);
    if ((await store.departmentsTold(tx, id, clock.today())) > 0)
      await note(tx, "person.death-told", c, "已告知共享过死亡登记的部门");
  }

  return {
    askCorrection,
    answerCorrection,
    withdrawCorrection,
    departmentsTold,
    /** What became of the rest, once. */
    tellCorrection: store.tell,
    corrections: store.of,
    correctionsWaiting: (tx: Tx) => store.waiting(tx, SHOWN),
  };
}
