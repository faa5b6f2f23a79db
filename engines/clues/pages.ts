/** What screens read: the list with its funnel, one clue, the supervision of townships, the part of a household's page. */
import type { Field } from "@wuxin/declare";
import { addMonths, DomainError, type Month, maskName, maskPhone, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { linesOf } from "./history.ts";
import {
  ACTIONS,
  type ClueAction,
  expectedFirst,
  isAction,
  isFound,
  JUDGEMENTS,
  legalActions,
  levelOf,
  OUTCOMES,
  PROPOSALS,
  SOURCES,
  scoreOf,
  stateLabel,
  unfit,
} from "./model.ts";
import type { CluesDeps } from "./ports.ts";
import type { Book, Clue } from "./sealed.ts";
import type * as store from "./store.ts";
import * as counts from "./supervision-store.ts";
import * as trail from "./trail-store.ts";

const MONTHS_SHOWN = 12;
/** Open clues of one person that ask for the same are one: a page of stops never holds as many. */
const MOST_AT_STOPS = 10_000;
const SEES_FULL = new Set(["grid", "village", "township", "county"]);

export function createPages(
  deps: CluesDeps,
  book: Book,
  fieldsOf: (tx: Tx, c: Clue, action: ClueAction) => Promise<readonly Field[]>,
) {
  const { clock } = deps;
  const levelsOf = (tx: Tx) => deps.monitoring(tx.actor.countyCode).levels;
  const codes = (tx: Tx) => levelsOf(tx).map((l) => l.code);

  function row(tx: Tx, c: Clue) {
    const level = levelOf(deps.monitoring(tx.actor.countyCode), c.level);
    return {
      ...{ id: c.id, number: c.number, title: c.title, reason: c.reason },
      nameMasked: maskName(c.subjectName),
      ...{ level: level.code, levelLabel: level.label },
      ...{ source: c.source, sourceLabel: c.source === "alert" ? c.sourceName : SOURCES[c.source] },
      proposesLabel: PROPOSALS[c.proposes],
      ...{ state: c.state, stateLabel: stateLabel(c), found: isFound(c) },
      divisionCode: c.divisionCode,
      divisionName: deps.divisionName(tx.actor.countyCode, c.divisionCode),
      ...{ openedOn: c.openedOn, dueOn: c.dueOn, answerBy: c.answerBy },
      late: (c.dueOn !== null && c.dueOn < clock.today()) || pastHour(c),
      ...{ escalated: c.escalated, urged: c.urged, workerName: c.workerName },
      outcomeLabel: outcomeOf(c),
      closedOn: c.closedOn,
    };
  }
  const pastHour = (c: Clue) => c.answerBy !== null && new Date(c.answerBy) < clock.now();
  const outcomeOf = (c: Clue) =>
    c.judgement === "false" ? JUDGEMENTS.false : c.closedOn && c.outcome ? OUTCOMES[c.outcome] : null;

  async function list(tx: Tx, q: store.ClueQuery) {
    const { rows, total } = await book.listClues(tx, q, clock.today(), codes(tx));
    return { rows: rows.map((c) => row(tx, c)), total };
  }

  /** From hit to help: in all, by source, by township, by month; with what each source was worth. */
  async function funnel(tx: Tx, q: { since?: Month | undefined } = {}) {
    const today = clock.today();
    const since = q.since ?? addMonths(monthOf(today), 1 - MONTHS_SHOWN);
    const get = (by: Parameters<typeof counts.funnel>[1]) => counts.funnel(tx, by, since, today);
    const name = (code: string) => deps.divisionName(tx.actor.countyCode, code);
    // The county looks at its townships, a township at its villages.
    const below = tx.actor.scope.length >= 9 ? "village" : "township";
    const [all, sources, places, months, byLevel, levels] = [
      await get("all"),
      await get("source"),
      await get(below),
      await get("month"),
      await counts.monthsByLevel(tx, since),
      await counts.householdsByLevel(tx, codes(tx)),
    ];
    const empty: counts.FunnelRow = {
      ...{ key: "", hits: 0, dispatched: 0, checked: 0, closed: 0, newCase: 0, adjust: 0, stop: 0, refer: 0 },
      ...{ noChange: 0, false: 0, confirmed: 0, late: 0, savedFen: 0, helpedFen: 0 },
    };
    const found = new Map(places.map((t) => [t.key, t]));
    return {
      since,
      total: all[0] ?? empty,
      sources: sources.map((s) => ({ ...s, label: s.key in SOURCES ? SOURCES[s.key as "alert"] : s.key })),
      // Every place stands there, so that none is missed where nothing was found.
      places: deps
        .divisions(tx.actor.countyCode)
        .filter((d) => d.level === below && d.code.startsWith(tx.actor.scope))
        .map((d) => ({ ...(found.get(d.code) ?? empty), key: d.code, label: name(d.code) })),
      months: Array.from({ length: MONTHS_SHOWN }, (_, i) => addMonths(since, i)).map((m) => ({
        ...(months.find((x) => x.key === m) ?? { ...empty, key: m }),
        levels: levelsOf(tx).map((l) => byLevel.find((x) => x.month === m && x.level === l.code)?.found ?? 0),
      })),
      levels: levelsOf(tx).map((l) => ({
        ...{ level: l.code, label: l.label },
        households: levels.find((x) => x.level === l.code)?.households ?? 0,
      })),
      canReport: SEES_FULL.has(tx.actor.role),
      unverified: !deps.monitoring(tx.actor.countyCode).verified,
    };
  }

  /** Where others of his household go on drawing: 成员减少 as this alert would have it. A person of the county confirms it. */
  async function memberOut(
    tx: Tx,
    personId: string | null,
    signals: readonly Pick<trail.SignalRecord, "rule" | "occurredOn">[],
  ) {
    const told = signals.find((s) => deps.leaves(s.rule) !== undefined);
    const event = told && deps.leaves(told.rule);
    if (!told || !event || personId === null) return [];
    const shared = await deps.entitlements.leaving(tx, personId);
    return shared.map((e) => ({ ...e, personId, event, happenedOn: told.occurredOn }));
  }

  /** One clue. Reading it is written down. Error: not-found. */
  async function page(tx: Tx, id: string) {
    const c = await book.findClue(tx, id);
    if (!c) throw new DomainError("not-found", "没有找到这条线索，或不在您的管辖范围内。");
    await deps.audit.record(tx, { action: "clue.read", object: "clue", objectId: id, detail: c.number });
    const signals = await book.signalsOf(tx, [id]);
    const actions = await book.actionsOf(tx, id);
    const asked = isFound(c) ? deps.contact : deps.findings;
    const labels = new Map<string, Field>(asked.map((f) => [f.name, f]));
    const m = deps.monitoring(tx.actor.countyCode);
    // A grid worker goes and tells what he saw: no record, no evidence, and of the others only that something was done.
    const least = tx.actor.role === "grid";
    // Finance sees that, why and by how much it is stopped; not what was seen at the door, nor the visit.
    const outside = least || tx.actor.role === "finance";
    const mine = (a: (typeof actions)[number]) => !outside || a.byName === tx.actor.name;
    return {
      ...row(tx, c),
      version: c.version,
      name: SEES_FULL.has(tx.actor.role) ? c.subjectName : maskName(c.subjectName),
      phoneMasked:
        c.phoneSealed && tx.actor.role !== "finance" ? maskPhone(deps.vault.open(c.phoneSealed)) : null,
      address: tx.actor.role === "finance" ? "" : c.address,
      ...{
        personId: least ? null : c.personId,
        householdId: least ? null : c.householdId,
        caseId: least ? null : c.caseId,
        entitlementId: least ? null : c.entitlementId,
      },
      // Told by several lists: since the earliest of the days.
      occurredOn: [c.occurredOn, ...signals.map((s) => s.occurredOn)].sort()[0]!,
      ...{ reportedBy: c.reportedByName, sourceName: c.sourceName },
      ...{ dispatchedOn: c.dispatchedOn, checkDueOn: c.checkDueOn, checkedOn: c.checkedOn },
      ...{ department: c.department, returned: c.returned, recheck: c.recheck },
      judgementLabel: c.judgement ? JUDGEMENTS[c.judgement] : null,
      ...{ savedFenPerMonth: c.savedFenPerMonth, helpedFenPerMonth: c.helpedFenPerMonth },
      signals: (outside ? [] : signals).map(({ clueId: _, ...s }) => ({
        ...s,
        levelLabel: levelOf(m, s.level).label,
      })),
      memberOut: least ? [] : await memberOut(tx, c.personId, signals),
      bring: [...new Set(signals.flatMap((s) => s.bring))],
      history: actions
        .map((a) => ({
          ...{ id: a.id, at: a.at, by: a.byName },
          label: isAction(a.action) ? ACTIONS[a.action].label : "登记线索",
          lines: mine(a) ? linesOf(a.data, labels) : [],
          photos: !outside && Array.isArray(a.data.photos) ? (a.data.photos as string[]) : [],
          visitId: !outside && typeof a.data.visitId === "string" ? a.data.visitId : null,
        }))
        .reverse(),
      actions: await Promise.all(
        expectedFirst(c, legalActions(c.state, tx.actor.role))
          .filter((a) => unfit(c, a) === undefined && (!least || c.workerId === tx.actor.accountId))
          .map(async (a) => ({
            action: a,
            label: ACTIONS[a].label,
            fields: [...(await fieldsOf(tx, c, a))],
          })),
      ),
    };
  }

  /** The clue behind an alert, for who may see it. */
  async function ofAlert(tx: Tx, alertId: string) {
    const id = await trail.clueOfAlert(tx, alertId);
    const c = id && (await book.findClue(tx, id));
    return c ? { id: c.id, number: c.number, state: c.state, stateLabel: stateLabel(c) } : null;
  }

  /** Per township: clues handed over, on time, outcomes, returned, the score. Reading it is written down. */
  async function supervision(tx: Tx, month: Month) {
    const rows = new Map((await counts.supervised(tx, month, clock.today())).map((r) => [r.divisionCode, r]));
    await deps.audit.record(tx, { action: "clue.supervise", object: "clue", detail: month });
    return deps
      .divisions(tx.actor.countyCode)
      .filter((d) => d.level === "township" && d.code.startsWith(tx.actor.scope.slice(0, 9)))
      .map((d) => {
        const r = rows.get(d.code);
        const n = (key: Exclude<keyof counts.SupervisedRecord, "divisionCode">) => r?.[key] ?? 0;
        const counted = {
          ...{ divisionCode: d.code, dispatched: n("dispatched"), due: n("due"), checked: n("checked") },
          onTime: n("onTime"),
          ...{
            late: n("late"),
            open: n("open"),
            false: n("false"),
            returned: n("returned"),
            urged: n("urged"),
          },
          outcomes: {
            ...{ "new-case": n("newCase"), adjust: n("adjust"), stop: n("stop"), refer: n("refer") },
            "no-change": n("noChange"),
          },
          ...{ reported: n("reported"), rechecked: n("rechecked"), agreed: n("agreed") },
        };
        return { ...counted, divisionName: d.name, score: scoreOf(counted) };
      });
  }

  /** For the page of a household or person: every clue with its outcome, oldest last. */
  async function ofHousehold(tx: Tx, householdId: string | null, persons: readonly string[]) {
    const { rows } = await book.listClues(
      tx,
      { persons, ...(householdId ? { household: householdId } : {}), size: 100 },
      clock.today(),
      codes(tx),
    );
    return rows.map((c) => ({
      ...row(tx, c),
      ...{ checkedOn: c.checkedOn, department: c.department, helpedFenPerMonth: c.helpedFenPerMonth },
      helped: c.judgement === "confirmed",
    }));
  }

  /** For the workbench: what waits for this role, late ones first. */
  async function waiting(tx: Tx, role: string, limit = 50) {
    const states = {
      grid: ["assigned"],
      village: ["assigned"],
      township: ["dispatched", "visited", "referred"],
      county: ["new"],
    };
    const wanted = states[role as keyof typeof states] ?? [];
    const { rows } = await book.listClues(
      tx,
      { state: "open", size: 200, ...(role === "village" ? { mine: true } : {}) },
      clock.today(),
      codes(tx),
    );
    return rows
      .filter(
        (c) =>
          wanted.includes(c.state) ||
          (role === "township" && c.escalated >= 1) ||
          (role === "county" && c.escalated >= 2),
      )
      .slice(0, limit)
      .map((c) => row(tx, c));
  }

  /** What this account told us, and what became of it. */
  async function reported(tx: Tx) {
    const { rows } = await book.listClues(tx, { reported: true, size: 20 }, clock.today(), codes(tx));
    return rows.map((c) => row(tx, c));
  }

  /** For duties: what somebody was sent to look at at these stops, with what to bring. */
  async function assigned(tx: Tx, subjects: readonly string[]) {
    const { rows } = await book.listClues(
      tx,
      { state: "assigned", subjects, size: MOST_AT_STOPS },
      clock.today(),
      codes(tx),
    );
    const signals = await book.signalsOf(
      tx,
      rows.map((r) => r.id),
    );
    return rows.map((c) => ({
      ...row(tx, c),
      ...{ version: c.version, name: c.subjectName, address: c.address },
      phone: c.phoneSealed ? deps.vault.open(c.phoneSealed) : null,
      ...{ personId: c.personId, householdId: c.householdId, workerId: c.workerId },
      evidence: signals.filter((s) => s.clueId === c.id).flatMap((s) => s.evidence),
      bring: [...new Set(signals.filter((s) => s.clueId === c.id).flatMap((s) => s.bring))],
    }));
  }

  return { list, funnel, page, ofAlert, supervision, ofHousehold, waiting, reported, assigned };
}
