/** The places of a campaign: taken from the registers when it is launched, one by one with a reason afterwards. */
import type { Site } from "@wuxin/engines/registers";
import { DomainError, derivedId, type IsoDate, isIsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { type Person, reasoned } from "./may.ts";
import type { PlanEvent } from "./model.ts";
import type { PlansDeps } from "./ports.ts";
import { entriesOf, foldSteps, type StepAsked } from "./steps.ts";
import * as store from "./store.ts";

/** Of one register all its places, or those of some kinds. */
export interface ScopePart {
  readonly register: string;
  readonly kinds?: readonly string[] | undefined;
}
export interface Launch {
  readonly id: string;
  readonly parts: readonly ScopePart[];
  /** Townships; none: the whole county. */
  readonly divisions: readonly string[];
  readonly owner: string;
  readonly due: string;
}
export interface AddPlace {
  readonly id: string;
  readonly register: string;
  readonly entryId: string;
  readonly owner: string;
  readonly due: string;
  readonly reason: string;
}

/** A township's code is the first nine digits of what lies in it. */
const townshipOf = (division: string): string => division.slice(0, 9);

/** 「长青 养老院（公办）」 and 「长青养老院(公办)」 of one township are one place. */
const nameOf = (s: Site): string =>
  `${townshipOf(s.divisionCode)} ${s.title.normalize("NFKC").replace(/[\s()[\]·]/g, "")}`;
interface Place extends Site {
  /** The same place in other registers: checked once, found by either. */
  readonly also: readonly Site[];
}
export function onceEach(sites: readonly Site[]): Place[] {
  const places = new Map<string, Place>();
  for (const s of sites) {
    const known = places.get(nameOf(s));
    // Two entries of one register are two places, whatever they are called.
    const key = known && [known, ...known.also].some((k) => k.register === s.register) ? s.id : nameOf(s);
    places.set(key, known && key !== s.id ? { ...known, also: [...known.also, s] } : { ...s, also: [] });
  }
  return [...places.values()];
}

export const chosen = (
  sites: readonly Site[],
  { parts, divisions }: Pick<Launch, "parts" | "divisions">,
): Site[] =>
  sites.filter(
    (s) =>
      parts.some((p) => p.register === s.register && (!p.kinds?.length || p.kinds.includes(s.kind ?? ""))) &&
      (divisions.length === 0 || divisions.includes(townshipOf(s.divisionCode))),
  );

/** @returns the events that put places into the scope. Errors: invalid-input with the field, action-not-allowed */
export function createScope(deps: Pick<PlansDeps, "clock" | "divisionName" | "sites">) {
  const at = () => deps.clock.now().toISOString();

  async function launch(tx: Tx, plan: store.PlanText, r: Launch, actor: Person): Promise<PlanEvent[]> {
    const events = await store.events(tx, plan.id);
    const before = events.find((e) => e.kind === "scope");
    if (before?.id === r.id) return [];
    if (before)
      throw new DomainError(
        "action-not-allowed",
        `检查范围 ${String(before.data.on)} 已经定了，以后的请「增加一家」并写明理由。`,
      );
    const due = running(plan, events, r);
    if (r.parts.length === 0)
      throw new DomainError("invalid-input", "请选从哪些台账带出机构。", { field: "parts" });
    const places = onceEach(chosen(await deps.sites(tx), r));
    if (places.length === 0)
      throw new DomainError("invalid-input", "这样选，台账里一家机构也没有，请改种类或乡镇。", {
        field: "parts",
      });
    const on = deps.clock.today();
    const data = { on, parts: r.parts, divisions: r.divisions, places: places.length };
    return [
      event(r.id, "scope", plan.id, data, actor),
      ...places.map((s) =>
        event(
          derivedId(plan.id, `place:${s.register}:${s.id}`),
          "step",
          plan.id,
          placeOf(s, due, r.owner),
          actor,
        ),
      ),
    ];
  }

  async function add(tx: Tx, plan: store.PlanText, r: AddPlace, actor: Person): Promise<PlanEvent[]> {
    if (await store.hasEvent(tx, r.id)) return [];
    const events = await store.events(tx, plan.id);
    const due = running(plan, events, r);
    const reason = reasoned(r.reason, "reason", "请写明为什么增加这一家（至少 4 个字）。");
    const site = onceEach(await deps.sites(tx)).find((place) =>
      [place, ...place.also].some((s) => s.register === r.register && s.id === r.entryId),
    );
    if (!site)
      throw new DomainError("invalid-input", "台账里没有这一家或已停用，请先在台账里登记。", {
        field: "entryId",
      });
    const taken = new Set(foldSteps(plan.id, events).flatMap((s) => entriesOf(s).map((e) => e.entryId)));
    if ([site, ...site.also].some((s) => taken.has(s.id)))
      throw new DomainError("invalid-input", "这一家已经在检查范围里。", { field: "entryId" });
    return [event(r.id, "step", plan.id, { ...placeOf(site, due, r.owner), reason }, actor)];
  }

  function running(
    plan: store.PlanText,
    events: readonly PlanEvent[],
    { owner, due }: Pick<Launch, "owner" | "due">,
  ): IsoDate {
    if (plan.kind !== "campaign" || plan.startsOn === null || plan.endsOn === null)
      throw new DomainError("action-not-allowed", "只有专项行动定检查范围。");
    if (events.some((e) => e.kind === "closed"))
      throw new DomainError("action-not-allowed", "专项行动已经写了总结，不能再加机构。");
    if (owner.trim() === "")
      throw new DomainError("invalid-input", "请写明责任股室或责任人。", { field: "owner" });
    if (!isIsoDate(due) || due < plan.startsOn || due > plan.endsOn)
      throw new DomainError("invalid-input", `期限应在 ${plan.startsOn} 至 ${plan.endsOn} 之间。`, {
        field: "due",
      });
    return due;
  }

  const placeOf = (s: Place, due: IsoDate, owner: string): StepAsked => ({
    ...{ step: "check", title: s.title, owner: owner.trim(), due, quantity: null },
    division: s.divisionCode.length >= 9 ? townshipOf(s.divisionCode) : null,
    place: {
      ...{ register: s.register, entryId: s.id },
      also: s.also.map(({ register, registerTitle, id }) => ({ register, registerTitle, entryId: id })),
    },
  });
  const event = (
    id: string,
    kind: PlanEvent["kind"],
    targetId: string,
    data: object,
    actor: Person,
  ): PlanEvent => ({
    ...{ id, kind, targetId, data: data as PlanEvent["data"], at: at() },
    ...{ actorId: actor.id, actorName: actor.name },
  });

  return { launch, add };
}
