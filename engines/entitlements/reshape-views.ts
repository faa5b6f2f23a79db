/** Households divided and put together → the shapes that the contract promises. */
import { addMonths, DomainError, derivedId, type Month, maskName, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { SituationInputs } from "./basis.ts";
import type { Common } from "./common.ts";
import { findChanges } from "./life-store.ts";
import { RESHAPE_KINDS, RESHAPE_STATES, type ReshapeInput } from "./reshape-model.ts";
import * as reshapes from "./reshape-store.ts";
import type { createReshapeWork, ReshapeDeps, Worked } from "./reshape-work.ts";
import * as store from "./store.ts";

/** Why this person may not confirm or give back; null when he may. */
export function whyNotDecide(
  r: Pick<reshapes.ReshapeRecord, "state" | "openedBy">,
  actor: { readonly accountId: string | null; readonly role: string },
): { code: string; message: string } | null {
  if (actor.role !== "county" || actor.accountId === null)
    return { code: "forbidden", message: "分户、合户由县级经办确认。" };
  if (r.state !== "proposed") return { code: "action-not-allowed", message: "已经办完，不能再办。" };
  if (r.openedBy === actor.accountId)
    return { code: "same-signer", message: "提出的人不能自己确认，请另一位县级经办确认。" };
  return null;
}

export const alreadyOpen = () =>
  new DomainError("already-exists", "这一户已有一次分户（合户）等人确认，请先办完或撤回那一次。");

const titles = (kind: reshapes.ReshapeRecord["kind"]): [string, string] =>
  kind === "split" ? ["留下的一户", "分出去的一户"] : ["合并后的一户", "并入的一户"];

export function createReshapeViews(
  deps: ReshapeDeps,
  common: Common,
  work: ReturnType<typeof createReshapeWork>,
) {
  const { clock, repricing } = deps;

  /** The people of a side as the rules see them, each with his relation to the head. */
  function people(
    county: string,
    item: string,
    month: Month,
    inputs: SituationInputs | null,
    covered: readonly string[],
  ) {
    if (!inputs) return [];
    const { name } = work.relationOf(county, item, month, inputs);
    return (inputs.persons ?? []).map((p, i) => ({
      ...{ personId: p.personId, name: p.name, covered: covered.includes(p.personId) },
      relation: String((name && inputs.members[i]?.[name]?.value) ?? ""),
    }));
  }
  const explained = (
    tx: Tx,
    item: string,
    month: Month,
    inputs: SituationInputs | null,
    version: string | undefined,
  ) => (inputs && version ? repricing.explain(tx, { item, version, month, sourceId: "", inputs }) : null);

  /** Its property as the rules were given it, where anything is recorded. */
  const property = (county: string, item: string, month: Month, inputs: SituationInputs | null) =>
    work.propertyFacts(county, item, month).flatMap(({ name, type }) => {
      const value = inputs?.household[name]?.value;
      return typeof value === "number" ? [{ name, value, money: type === "money" }] : [];
    });

  async function sides(tx: Tx, w: Worked, input: Pick<ReshapeInput, "kind" | "fromMonth">) {
    const county = tx.actor.countyCode;
    const [first, second] = titles(input.kind);
    return Promise.all(
      w.sides.map(async (s, i) => ({
        ...{ title: i === 0 ? first : second, entitlementId: s.entitlement?.id ?? null, payeeId: s.payeeId },
        ...{ beforeFen: s.beforeFen, afterFen: s.afterFen, persons: s.covered.length, noticeSeq: null },
        people: people(county, w.e.item, input.fromMonth, s.inputs, s.covered),
        property: property(county, w.e.item, input.fromMonth, s.inputs),
        explanation: await explained(tx, w.e.item, input.fromMonth, s.inputs, s.rules?.set.version),
      })),
    );
  }

  /** As it was carried out, from what was written then; as proposed, where nothing was. */
  async function written(tx: Tx, r: reshapes.ReshapeRecord, item: string) {
    const county = tx.actor.countyCode;
    const ids = [derivedId(r.id, "first"), derivedId(r.id, "second")];
    const changes = r.state === "confirmed" ? await findChanges(tx, ids) : [];
    const [first, second] = titles(r.kind);
    return Promise.all(
      r.told.map(async (side, i) => {
        const c = changes.find((x) => x.id === ids[i]);
        const inputs = c?.inputs ?? null;
        const amounts = c ? await store.amountsOf(tx, c.entitlementId) : [];
        const told = amounts.find((a) => a.basisId === c?.id) ?? amounts.find((a) => a.reason === c?.reason);
        const covered = (inputs?.persons ?? []).map((p) => p.personId);
        return {
          ...{ title: i === 0 ? first : second, entitlementId: c?.entitlementId ?? null, payeeId: null },
          ...{
            beforeFen: side.beforeFen,
            afterFen: side.afterFen,
            persons: side.persons,
            noticeSeq: told?.seq ?? null,
          },
          people: people(county, item, r.fromMonth, inputs, covered),
          property: property(county, item, r.fromMonth, inputs),
          explanation: await explained(tx, item, r.fromMonth, inputs, c?.ruleVersion ?? undefined),
        };
      }),
    );
  }

  const brief = (r: reshapes.ReshapeRecord) => ({
    ...{ id: r.id, kind: r.kind, kindLabel: RESHAPE_KINDS[r.kind], fromMonth: r.fromMonth, reason: r.reason },
    ...{
      state: r.state,
      stateLabel: RESHAPE_STATES[r.state],
      openedBy: r.openedByName,
      openedAt: r.openedAt,
    },
    ...{ decidedBy: r.decidedByName, decidedAt: r.decidedAt, note: r.note },
  });

  async function page(tx: Tx, r: reshapes.ReshapeRecord, asked: (r: reshapes.ReshapeRecord) => ReshapeInput) {
    const e = await common.get(tx, r.entitlementId);
    const payee = (await store.coverageOf(tx, e.id)).find((c) => c.personId === e.payeeId)?.name ?? "";
    await deps.audit.record(tx, { action: "reshape.read", object: "reshape", objectId: r.id });
    // What stands open is worked out anew: both officers see what would happen now, or why it no longer can.
    let broken: string | null = null;
    let shown: Awaited<ReturnType<typeof sides>> | Awaited<ReturnType<typeof written>> | null = null;
    if (r.state === "proposed")
      try {
        shown = await sides(tx, await work.workOut(tx, r.entitlementId, asked(r)), r);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        broken = error.message;
      }
    const why = whyNotDecide(r, tx.actor);
    return {
      ...brief(r),
      ...{ entitlementId: e.id, itemTitle: common.itemOf(e.item).title, payee },
      divisionName: deps.divisionName(tx.actor.countyCode, e.divisionCode),
      sides: shown ?? (await written(tx, r, e.item)),
      broken,
      whyNot: r.state === "proposed" ? (why?.message ?? null) : null,
      can: {
        confirm: why === null && broken === null,
        reject: why === null,
        withdraw: r.state === "proposed" && r.openedBy === tx.actor.accountId,
      },
    };
  }

  async function form(tx: Tx, entitlementId: string) {
    const e = await common.get(tx, entitlementId);
    const open = (await reshapes.of(tx, entitlementId)).find((r) => r.state === "proposed");
    const next = addMonths(monthOf(clock.today()), 1);
    const months = [next, addMonths(next, 1), addMonths(next, 2)];
    const base = { months, itemTitle: common.itemOf(e.item).title, item: e.item, waiting: open?.id ?? null };
    try {
      if (open) throw alreadyOpen();
      const s = await work.standing(tx, entitlementId, months[2] ?? next);
      const { choices } = work.relationOf(tx.actor.countyCode, e.item, next, s.inputs);
      const names = new Map(s.inputs.persons?.map((p) => [p.personId, p.name]));
      const stays = new Set([e.applicantId, e.payeeId]);
      return {
        ...{ ...base, why: null, relations: [...choices], beforeFen: s.beforeFen },
        property: property(tx.actor.countyCode, e.item, next, s.inputs),
        people: s.covered.map((personId) => ({
          ...{ personId, name: names.get(personId) ?? "", stays: stays.has(personId) },
        })),
      };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { ...base, why: error.message, relations: [], beforeFen: 0, property: [], people: [] };
    }
  }

  return {
    sides,
    page,
    form,
    of: async (tx: Tx, entitlementId: string) => (await reshapes.of(tx, entitlementId)).map(brief),
    toConfirm: async (tx: Tx, limit = 50) =>
      (await reshapes.waiting(tx, limit))
        .filter((r) => whyNotDecide(r, tx.actor) === null)
        .map((r) => ({
          ...brief(r),
          ...{ payee: maskName(r.payee), itemTitle: common.itemOf(r.item).title },
          divisionName: deps.divisionName(tx.actor.countyCode, r.divisionCode),
        })),
  };
}
