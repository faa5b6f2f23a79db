/**
 * 一键求助: anybody tells of somebody in trouble, gets a number, and with it and the end of his phone number sees what became
 * of it. It goes to the township at once, to the worker of the village where there is one, and says nothing about anybody.
 */
import { DomainError, dateInShanghai, derivedId, isMobilePhone, newId, normalizePhone } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Step } from "./acting.ts";
import { helpClock, hoursFrom } from "./hours.ts";
import type { ClueState, Outcome } from "./model.ts";
import type { Report } from "./opening.ts";
import type { CluesDeps } from "./ports.ts";
import type { Book, Clue } from "./sealed.ts";
import * as store from "./store.ts";
import * as tallies from "./tally-store.ts";

/** Until the county says otherwise: our own numbers. A village's people share one address. */
const PER_PHONE = 3;
const PER_ADDRESS = 30;
const WRONG_A_DAY = 10;
const MOST_PHOTOS = 3;
const TAIL = 4;

export interface Trouble {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly divisionCode: string;
  readonly title: string;
  readonly reason: string;
  /** Somebody is in danger now: the county's highest level. */
  readonly urgent: boolean;
  readonly place: {
    readonly latitude: number;
    readonly longitude: number;
    readonly accuracyM: number;
  } | null;
}
export interface TroubleProgress {
  readonly number: string;
  readonly state: ClueState;
  readonly outcome: Outcome | "false" | null;
  readonly divisionName: string;
  readonly reportedOn: string;
  /** The day by which somebody is to have been there, or was. */
  readonly visitBy: string | null;
  /** And the hour; null once somebody was. */
  readonly answerBy: string | null;
  readonly visitedOn: string | null;
}

export function createTrouble(
  deps: CluesDeps,
  book: Book,
  step: Step,
  report: (tx: Tx, r: Report) => Promise<{ id: string }>,
) {
  const { clock, vault } = deps;
  const digestOf = (kind: tallies.TallyKind, value: string) => vault.digest(`trouble ${kind} ${value}`);
  const count = (tx: Tx, kind: tallies.TallyKind, value: string) =>
    tallies.tally(tx, clock.today(), kind, digestOf(kind, value));
  const choice = (tx: Tx, name: string, otherwise: number) => {
    const value = deps.choice(tx.actor.countyCode, name, clock.today());
    return typeof value === "number" ? value : otherwise;
  };

  /** As the system of the county. Sent twice it is one. Errors: invalid-input, too-many-requests. */
  async function tell(tx: Tx, t: Trouble, address: string): Promise<TroubleProgress> {
    const before = await book.findClue(tx, t.id);
    if (before) return progressOf(tx, before);
    const phone = normalizePhone(t.phone);
    if (!isMobilePhone(phone))
      throw new DomainError("invalid-input", "请填 11 位手机号码，我们要给您回电话。", { field: "phone" });
    if ((await count(tx, "phone", phone)) > choice(tx, "troublePerPhone", PER_PHONE))
      throw tooMany("今天用这个电话已经求助好几次了，我们都收到了。着急请打 12345，或直接找村（社区）。");
    if ((await count(tx, "address", address)) > choice(tx, "troublePerAddress", PER_ADDRESS))
      throw tooMany("您所在的网络今天求助的次数太多了。着急请打 12345，或直接找村（社区）。");
    const { place, urgent, ...words } = t;
    const where = place
      ? `定位：北纬 ${place.latitude.toFixed(5)}，东经 ${place.longitude.toFixed(5)}（误差约 ${Math.round(place.accuracyM)} 米）`
      : "";
    await report(tx, {
      ...{ ...words, phone, source: "resident", sourceName: "一键求助", proposes: "help", personId: null },
      level: urgent ? (deps.monitoring(tx.actor.countyCode).levels[0]?.code ?? "") : "",
      reason: [t.reason.trim(), where].filter((x) => x !== "").join("\n"),
      occurredOn: clock.today(),
    });
    await handOn(tx, t.id, urgent);
    return progressOf(tx, (await book.findClue(tx, t.id)) as Clue);
  }

  /** Nobody who asks for help waits for the monthly hand-over; one worker of the village is sent without being named first. */
  async function handOn(tx: Tx, id: string, urgent: boolean): Promise<void> {
    const c = (await book.findClue(tx, id)) as Clue;
    const help = helpClock((name) => deps.choice(tx.actor.countyCode, name, clock.today()));
    const hours = urgent ? help.urgentHours : help.hours;
    const by = hoursFrom(clock.now(), hours, help.office, await deps.calendar.working(tx));
    by.setSeconds(0, 0); // told to the minute
    await store.setHour(tx, id, by, dateInShanghai(by));
    if (c.state === "new")
      await step(tx, id, {
        ...{ id: derivedId(id, "dispatch"), action: "dispatch", data: {}, asSystem: true },
      });
    const workers = (await deps.staff(tx)).filter((s) => s.role === "village" && s.scope === c.divisionCode);
    const [only] = workers;
    if (workers.length === 1 && only)
      await step(tx, id, {
        ...{ id: derivedId(id, "assign"), action: "assign", data: { worker: only.id }, asSystem: true },
      });
  }

  async function progressOf(tx: Tx, c: Clue): Promise<TroubleProgress> {
    return {
      ...{ number: c.number, state: c.state, reportedOn: c.openedOn, visitBy: c.checkDueOn },
      outcome: c.judgement === "false" ? "false" : c.outcome,
      divisionName: deps.divisionName(tx.actor.countyCode, c.divisionCode),
      ...{ answerBy: c.answerBy, visitedOn: c.checkedOn },
    };
  }
  const tailOf = (c: Clue) => (c.phoneSealed ? vault.open(c.phoneSealed).slice(-TAIL) : null);
  const told = (c: Clue | undefined, tail: string): c is Clue =>
    c !== undefined && c.source === "resident" && tailOf(c) === tail;

  /**
   * As the system of the county. Undefined when number and tail do not belong together: counted, so the caller must let this
   * transaction stand and refuse afterwards. Error: too-many-requests.
   */
  async function track(
    tx: Tx,
    q: { readonly number: string; readonly phoneTail: string },
  ): Promise<TroubleProgress | undefined> {
    const number = q.number.replaceAll(/[\s号]/g, "");
    if ((await tallies.tallied(tx, clock.today(), "wrong", digestOf("wrong", number))) >= WRONG_A_DAY)
      throw tooMany("这个编号今天查错太多次了，请明天再试，或打 12345。");
    const year = clock.today().slice(0, 4);
    const found = await store.findByNumber(tx, /^\d+$/.test(number) ? `〔${year}〕${number}` : number);
    const c = found ? await book.findClue(tx, found.id) : undefined;
    if (told(c, q.phoneTail)) {
      await deps.audit.record(tx, { action: "clue.track", object: "clue", objectId: c.id, detail: c.number });
      return progressOf(tx, c);
    }
    await count(tx, "wrong", number);
    return undefined;
  }

  /** A picture for what was told today. Errors: not-found, action-not-allowed, bad-file. */
  async function addPhoto(
    tx: Tx,
    id: string,
    q: { readonly phoneTail: string; readonly name: string; readonly bytes: Buffer },
  ): Promise<{ photos: number }> {
    const c = await book.lockClue(tx, id);
    if (!told(c, q.phoneTail) || c.openedOn !== clock.today() || c.state === "closed")
      throw new DomainError("not-found", "没有找到今天的这条求助，照片没有收下。可以等工作人员上门再看。");
    const before = (await book.actionsOf(tx, id)).filter((a) => a.action === "photo").length;
    if (before >= MOST_PHOTOS)
      throw new DomainError("action-not-allowed", `最多 ${MOST_PHOTOS} 张照片，已经收下了。`);
    const file = await deps.documents.saveFile(tx, { id: newId(), name: q.name, bytes: q.bytes });
    if (!file.mediaType.startsWith("image/"))
      throw new DomainError("bad-file", "请选照片（JPG、PNG）。", { field: "file" });
    await deps.documents.attachFiles(tx, [file.id], {
      ...{ caseId: id, divisionCode: c.divisionCode, applicantId: null },
    });
    await step(tx, id, { id: newId(), action: "photo", data: { photos: [file.id] }, asSystem: true });
    return { photos: before + 1 };
  }

  return { tell, track, addPhoto };
}

const tooMany = (sentence: string) => new DomainError("too-many-requests", sentence);
