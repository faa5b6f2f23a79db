/** A registered death put right across the rooms, in the transaction of the second person. ADR 73. */
import { correctionSaid, type DeathCorrection, type ToldOf, whyNotAnswer } from "@wuxin/engines/registry";
import { dateInShanghai, type IsoDate, monthOf, formatYuan as yuan } from "@wuxin/kernel";
import { rehearse, type Tx } from "@wuxin/platform";
import type { House } from "./compose.ts";

const CHANGES_NOTHING: ToldOf = {
  title: "待遇",
  text: "没有因为这次登记停发或变动的待遇。",
  left: false,
};

export function createDeathCorrections(house: House) {
  const { registry, entitlements, payments, deathLists } = house;

  /** Entitlements, then what is asked back of them; in sentences after those of `told`. */
  async function carryOut(tx: Tx, c: DeathCorrection, told: readonly ToldOf[] = []): Promise<ToldOf[]> {
    const { personId, diedOn, rightOn } = c;
    const of = await entitlements.onDeathCorrected(tx, { correctionId: c.id, personId, diedOn, rightOn });
    const done = of.filter((e) => !e.left).map((e) => e.entitlementId);
    const before = await payments.recoveries.ofEntitlements(tx, done);
    await payments.recoveries.onDeathCorrected(
      tx,
      { correctionId: c.id, why: `死亡登记已更正：${correctionSaid(c)}` },
      done,
    );
    const after = await payments.recoveries.ofEntitlements(tx, done);
    const all = [
      ...told,
      ...of.map(({ title, text, left }) => ({ title, text, left })),
      ...recoveriesSaid(before, after),
    ];
    return all.length > 0 ? all : [CHANGES_NOTHING];
  }

  /** Lines held for the death that are owed after all, for who reads rosters. */
  async function heldStill(tx: Tx, { personId, rightOn }: DeathCorrection) {
    if (tx.actor.role !== "county" && tx.actor.role !== "leader") return [];
    const held = await payments.heldForDeath(tx, personId);
    return held.filter(({ line }) => rightOn === null || line.month <= monthOf(rightOn));
  }

  return {
    async answer(tx: Tx, id: string, input: { readonly given: boolean; readonly note: string }) {
      const { correction, told } = await registry.answerCorrection(tx, id, input);
      if (!input.given) return { told: [] };
      const all = await carryOut(tx, correction, told);
      await registry.tellCorrection(tx, id, all);
      return { told: all };
    },

    /** The latest of a person, for his page; null when nothing was put right. */
    async latest(tx: Tx, person: { readonly id: string; readonly diedOn: IsoDate | null }) {
      const [c] = await registry.corrections(tx, [person.id]);
      if (!c) return null;
      const open = c.state === "proposed";
      const county = tx.actor.role === "county";
      const whyNot = open ? whyNotAnswer(c, tx.actor) : null;
      // Only the county may change what is asked back; a township is told when it is done.
      const wouldBe = open && county ? await rehearse(tx, () => carryOut(tx, c)) : [];
      const none = county && c.state === "confirmed" && c.rightOn === null;
      const toTell = none ? (await deathLists.toTell(tx)).filter((t) => t.correctionId === c.id) : [];
      return {
        ...{ id: c.id, diedOn: c.diedOn, rightOn: c.rightOn, reason: c.reason, state: c.state, note: c.note },
        ...{
          askedBy: c.askedByName,
          askedOn: dateInShanghai(new Date(c.askedAt)),
          decidedBy: c.decidedByName,
        },
        decidedOn: c.decidedAt && dateInShanghai(new Date(c.decidedAt)),
        told: open ? wouldBe : [...(c.told ?? [])],
        whyNot: whyNot?.message ?? null,
        canWithdraw: open && c.askedBy === tx.actor.accountId,
        toTell: toTell.flatMap((t) => t.departments),
        held: c.state === "confirmed" && c.rightOn === person.diedOn ? await heldStill(tx, c) : [],
      };
    },
  };
}

type Recoveries = Awaited<ReturnType<House["payments"]["recoveries"]["ofEntitlements"]>>;
/** Of what was asked back for the death: what is closed, what is told anew, what a person goes on with. */
function recoveriesSaid(before: Recoveries, after: Recoveries): ToldOf[] {
  const was = new Map(before.map((r) => [r.id, r]));
  return after.flatMap((r): ToldOf[] => {
    const old = was.get(r.id);
    const title = `追缴${r.itemTitle}`;
    if (!old)
      return [{ title, text: `按更正后的日期重新提出 ${yuan(r.amountFen)} 元，等人确认。`, left: true }];
    if (old.state === "proposed" && r.state === "dismissed")
      return [{ title, text: `还没有确认的 ${yuan(old.leftFen)} 元关闭，不再追。`, left: false }];
    if (old.leftFen !== r.leftFen)
      return [
        {
          title,
          text: `已确认的少追 ${yuan(old.leftFen - r.leftFen)} 元${r.leftFen > 0 ? `，还有 ${yuan(r.leftFen)} 元` : ""}；已经退回的随下一份名册补发。`,
          left: false,
        },
      ];
    return [];
  });
}
