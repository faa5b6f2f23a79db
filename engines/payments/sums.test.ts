/** Whatever becomes of lines, what is kept of them is what they come to; and `prove` names it when it is not. */
import { newId } from "@wuxin/kernel";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerCsv, type BankAnswer } from "./bank-file.ts";
import { codeOf, openToyCounty } from "./toy-county.ts";

type Toy = Awaited<ReturnType<typeof openToyCounty>>;
let toy: Toy;
beforeAll(async () => {
  toy = await openToyCounty();
}, 60_000);
afterAll(() => toy.close());

const faults = async () => (await toy.run(toy.staff.finance, (tx, p) => p.prove(tx))).faults;
const OUTCOMES: readonly BankAnswer[] = [
  { outcome: "paid", paidOn: "2024-11-04", bankSerial: "B1" },
  { outcome: "failed", failReason: "销户" },
  { outcome: "unknown" },
];
const step = fc.record({
  do: fc.constantFrom("hold", "hold", "release", "send", "answer", "reissue", "discard", "die" as const),
  pick: fc.nat({ max: 50 }),
});

describe("sums that are kept", () => {
  it("are those of the lines and events through holds, releases, answers, reissues and discards", async () => {
    const people = [];
    for (let n = 1; n <= 12; n++) people.push(await toy.person(`户${n}`));
    for (const [n, p] of people.entries())
      await toy.award([p], { item: n % 3 === 0 ? "tea" : "soup", amountFen: 10_000 + n });
    let open = (await toy.generate("2024-09")).id;
    const sent: { id: string; file: Buffer }[] = [];
    const told = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
        for (const s of steps) {
          const lines = await toy.linesOf(open);
          const line = lines[s.pick % lines.length];
          const last = sent.at(-1);
          let did = "ok";
          if (s.do === "hold" && line)
            did = await codeOf(
              toy.run(toy.staff.clerk, (tx, p) => p.hold(tx, open, line.id, { reason: "核对户名" })),
            );
          else if (s.do === "release") {
            const held = lines.find((l) => l.state === "held");
            if (!held) continue;
            did = await codeOf(
              toy.run(toy.staff.second, (tx, p) => p.release(tx, open, held.id, { reason: "已核对" })),
            );
          } else if (s.do === "send" && sent.length < 3) {
            did = await codeOf(toy.signAll(open));
            if (did === "ok") sent.push({ id: open, file: await toy.send(open) });
            else await toy.run(toy.staff.clerk, (tx, p) => p.discard(tx, open, { reason: "重做" }));
            open = (await toy.generate(`2024-${String(9 + sent.length).padStart(2, "0")}`)).id;
          } else if (s.do === "answer" && last)
            did = await codeOf(
              toy.load(
                last.id,
                answerCsv(last.file, ({ index }) => OUTCOMES[(index + s.pick) % 3] as BankAnswer),
              ),
            );
          else if (s.do === "reissue" && last) {
            const again = newId();
            did = await codeOf(toy.run(toy.staff.clerk, (tx, p) => p.reissue(tx, last.id, { id: again })));
            // Half of them are taken back before they are signed: the failures wait again.
            if (did === "ok" && s.pick % 2 === 0)
              await toy.run(toy.staff.clerk, (tx, p) => p.discard(tx, again, { reason: "重做" }));
          } else if (s.do === "discard") {
            await toy.run(toy.staff.clerk, (tx, p) => p.discard(tx, open, { reason: "重做" }));
            const { month } = await toy.pageOf(open);
            open = (await toy.generate(month)).id;
          } else if (s.do === "die" && line && s.pick % 5 === 0)
            await toy.run(toy.staff.clerk, (tx, p) => p.onDeath(tx, { personId: line.payeeId }));
          if (did === "ok") told.set(s.do, (told.get(s.do) ?? 0) + 1);
        }
        expect(await faults()).toEqual([]);
      }),
      { numRuns: Number(process.env.WUXIN_RUNS ?? 5), endOnFailure: true },
    );
    expect([...told.keys()].length).toBeGreaterThan(3);
  }, 180_000);

  it("a sum that is not, and a thousand's digest that is not, are found", async () => {
    const { id } = await toy.generate("2025-01", toy.staff.clerk, "2024-12-20");
    await toy.data.owner("update roster_sum set amount_fen = amount_fen + 1 where roster_id = $1", [id]);
    expect((await faults()).filter((f) => f.includes("重新加总"))).toHaveLength(1);
    await toy.data.owner("update roster_sum set amount_fen = amount_fen - 1 where roster_id = $1", [id]);
    await toy.data.owner("update payment_event_sum set events = events + 1");
    expect((await faults()).some((f) => f.includes("重新加总"))).toBe(true);
    await toy.data.owner("update payment_event_sum set events = events - 1");
    expect(await faults()).toEqual([]);

    // The application reads sums and never writes them.
    const raw = (sql: string) => codeOf(toy.run(toy.staff.clerk, (tx) => tx.exec(sql)));
    expect(await raw("update roster_sum set lines = 0")).toBe("42501");
    expect(await raw("delete from payment_event_sum")).toBe("42501");

    // A digest made of a wrong thousand is not that of the lines: nobody signs it.
    const [line] = await toy.linesOf(id);
    const hold = (act: "hold" | "release", who = toy.staff.second) =>
      toy.run(who, (tx, p) => p[act](tx, id, line?.id ?? "", { reason: "核对户名" }), "2024-12-20");
    await toy.data.owner("update roster_chunk set no = 7 where roster_id = $1", [id]);
    await hold("hold");
    expect(await codeOf(toy.signAll(id, undefined, "2024-12-20"))).toBe("roster-changed");
    // A draft from before there were any: made whole at the next change.
    await toy.data.owner("delete from roster_chunk where roster_id = $1", [id]);
    await hold("release");
    expect(await faults()).toEqual([]);
  }, 60_000);

  it("a death heard in a draft holds its line and keeps sums and digest", async () => {
    const p = await toy.person("迟");
    await toy.award([p], { fromMonth: "2025-01", decidedOn: "2024-12-20" });
    await toy.run(toy.staff.clerk, async (tx, payments) => {
      const open = (await payments.list(tx)).rows.find((r) => r.state === "draft");
      if (open) await payments.discard(tx, open.id, { reason: "重做" });
    });
    const { id, digest } = await toy.generate("2025-01", toy.staff.clerk, "2024-12-20");
    const before = await toy.data.owner<{ no: number }>("select no from roster_chunk where roster_id = $1", [
      id,
    ]);
    expect(before).toEqual([{ no: 0 }]);
    await toy.data.owner("update person set died_on = '2024-12-01', death_source = '村报' where id = $1", [
      p.id,
    ]);
    await toy.run(toy.staff.clerk, (tx, x) => x.onDeath(tx, { personId: p.id }), "2024-12-20");
    const after = await toy.pageOf(id);
    expect(after.digest).not.toBe(digest);
    expect(after.held).toBeGreaterThan(0);
    expect(await faults()).toEqual([]);
  }, 60_000);
});
