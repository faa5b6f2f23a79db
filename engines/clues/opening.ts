/** How clues begin: by an alert, by a worker, a resident, the hotline, another department; and the hand-over to townships. */
import {
  DomainError,
  derivedId,
  type IsoDate,
  isMobilePhone,
  isUuid,
  newId,
  normalizePhone,
} from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Step } from "./acting.ts";
import { whoApplied } from "./found-store.ts";
import { type ClueSource, handOverDue, levelOf, type Proposal, SOURCES } from "./model.ts";
import type { AlertRaised, CluesDeps } from "./ports.ts";
import type { Book, NewClue } from "./sealed.ts";
import * as store from "./store.ts";
import * as trail from "./trail-store.ts";

export interface Report {
  readonly id: string;
  readonly source: Exclude<ClueSource, "alert">;
  /** Which department or hotline; empty otherwise. */
  readonly sourceName: string;
  readonly level: string;
  readonly proposes: Proposal;
  readonly personId: string | null;
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly divisionCode: string;
  readonly title: string;
  readonly reason: string;
  readonly occurredOn: IsoDate;
}
const REPORTERS: Readonly<Record<string, readonly string[]>> = {
  worker: ["grid", "village", "township", "county"],
  resident: ["village", "township", "county", "system"],
  hotline: ["township", "county"],
  department: ["township", "county", "auditor"],
};

export function createOpening(deps: CluesDeps, book: Book, step: Step) {
  const { clock } = deps;

  async function open(tx: Tx, c: Omit<NewClue, "number" | "openedOn">): Promise<void> {
    const today = clock.today();
    const number = await deps.documents.nextNumber(
      tx,
      "{county}线索〔{year}〕{n}号",
      Number(today.slice(0, 4)),
    );
    await book.insertClue(tx, { ...c, number, openedOn: today }, clock.now());
    await book.insertAction(tx, {
      ...{ id: derivedId(c.id, "open"), clueId: c.id, version: 1, action: "open", to: "new", data: {} },
      at: clock.now(),
    });
    await deps.audit.record(tx, { action: "clue.open", object: "clue", objectId: c.id, detail: number });
    if (levelOf(deps.monitoring(tx.actor.countyCode), c.level).atOnce)
      await step(tx, c.id, { id: derivedId(c.id, "dispatch"), action: "dispatch", data: {}, asSystem: true });
  }

  async function placeOf(
    tx: Tx,
    of: { personId: string | null; householdId: string | null; divisionCode: string },
  ) {
    if (of.personId) {
      const person = (await deps.registry.persons(tx, [of.personId])).get(of.personId);
      if (person)
        return {
          householdId: of.householdId ?? person.householdId,
          divisionCode: person.divisionCode,
          address: person.address,
        };
    }
    return { householdId: of.householdId, divisionCode: of.divisionCode, address: "" };
  }

  /** Of the outbox event `alert.raised`: opens a clue or joins the open one of the same person. Hearing it twice changes nothing. */
  async function onAlert(tx: Tx, a: AlertRaised): Promise<void> {
    if (await trail.clueOfAlert(tx, a.alertId)) return;
    const m = deps.monitoring(tx.actor.countyCode);
    const level = levelOf(m, a.level);
    const known =
      a.personId || a.householdId
        ? await store.findOpen(tx, {
            personId: a.personId,
            householdId: a.householdId,
            proposes: a.proposes,
          })
        : undefined;
    if (known) {
      const before = await book.findClue(tx, known.id);
      await book.insertSignal(tx, known.id, level.code, a, clock.now());
      const rank = (code: string) => m.levels.findIndex((l) => l.code === code);
      const higher = before !== undefined && rank(level.code) < rank(before.level);
      await step(tx, known.id, {
        id: derivedId(a.alertId, "join"),
        action: "join",
        data: { title: a.title },
        change: higher ? { level: level.code } : {},
        asSystem: true,
      });
      if (higher && level.atOnce && before.state === "new")
        await step(tx, known.id, {
          ...{ id: derivedId(a.alertId, "dispatch"), action: "dispatch", data: {}, asSystem: true },
        });
      return;
    }
    const place = await placeOf(tx, a);
    const id = derivedId(a.alertId, "clue");
    await open(tx, {
      ...{ id, source: "alert", sourceName: a.feedTitle, level: level.code, proposes: a.proposes },
      ...{ personId: a.personId, householdId: place.householdId, name: "" },
      ...{ phoneSealed: null, address: place.address, divisionCode: place.divisionCode },
      ...{ title: a.title, reason: a.reason, occurredOn: a.occurredOn },
    });
    await book.insertSignal(tx, id, level.code, a, clock.now());
  }

  /** Somebody tells us. The same id again is the same report. Errors: forbidden, invalid-input, not-found. */
  async function report(tx: Tx, r: Report): Promise<{ id: string }> {
    if (!isUuid(r.id))
      throw new DomainError("invalid-input", "编号格式不对，请刷新页面重试。", { field: "id" });
    if (!REPORTERS[r.source]?.includes(tx.actor.role))
      throw new DomainError("forbidden", `「${SOURCES[r.source]}」的线索不由您的角色登记。`);
    if (await book.findClue(tx, r.id)) return { id: r.id };
    const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });
    if (r.title.trim().length < 2) throw bad("title", "请用一句话写明遇到什么困难。");
    if (r.personId === null && r.name.trim() === "" && r.address.trim() === "")
      throw bad("address", "请填写姓名或称呼；不知道姓名的，请写明住在哪里、在哪里能找到他。");
    if (r.occurredOn > clock.today()) throw bad("occurredOn", "发现日期不能晚于今天，请改正。");
    if (!deps.divisions(tx.actor.countyCode).some((d) => d.code === r.divisionCode))
      throw bad("divisionCode", "请从列表里选择本县的乡镇（街道）或村（社区）。");
    const phone = r.phone.trim() === "" ? null : normalizePhone(r.phone);
    if (phone !== null && !isMobilePhone(phone)) throw bad("phone", "联系电话应为 11 位手机号码，请核对。");
    if (r.personId) await deps.registry.getPerson(tx, r.personId);
    const place = await placeOf(tx, {
      personId: r.personId,
      householdId: null,
      divisionCode: r.divisionCode,
    });
    await open(tx, {
      ...{ id: r.id, source: r.source, sourceName: r.sourceName.trim() || SOURCES[r.source] },
      level: levelOf(deps.monitoring(tx.actor.countyCode), r.level).code,
      ...{ proposes: r.proposes, personId: r.personId, householdId: place.householdId },
      name: r.personId ? "" : r.name.trim(),
      phoneSealed: phone === null ? null : deps.vault.seal(phone),
      address: place.address || r.address.trim(),
      ...{ divisionCode: place.divisionCode, title: r.title.trim(), reason: r.reason.trim() },
      occurredOn: r.occurredOn,
    });
    return { id: r.id };
  }

  /** Hands over what was collected; on and after the county's day. Gives how many went. */
  async function handOver(tx: Tx): Promise<number> {
    const today = clock.today();
    let sent = 0;
    const waiting = await store.waitingToDispatch(tx);
    const found = waiting.filter((c) => c.isFound).map((c) => c.id);
    const asked = await whoApplied(tx, deps.entitles, found);
    for (const c of waiting) {
      // Asked already, whoever applied for him: nobody has to go. Refused, he is handed over after all.
      if (asked.has(c.id)) continue;
      const month = handOverDue(c.openedOn, today, deps.monitoring(tx.actor.countyCode).dispatchDay);
      if (month === null) continue;
      await step(tx, c.id, {
        id: newId(),
        action: "dispatch",
        data: { month },
        change: { batchMonth: month },
        asSystem: true,
      });
      sent++;
    }
    return sent;
  }

  return { onAlert, report, handOver };
}
