/** Runs of repricing → the shapes that the contract promises. */
import { countyOf, maskName } from "@wuxin/kernel";
import type { Actor, JobRow } from "@wuxin/platform";
import type { EntitlementsDeps } from "./ports.ts";
import type { Preview, Told } from "./reprice-jobs.ts";
import { emptyTally, type Tally } from "./reprice-model.ts";
import type { RaisedRecord, RepriceRecord, RepriceState } from "./reprice-store.ts";
import { whyNotRelease } from "./repricing.ts";

export const REPRICE_STATES: Readonly<Record<RepriceState, string>> = {
  counting: "测算中",
  ready: "待放行",
  applying: "调整中",
  done: "已办完",
  cancelled: "已取消",
};
const LEFT = {
  lower: "按新标准会降低",
  leave: "按新标准不再符合",
  unknown: "缺少事实，算不出",
} as const;

type Deps = Pick<EntitlementsDeps, "catalogue" | "divisionName">;

export function repriceBrief(r: RepriceRecord, actor: Pick<Actor, "accountId" | "role">) {
  const told = (r.report ?? r.preview) as Told | null;
  return {
    id: r.id,
    cause: r.cause,
    standard: r.parameter,
    label: r.label,
    document: r.document,
    firstMonth: r.firstMonth,
    items: r.items.map((i) => i.title),
    state: r.state,
    stateLabel: REPRICE_STATES[r.state],
    openedBy: r.openedByName,
    openedAt: r.openedAt,
    households: told?.totals.total.households ?? null,
    raised: told?.totals.total.raise ?? null,
    monthlyFen: told ? told.totals.total.afterFen - told.totals.total.beforeFen : null,
    backFen: told?.totals.total.backFen ?? null,
    mine: r.state === "ready" && whyNotRelease(r, actor) === null,
  };
}

export function repricePage(
  deps: Deps,
  actor: Actor,
  r: RepriceRecord,
  more: {
    readonly job: JobRow | undefined;
    readonly paid: { repriced: number; paid: number };
    readonly told: readonly { readonly township: string; readonly households: number }[];
  },
) {
  const { job, paid } = more;
  const no = whyNotRelease(r, actor);
  const staff = (actor.role === "county" || actor.role === "leader") && actor.accountId !== null;
  const working = job?.state === "queued" || job?.state === "running";
  const open = r.state === "counting" || r.state === "ready" || r.state === "applying";
  return {
    ...repriceBrief(r, actor),
    standardId: r.standardId,
    lowers: r.lowers,
    versions: r.items.flatMap((i) =>
      i.versions.map((v) => ({ item: i.code, title: i.title, from: v.from, version: v.version })),
    ),
    preview: r.preview ? told(deps, actor.countyCode, r.preview as Preview) : null,
    report: r.report ? told(deps, actor.countyCode, r.report as Told) : null,
    entering: ((r.preview as Preview | null)?.entering ?? []).map((e) => ({
      caseId: e.caseId,
      itemTitle: deps.catalogue.items.get(e.item)?.title ?? e.item,
      name: e.name,
      divisionName: deps.divisionName(actor.countyCode, e.divisionCode),
      amountFen: e.amountFen,
    })),
    releasedBy: r.releasedByName,
    releasedAt: r.releasedAt,
    releaseNote: r.releaseNote,
    endedAt: r.endedAt,
    job: job
      ? {
          state: job.state,
          done: job.done,
          total: job.total,
          error: job.error,
        }
      : null,
    /** 提标落实率: repriced, and of those paid at the new amount. */
    repriced: paid.repriced,
    paid: paid.paid,
    /** Households told on paper. */
    told: more.told.map((t) => ({ code: t.township, households: t.households })),
    can: {
      release: no === null,
      pause: staff && working && (r.state === "counting" || r.state === "applying"),
      resume: staff && !working && (r.state === "counting" || r.state === "applying"),
      cancel: staff && open && !(working && r.state === "applying"),
      recount: staff && !open,
    },
    whyNotRelease: r.state === "ready" ? (no?.message ?? null) : null,
  };
}

/** Households of a township (or of the reader's whole county) that a run raised. */
export const raisedIn = (r: RepriceRecord, scope: string): number =>
  Object.entries((r.report as Told | null)?.totals.places ?? {}).reduce(
    (sum, [place, x]) => sum + ((place.split(" ")[1] ?? "").startsWith(scope) ? x.raise : 0),
    0,
  );

function told(deps: Deps, county: string, t: Told) {
  const townships = new Map<string, Tally>();
  const items = new Map<string, Tally>();
  const add = (of: Map<string, Tally>, key: string, x: Tally) => {
    const sum = of.get(key) ?? emptyTally();
    for (const k of Object.keys(sum) as (keyof Tally)[]) sum[k] += x[k];
    of.set(key, sum);
  };
  for (const [place, tally] of Object.entries(t.totals.places)) {
    const [item = "", code = ""] = place.split(" ");
    add(townships, code, tally);
    add(items, item, tally);
  }
  return {
    month: t.current,
    seconds: t.seconds,
    total: t.totals.total,
    townships: [...townships]
      .map(([code, x]) => ({
        code,
        name: deps.divisionName(county, code.length === 9 ? code : countyOf(code)),
        ...x,
      }))
      .sort((a, b) => b.afterFen - b.beforeFen - (a.afterFen - a.beforeFen) || (a.code < b.code ? -1 : 1)),
    items: [...items].map(([code, x]) => ({
      code,
      title: deps.catalogue.items.get(code)?.title ?? code,
      ...x,
    })),
    back: Object.entries(t.totals.back)
      .map(([month, b]) => ({ month, households: b.households, amountFen: b.fen }))
      .sort((a, b) => (a.month < b.month ? -1 : 1)),
  };
}

export function repriceHousehold(deps: Deps, county: string, h: RaisedRecord) {
  return {
    entitlementId: h.entitlementId,
    itemTitle: deps.catalogue.items.get(h.item)?.title ?? h.item,
    payee: maskName(h.payee),
    divisionName: deps.divisionName(county, h.divisionCode),
    beforeFen: h.beforeFen,
    afterFen: h.afterFen,
    fromMonth: h.fromMonth,
    why: h.exception === null ? null : LEFT[h.exception],
    notice: h.notice,
  };
}
