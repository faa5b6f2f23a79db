/** Fills a county: carries out its agenda at the times it names, one committed step after the other. */
import { createHash } from "node:crypto";
import { getCounty, holidayTables, switchesOn } from "@wuxin/counties";
import { type Clock, dateInShanghai, type IsoDate, workingCalendar } from "@wuxin/kernel";
import { type Actor, createWorker, json, systemActor, type Tx } from "@wuxin/platform";
import { type DemoCounty, RICH, residentsOf, staffOf } from "./accounts.ts";
import { type ActorKey, type Agenda, createAgenda } from "./agenda.ts";
import type { DemoHouse, MakeHouse } from "./house.ts";
import { tellAccounts } from "./residents.ts";
import { sceneOf } from "./scene.ts";
import { tellCounty } from "./stories.ts";

/** Row of `setting`: what has been carried out. */
const MARKER = "demo";

interface Progress {
  /** The day the demo leads up to: a start that goes on tomorrow tells the same story. */
  readonly base: IsoDate;
  /** Of the agenda's keys; another version of the stories begins again, and repeats do nothing. */
  readonly agenda: string;
  readonly done: number;
  readonly complete: boolean;
}

/** A clock that is put forward. */
export interface MovableClock extends Clock {
  set(instant: Date): void;
}
export function movableClock(start: Date): MovableClock {
  let at = start;
  return { now: () => new Date(at), today: () => dateInShanghai(at), set: (instant) => (at = instant) };
}

/** Everything that happens in the county before `base`. */
export function agendaOf(county: DemoCounty, base: IsoDate): Agenda {
  const agenda = createAgenda(base, workingCalendar(holidayTables()));
  const delegated = switchesOn(getCounty(county.code), base).subsistenceConfirmedBy === "township";
  const scene = sceneOf(county, agenda, delegated);
  tellAccounts(scene);
  tellCounty(scene, county.code === RICH);
  return agenda;
}

/** @returns steps carried out now; 0 when it was filled before, or is in real use */
export async function fillCounty(
  house: DemoHouse,
  makeHouse: MakeHouse,
  county: DemoCounty,
): Promise<number> {
  const system = systemActor(county.code);
  let progress = await house.db.read(system, readProgress);
  if (progress?.complete) return 0;
  if (!progress && (await house.db.read(system, isInUse))) return 0;
  const base = progress?.base ?? house.clock.today();
  const agenda = agendaOf(county, base);
  const steps = agenda.sorted();
  const digest = createHash("sha256")
    .update(steps.map((s) => s.key).join("\n"))
    .digest("hex");
  if (!progress || progress.agenda !== digest) progress = { base, agenda: digest, done: 0, complete: false };
  const clock = movableClock(house.clock.now());
  const then = await makeHouse(clock);
  const actors = actorsOf(county);
  const times = timesOf(steps.map((s) => s.on));
  let { done } = progress;
  if (done > 0) {
    // What the last committed step told may not have been heard.
    clock.set(times[done - 1] as Date);
    await then.matching.finish(then.db, county.code);
    await then.dispatcher.drain(county.code);
    await createWorker(then.db, then.jobs).runDue();
  }
  const first = done;
  for (; done < steps.length; done++) {
    const step = steps[done] as (typeof steps)[number];
    clock.set(times[done] as Date);
    const next: Progress = { ...progress, done: done + 1, complete: done + 1 === steps.length };
    try {
      await then.db.transact(actors(step.actor), async (tx) => {
        await step.run(tx, then, step.on);
        await saveProgress(tx, next);
      });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`demo of ${county.code}, step ${step.key} of ${step.on}: ${why}`, { cause });
    }
    if (step.compares) await then.matching.finish(then.db, county.code);
    if (step.tells || step.compares || next.complete) await then.dispatcher.drain(county.code);
    if (step.works) await createWorker(then.db, then.jobs).runDue();
  }
  await then.matching.close();
  // Standards were approved in the house of then; the house of now has not heard of them.
  await house.db.read(system, (tx) => house.standards.sources.refresh(tx));
  return done - first;
}

async function readProgress(tx: Tx): Promise<Progress | undefined> {
  const row = await tx.maybe<{ value: Progress }>(
    "select value from setting where county_code = $1 and key = $2",
    [tx.actor.countyCode, MARKER],
  );
  return row?.value;
}

async function saveProgress(tx: Tx, progress: Progress): Promise<void> {
  await tx.exec(
    `insert into setting (county_code, key, value) values ($1, $2, $3)
     on conflict (county_code, key) do update set value = excluded.value, set_at = now()`,
    [tx.actor.countyCode, MARKER, json(progress)],
  );
}

/** Accounts that no demo made: invented people have no place here. */
async function isInUse(tx: Tx): Promise<boolean> {
  const { used } = await tx.one<{ used: boolean }>(
    "select exists (select from account where county_code = $1) as used",
    [tx.actor.countyCode],
  );
  return used;
}

function actorsOf(county: DemoCounty): (key: ActorKey) => Actor {
  const system = systemActor(county.code);
  const actors = new Map<ActorKey, Actor>([
    ["system", system],
    ["visitor", { ...system, name: "公众" }],
  ]);
  for (const s of staffOf(county)) {
    const { id: accountId, name, role } = s;
    const scope = ["system_admin", "security_admin", "audit_admin"].includes(role) ? "" : s.scope;
    actors.set(s.loginName, { countyCode: county.code, scope, accountId, personId: null, name, role });
  }
  for (const r of residentsOf(county))
    actors.set(r.key, {
      countyCode: county.code,
      scope: "",
      accountId: r.accountId,
      personId: r.personId,
      name: r.name,
      role: "resident",
    });
  return (key) => {
    const actor = actors.get(key);
    if (!actor) throw new Error(`demo: nobody acts as ${key}`);
    return actor;
  };
}

/** From twenty to nine, some minutes apart, so that nothing happens at the same instant or in the night. */
function timesOf(days: readonly IsoDate[]): Date[] {
  let nth = 0;
  return days.map((day, i) => {
    nth = days[i - 1] === day ? nth + 1 : 0;
    return new Date(Date.parse(`${day}T08:40:00+08:00`) + nth * 4 * 60_000 + ((i * 17) % 60) * 1000);
  });
}
