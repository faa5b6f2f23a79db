/**
 * Whatever people and banks do, in whatever order: nobody is paid twice, and the books agree. Set WUXIN_SEED to replay
 * a failure, WUXIN_RUNS for more than the few runs of every day.
 */
import { DomainError, newId } from "@wuxin/kernel";
import type { Actor } from "@wuxin/platform";
import fc from "fast-check";
import { expect, test } from "vitest";
import { answerCsv, type BankAnswer } from "./index.ts";
import { STEPS } from "./model.ts";
import { type Citizen, openToyCounty } from "./toy-county.ts";

const RUNS = Number(process.env.WUXIN_RUNS ?? 5);
const SEED = Number(process.env.WUXIN_SEED ?? Math.floor(Math.random() * 2 ** 31));
const MONTHS = ["2024-08", "2024-09", "2024-10"];

type Toy = Awaited<ReturnType<typeof openToyCounty>>;
const KINDS = [
  "generate",
  "hold",
  "release",
  "sign",
  "sign",
  "push",
  "push",
  "push",
  "return",
  "return",
  "return",
  "return",
  "repeat",
  "reissue",
  "reissue",
  "reissue",
  "discard",
  "die",
  "account",
  "award",
] as const;
const step = fc.record({ kind: fc.constantFrom(...KINDS), a: fc.nat(997), b: fc.nat(991), c: fc.nat(7) });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

interface World {
  readonly toy: Toy;
  readonly people: Citizen[];
  /** What the bank has made of each line that it ever got: it never changes its mind about paid and failed. */
  readonly bank: Map<string, BankAnswer>;
  readonly files: Map<string, Buffer>;
  lastReturn: { rosterId: string; bytes: Buffer } | null;
}

async function openWorld(): Promise<World> {
  const toy = await openToyCounty();
  const people: Citizen[] = [];
  for (const name of ["甲", "乙", "丙", "丁", "戊", "己"])
    people.push(await toy.person(name, name === "丁" ? { account: null } : {}));
  const [a, b, c, d] = people as [Citizen, Citizen, Citizen, Citizen];
  await toy.award([a, b], { item: "soup", fromMonth: "2024-08" });
  await toy.award([b], { item: "bread", fromMonth: "2024-09" });
  await toy.award([c], { item: "bread", fromMonth: "2024-08" });
  await toy.award([d], { item: "tea", fromMonth: "2024-08" });
  for (const p of people.slice(4)) await toy.award([p], { item: "soup", fromMonth: "2024-08" });
  return { toy, people, bank: new Map(), files: new Map(), lastReturn: null };
}

/** Refusals are fine; anything else is a fault. */
async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

async function act(w: World, { kind, a, b, c }: Step): Promise<void> {
  const { toy } = w;
  const { staff } = toy;
  const people: Actor[] = [staff.clerk, staff.second, staff.leader, staff.clerk];
  const rosters = await toy.data.owner<{ id: string; state: string }>(
    "select id, state from roster order by id",
  );
  const of = (...states: string[]) =>
    pick(
      rosters.filter((r) => states.includes(r.state)),
      a,
    ) ?? pick(rosters, a);
  const lineOf = async (rosterId: string, state: string) =>
    pick(
      await toy.data.owner<{ id: string }>(
        "select id from roster_line where roster_id = $1 and state = $2 order by seq",
        [rosterId, state],
      ),
      b,
    )?.id;
  switch (kind) {
    case "generate":
      await attempt(() => toy.generate(pick(MONTHS, a) as string, b % 2 ? staff.clerk : staff.second));
      return;
    case "hold":
    case "release": {
      const roster = kind === "hold" ? of("draft") : pick(rosters, a);
      const line = roster && (await lineOf(roster.id, kind === "hold" ? "ready" : "held"));
      if (!roster || !line) return;
      const who = kind === "hold" ? staff.clerk : c % 2 ? staff.second : staff.leader;
      await attempt(() => toy.run(who, (tx, p) => p[kind](tx, roster.id, line, { reason: "试一试" })));
      return;
    }
    case "sign": {
      const roster = of("draft", "made", "checked");
      if (!roster) return;
      const next = STEPS.find((x) => x.from === roster.state)?.step ?? "maker";
      const who = next === "approver" ? staff.leader : (pick(people, c) as Actor);
      await attempt(() =>
        toy.run(who, async (tx, p) =>
          p.sign(tx, roster.id, { step: next, digest: (await p.page(tx, roster.id)).digest }),
        ),
      );
      return;
    }
    case "push": {
      // All the way to the bank, reissues first: what a diligent office does.
      const roster = rosters
        .filter((r) => ["draft", "made", "checked", "approved"].includes(r.state))
        .at(-1 - (a % 2));
      if (!roster) return;
      for (const rule of STEPS) {
        const who = { maker: staff.clerk, checker: staff.second, approver: staff.leader }[rule.step];
        await attempt(() =>
          toy.run(who, async (tx, p) =>
            p.sign(tx, roster.id, { step: rule.step, digest: (await p.page(tx, roster.id)).digest }),
          ),
        );
      }
      const bytes = await attempt(() => toy.send(roster.id));
      if (bytes) w.files.set(roster.id, bytes);
      return;
    }
    case "return": {
      const [rosterId, file] = (a % 2 ? [...w.files].at(-1) : pick([...w.files], b)) ?? [];
      if (!rosterId || !file) return;
      const bytes = answerCsv(file, (l) => {
        if ((l.index + b) % 4 === 0) return null; // left out of this return
        const known = w.bank.get(l.lineId);
        const fresh: BankAnswer =
          (b + c + l.index) % 3 === 0
            ? { outcome: "failed", failReason: "账户不存在" }
            : (b + c + l.index) % 5 === 0
              ? { outcome: "unknown" }
              : { outcome: "paid", bankSerial: `S${a}-${b}`, paidOn: "2024-11-01" };
        const answer = known && known.outcome !== "unknown" ? known : fresh;
        w.bank.set(l.lineId, answer);
        return answer;
      });
      await attempt(() => toy.load(rosterId, bytes));
      w.lastReturn = { rosterId, bytes };
      return;
    }
    case "repeat": {
      const last = w.lastReturn;
      if (!last) return;
      const count = () => toy.data.owner<{ n: number }>("select count(*)::int as n from payment_event");
      const before = await count();
      const [one, two] = await Promise.all(
        [1, 2].map(() => attempt(() => toy.load(last.rosterId, last.bytes))),
      );
      if (one && two) expect([one.alreadyLoaded, two.alreadyLoaded]).toContain(true);
      if (one?.alreadyLoaded && two?.alreadyLoaded) expect(await count()).toEqual(before);
      return;
    }
    case "reissue": {
      const roster = of("sent", "closed");
      if (roster)
        await attempt(() => toy.run(staff.clerk, (tx, p) => p.reissue(tx, roster.id, { id: newId() })));
      return;
    }
    case "discard": {
      const roster = c === 0 ? of("draft", "made", "checked", "approved") : undefined;
      if (roster)
        await attempt(() => toy.run(staff.clerk, (tx, p) => p.discard(tx, roster.id, { reason: "重做" })));
      return;
    }
    case "die": {
      const person = c === 0 ? pick(w.people, a) : undefined;
      if (!person) return;
      const diedOn = `2024-0${8 + (b % 2)}-15`;
      await toy.data.owner(
        "update person set died_on = $2, death_source = '村报' where id = $1 and died_on is null",
        [person.id, diedOn],
      );
      await toy.run(staff.clerk, async (tx, p) => {
        await toy.engines("2024-11-05").entitlements.onDeath(tx, { personId: person.id, diedOn });
        await p.onDeath(tx, { personId: person.id });
      });
      return;
    }
    case "account": {
      const person = pick(w.people, a) as Citizen;
      await toy.data.db.transact(staff.clerk, (tx) => toy.setAccount(tx, person, `62179${b}`));
      return;
    }
    case "award":
      await attempt(() =>
        toy.award([pick(w.people, a) as Citizen], {
          item: pick(["soup", "bread", "tea"], b) as string,
          fromMonth: pick(MONTHS, c) as string,
        }),
      );
  }
}

async function check(w: World): Promise<void> {
  const { owner } = w.toy.data;
  // One person, one group, one month: at most one piece of money that was ever paid.
  expect(
    await owner(
      `select s.person_digest, s.exclusivity_group, s.month, count(*) from payment_event e
       join payment_slot s on s.line_id = e.origin_line_id and s.released_at is null
       where e.kind = 'paid' group by 1, 2, 3 having count(*) > 1`,
    ),
  ).toEqual([]);
  // Nothing paid without its slots.
  expect(
    await owner(
      `select e.line_id from payment_event e join roster_line l on l.id = e.line_id
       where e.kind = 'paid' and l.persons <> (select count(*) from payment_slot s where s.line_id = e.origin_line_id and s.released_at is null)`,
    ),
  ).toEqual([]);
  // Heads, lines and the trail agree; what the trail says is paid is what the bank says it paid.
  expect(
    await owner(
      `select r.number from roster r where r.total_fen <> (
         select coalesce(sum(amount_fen), 0) from roster_line l where l.roster_id = r.id)
       or r.paid_fen <> (select coalesce(sum(amount_fen), 0) from payment_event e where e.roster_id = r.id and e.kind = 'paid')
       or r.total_fen <> r.paid_fen + r.failed_fen + r.pending_fen + r.held_fen`,
    ),
  ).toEqual([]);
  const paid = await owner<{ id: string }>("select line_id as id from payment_event where kind = 'paid'");
  for (const { id } of paid) expect(w.bank.get(id)?.outcome).toBe("paid");
}

/** What people read says 相符. */
async function checkPages(w: World): Promise<void> {
  for (const r of await w.toy.data.owner<{ id: string }>("select id from roster"))
    expect((await w.toy.pageOf(r.id)).reconciliation.agrees).toBe(true);
}

test(`no sequence of doings pays anybody twice (seed ${SEED})`, { timeout: 600_000 }, async () => {
  console.info(`never-twice: seed ${SEED}, ${RUNS} runs`);
  let paid = 0;
  let again = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 90, size: "max" }), async (steps) => {
      const w = await openWorld();
      try {
        // Half of the story is given, so that every run gets to the bank.
        for (const month of MONTHS.slice(0, 2)) {
          const { id } = await w.toy.generate(month);
          await w.toy.signAll(id);
          w.files.set(id, await w.toy.send(id));
        }
        for (const s of steps) {
          await act(w, s);
          await check(w);
        }
        await checkPages(w);
        paid += (await w.toy.data.owner("select 1 from payment_event where kind = 'paid'")).length;
        again += (
          await w.toy.data.owner(
            "select 1 from payment_event where kind = 'paid' and line_id <> origin_line_id",
          )
        ).length;
      } finally {
        await w.toy.close();
      }
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  );
  console.info(`never-twice: ${paid} payments, ${again} of them by a reissue`);
  expect(paid).toBeGreaterThan(0);
});
