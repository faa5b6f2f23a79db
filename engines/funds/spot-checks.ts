/** 抽查 of money that was paid: a lot that anybody can draw again, looks, a second pair of eyes, and what is set right. */
import { randomBytes } from "node:crypto";
import { DomainError, dateInShanghai, formatYuan, type IsoDate, type Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { FundsDeps } from "./ports.ts";
import {
  draw,
  moved,
  populationDigest,
  SPOT_ACTS,
  SPOT_STATES,
  type SpotAct,
  type SpotState,
} from "./spot-check-model.ts";
import * as store from "./spot-check-store.ts";

export interface SpotDraw {
  readonly id: string;
  readonly title: string;
  readonly basis: string;
  readonly item: string;
  readonly month: Month;
  readonly size: number;
  /** Thrown before witnesses, say; empty: the machine throws. */
  readonly seed: string;
}
export type SpotActInput = { readonly id: string; readonly words: string } & (
  | {
      readonly kind: "looked";
      readonly on: IsoDate;
      readonly homeOk: boolean;
      readonly fileOk: boolean;
      readonly accountOk: boolean;
      readonly amountFen: number;
    }
  | { readonly kind: "confirmed"; readonly rectifyBy: IsoDate }
  | { readonly kind: "rectified"; readonly on: IsoDate }
  | { readonly kind: "returned" | "accepted" | "reopened" | "transferred" }
);

/** Which roles may; looking and setting right are also a township's, for its own households. */
const MAY: Readonly<Record<SpotAct, readonly string[]>> = {
  looked: ["township", "county", "auditor"],
  confirmed: ["county", "auditor", "leader"],
  returned: ["county", "auditor", "leader"],
  rectified: ["township", "county"],
  accepted: ["county", "auditor", "leader"],
  reopened: ["county", "auditor", "leader"],
  transferred: ["auditor", "leader"],
};
/** Whose work an act looks at again: another person's. */
const SECOND_TO: Readonly<Partial<Record<SpotAct, SpotAct>>> = {
  ...{ confirmed: "looked", returned: "looked" },
  ...{ accepted: "rectified", reopened: "rectified" },
};
const ON_DESK: Readonly<Record<string, readonly SpotState[]>> = {
  township: ["waiting", "confirmed"],
  county: ["found", "rectified"],
};
const DESK_WORDS: Readonly<Partial<Record<SpotState, string>>> = {
  waiting: "检查抽到的户",
  confirmed: "整改抽查发现的问题",
  found: "复核抽查发现的问题",
  rectified: "验收整改",
};
const DRAWERS: readonly string[] = ["county", "auditor"];
/** Nothing is looked at before it was drawn, and set right before it was found, or found not right again. */
function earliest(
  kind: SpotAct,
  drawnAt: string,
  done: readonly store.ActRecord[],
): readonly [day: IsoDate, what: string] {
  const found = done.findLast((a) => a.kind === "looked" || a.kind === "reopened");
  if (kind !== "rectified" || !found) return [dateInShanghai(new Date(drawnAt)), "抽样的日期"];
  return [found.actedOn, found.kind === "looked" ? "检查日期" : "退回整改的日期"];
}

/** More than one round of visits can take in. */
const MOST = 2000;

export type SpotChecks = ReturnType<typeof createSpotChecks>;
export type SpotCheckDeps = Pick<FundsDeps, "clock" | "catalogue" | "audit" | "divisionName">;

export function createSpotChecks(deps: SpotCheckDeps) {
  const { clock, catalogue } = deps;
  const titleOf = (item: string) =>
    item === "" ? "各项待遇" : (catalogue.items.get(item)?.shortTitle ?? item);
  const note = (tx: Tx, action: string, id: string, detail: string) =>
    deps.audit.record(tx, { action, object: "spot-check", objectId: id, detail });
  const wholeCounty = (tx: Tx) => tx.actor.scope === tx.actor.countyCode;

  async function get(tx: Tx, id: string): Promise<store.CheckRecord> {
    const c = await store.find(tx, id, clock.today());
    if (!c) throw new DomainError("not-found", "没有找到这次抽查，请从抽查列表进入。");
    return c;
  }

  /** Draws and keeps the lot. The same id again changes nothing. Errors: forbidden, invalid-input. */
  async function drawLot(tx: Tx, input: SpotDraw) {
    if (tx.actor.accountId === null || !wholeCounty(tx) || !DRAWERS.includes(tx.actor.role))
      throw new DomainError("forbidden", "抽样由县级经办或审计人员进行，您的账号不能抽样。");
    if (await store.find(tx, input.id, clock.today())) return page(tx, input.id);
    if (input.item !== "" && !catalogue.items.has(input.item))
      throw new DomainError("invalid-input", "没有这项待遇，请重新选择。", { field: "item" });
    if (!(input.size > 0 && input.size <= MOST))
      throw new DomainError("invalid-input", `一次抽 1 至 ${MOST} 户，请改正。`, { field: "size" });
    const drawnAt = clock.now();
    const people = await store.population(tx, input.month, input.item, drawnAt);
    if (people.length === 0)
      throw new DomainError(
        "invalid-input",
        `${input.month} 的名册还没有${titleOf(input.item)}到账的户，请换一个月份或待遇。`,
        { field: "month" },
      );
    const seed = input.seed.trim() || randomBytes(16).toString("hex");
    const drawn = draw(people, seed, input.size);
    await store.insert(
      tx,
      {
        ...{ id: input.id, title: input.title.trim(), basis: input.basis.trim(), item: input.item },
        ...{ month: input.month, seed, drawnAt: drawnAt.toISOString(), population: people.length },
        populationSha256: populationDigest(people),
      },
      drawn,
    );
    await note(tx, "spot-check.draw", input.id, `${people.length} 户中抽 ${drawn.length} 户`);
    return page(tx, input.id);
  }

  /** Draws the kept lot again out of the trail of payments, and says whether it is the same. */
  async function redraw(tx: Tx, id: string) {
    const c = await get(tx, id);
    if (!wholeCounty(tx))
      throw new DomainError("forbidden", "重新抽一遍要看全县的发放记录，由县级或审计办理。");
    const people = await store.population(tx, c.month, c.item, c.drawnAt);
    const again = draw(people, c.seed, c.drawn);
    const kept = await store.households(tx, id);
    const samePopulation = populationDigest(people) === c.populationSha256;
    const same = samePopulation && kept.every((h, n) => h.entitlementId === again[n]);
    await note(tx, "spot-check.redraw", id, same ? "相同" : "不同");
    return {
      ...{ same, population: people.length, drawn: again.length },
      text: same
        ? `用种子和 ${people.length} 户的发放记录重新抽了一遍，${again.length} 户及次序完全相同。`
        : samePopulation
          ? "发放记录相同，抽出的户却不同：名单被改过，请报告审计。"
          : "发放记录与抽样时不同：总体被改过，请报告审计。",
    };
  }

  function whyNot(
    tx: Tx,
    act: SpotAct,
    h: store.HouseholdRecord,
    done: readonly store.ActRecord[],
  ): DomainError | null {
    const { actor } = tx;
    const what = SPOT_ACTS[act];
    if (moved(h.state, act, false) === undefined)
      return new DomainError("action-not-allowed", `这一户现在是“${SPOT_STATES[h.state]}”，不能${what}。`);
    if (actor.accountId === null || !MAY[act].includes(actor.role))
      return new DomainError("forbidden", `${what}不由您的岗位办理。`);
    if (act !== "looked" && act !== "rectified" && !wholeCounty(tx))
      return new DomainError("forbidden", `${what}由县级办理。`);
    const first = SECOND_TO[act];
    if (first && done.findLast((a) => a.kind === first)?.accountId === actor.accountId)
      return new DomainError("same-signer", `${SPOT_ACTS[first]}由您登记，${what}须由另一人办理。`);
    return null;
  }

  /** The same id again changes nothing. Errors: not-found, forbidden, same-signer, action-not-allowed, invalid-input. */
  async function act(tx: Tx, checkId: string, entitlementId: string, input: SpotActInput) {
    const check = await get(tx, checkId);
    const h = await store.lockHousehold(tx, checkId, entitlementId);
    if (!h) throw new DomainError("not-found", "没有找到抽到的这一户，或不在您的管辖范围内。");
    const all = await store.acts(tx, checkId);
    const done = all.filter((a) => a.entitlementId === entitlementId);
    if (all.some((a) => a.id === input.id)) return page(tx, checkId);
    const no = whyNot(tx, input.kind, h, done);
    if (no) throw no;
    const today = clock.today();
    const looked = input.kind === "looked" ? input : null;
    const clean = looked ? looked.homeOk && looked.fileOk && looked.accountOk : false;
    const on = "on" in input ? input.on : today;
    if (on > today) throw new DomainError("invalid-input", "日期不能晚于今天，请改正。", { field: "on" });
    const [first, named] = earliest(input.kind, check.drawnAt, done);
    if (on < first)
      throw new DomainError("invalid-input", `日期不能早于${named}（${first}），请改正。`, { field: "on" });
    if (looked && !clean && input.words.trim().length < 2)
      throw new DomainError("invalid-input", "有问题的，请写明问题。", { field: "words" });
    if (looked && clean && looked.amountFen > 0)
      throw new DomainError("invalid-input", "三项都没有问题，违规金额应为零。", { field: "amountFen" });
    if (input.kind === "confirmed" && input.rectifyBy < today)
      throw new DomainError("invalid-input", "整改期限不能早于今天，请改正。", { field: "rectifyBy" });
    if (!looked && input.kind !== "confirmed" && input.kind !== "accepted" && input.words.trim().length < 2)
      throw new DomainError("invalid-input", "请写明情况。", { field: "words" });
    await store.addAct(
      tx,
      checkId,
      {
        ...{ id: input.id, entitlementId, kind: input.kind, words: input.words.trim(), actedOn: on },
        ...{
          homeOk: looked?.homeOk ?? null,
          fileOk: looked?.fileOk ?? null,
          accountOk: looked?.accountOk ?? null,
        },
        amountFen: looked?.amountFen ?? null,
        rectifyBy: input.kind === "confirmed" ? input.rectifyBy : null,
      },
      moved(h.state, input.kind, clean) as store.HouseholdRecord["state"],
      clock.now(),
    );
    const what = looked && !clean ? `有问题，涉及 ${formatYuan(looked.amountFen)} 元` : SPOT_ACTS[input.kind];
    await note(tx, `spot-check.${input.kind}`, checkId, `第 ${h.seq} 户：${what}`);
    return page(tx, checkId);
  }

  /** For the desk: a township goes to its households and sets right, the county looks again. */
  const waiting = (tx: Tx, role: string) =>
    store
      .waiting(tx, ON_DESK[role] ?? [])
      .then((rows) => rows.map((r) => ({ ...r, todo: DESK_WORDS[r.state] ?? "" })));

  const head = (c: store.CheckRecord) => ({ ...c, itemTitle: titleOf(c.item) });

  async function list(tx: Tx) {
    const rows = (await store.list(tx, clock.today())).map(head);
    return {
      rows,
      items: [...catalogue.items].map(([code, i]) => ({ code, title: i.shortTitle })),
      can: { draw: wholeCounty(tx) && DRAWERS.includes(tx.actor.role) },
    };
  }

  async function page(tx: Tx, id: string) {
    const c = await get(tx, id);
    const acts = await store.acts(tx, id);
    const today = clock.today();
    const households = (await store.households(tx, id)).map((h) => {
      const done = acts.filter((a) => a.entitlementId === h.entitlementId);
      return {
        ...h,
        itemTitle: titleOf(h.item),
        divisionName: deps.divisionName(tx.actor.countyCode, h.divisionCode),
        stateLabel: SPOT_STATES[h.state],
        late: h.state === "confirmed" && h.rectifyBy !== null && h.rectifyBy < today,
        acts: done.map(({ accountId: _, entitlementId: __, ...a }) => ({
          ...a,
          kindLabel: SPOT_ACTS[a.kind],
        })),
        can: (Object.keys(SPOT_ACTS) as SpotAct[]).filter((a) => whyNot(tx, a, h, done) === null),
      };
    });
    return { ...head(c), households, can: { redraw: wholeCounty(tx) } };
  }

  return { draw: drawLot, redraw, act, list, page, waiting };
}
