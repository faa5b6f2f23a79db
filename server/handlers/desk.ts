/** The desk: what waits for me, ordered by clock, and the one search. */
import { addDays, derivedId, isWorkingDay, maskName } from "@wuxin/kernel";
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";
import { moneyTodo } from "./money-desk.ts";

type Ids = "workbench" | "search";
const SHOWN = 50;
const GROUPS = [
  { key: "overdue", label: "超期" },
  { key: "today", label: "今天" },
  { key: "week", label: "本周" },
  { key: "later", label: "以后" },
] as const;
const FIGURES: Record<string, number> = { leader: 8, auditor: 6 };
const SEES_MONEY = new Set(["county", "leader", "finance", "auditor"]);
/** The three administrators keep house and see no business. */
const READS = new Set(["village", "township", "county", "leader", "finance", "auditor"]);
/** Who records reviews and proofs of life. */
const REVIEWS = new Set(["village", "township", "county"]);
const APPROVES_STANDARDS = new Set(["county", "leader"]);
/** Who fills and signs statutory tables. */
const STATISTICIANS = new Set(["township", "county", "leader"]);
/** Who goes to the door: the township sees its villages' visits on 「走访」, not as its own work. */
const GOES = new Set(["village"]);
const NO_DOORS: Awaited<ReturnType<House["duties"]["board"]>> = { rows: [], total: 0 };
const CLUE_TODO: Readonly<Record<string, string>> = {
  new: "下发线索",
  dispatched: "派人核查",
  assigned: "入户核查",
  visited: "研判线索",
  handling: "催办线索",
  referred: "登记部门回复",
};
const HOUR_MS = 3_600_000;
/** 还剩不到 3 小时, 已超过 2 小时: as one says it, never better than it is. */
const hoursTold = (by: string, now: Date): string => {
  const left = new Date(by).getTime() - now.getTime();
  return left >= 0
    ? `求助，还剩不到 ${Math.ceil(left / HOUR_MS) || 1} 小时`
    : `求助，已超过 ${Math.floor(-left / HOUR_MS) || "不到 1"} 小时`;
};
const maskedOr = (name: string) => name || "不知姓名";
const HANDLES = new Set(["village", "township", "county", "leader"]);

export function deskHandlers(house: House): SomeHandlers<Ids> {
  const { clock, calendar, cases, entitlements, payments, indicators, registry, counties, catalogue } = house;
  const { standards, clues, duties, matters } = house;
  const headlines = [...catalogue.indicators.values()]
    .flatMap(({ code, headline }) => (headline === undefined ? [] : [{ code, headline }]))
    .sort((a, b) => a.headline - b.headline)
    .map(({ code }) => code);
  return {
    workbench: (_input, { caller }) =>
      house.read(caller, async (tx) => {
        const { role } = caller.actor;
        const today = clock.today();
        const working = await calendar.working(tx);
        const work = HANDLES.has(role) ? await cases.workbenchRows(tx) : [];
        const deviating = HANDLES.has(role) ? await cases.deviations(tx) : [];
        const reviews = REVIEWS.has(role) ? await entitlements.dueReviews(tx) : [];
        const toSign = SEES_MONEY.has(role) ? await payments.toSign(tx) : [];
        const toApprove = APPROVES_STANDARDS.has(role) ? await standards.toApprove(tx) : [];
        const rules = APPROVES_STANDARDS.has(role) ? await standards.rewriting.toApprove(tx) : [];
        const releases = APPROVES_STANDARDS.has(role)
          ? ((await entitlements.repricing?.toRelease(tx)) ?? [])
          : [];
        // The township hands the papers of a raise to its households.
        const untold =
          role === "township" ? ((await entitlements.repricing?.toTell(tx, caller.actor.scope)) ?? []) : [];
        const linked = APPROVES_STANDARDS.has(role)
          ? ((await entitlements.linkage?.toConfirm(tx)) ?? [])
          : [];
        const reshapes = role === "county" ? ((await entitlements.reshaping?.toConfirm(tx)) ?? []) : [];
        const recoveries = role === "county" ? await payments.recoveries.toConfirm(tx, SHOWN) : [];
        const moneyRows = await moneyTodo(house, tx, role);
        const corrections = APPROVES_STANDARDS.has(role)
          ? (await indicators.waiting(tx)).filter((c) => !c.mine)
          : [];
        const clueRows = REVIEWS.has(role) || role === "grid" ? await clues.waiting(tx, role) : [];
        const pressing = new Set(clueRows.flatMap((c) => (c.answerBy ? [c.id] : [])));
        const soon = addDays(today, 7);
        const doors = { overdue: NO_DOORS, today: NO_DOORS, week: NO_DOORS };
        if (GOES.has(role)) {
          // A clue of the stop has its own row above.
          const due = (dueFrom: string | undefined, dueBy: string) =>
            duties.board(tx, { withClues: false, dueFrom, dueBy, limit: SHOWN });
          doors.overdue = await due(undefined, addDays(today, -1));
          doors.today = await due(today, today);
          doors.week = await due(addDays(today, 1), soon);
        }
        const rows = [
          ...clueRows.map((c) => ({
            ...{ kind: "clue" as const, id: c.id, itemTitle: `线索（${c.levelLabel}）` },
            title: c.title,
            todo: `${c.answerBy ? "急：" : ""}${CLUE_TODO[c.state] ?? "办理线索"}`,
            waiting: [
              maskedOr(c.nameMasked),
              c.answerBy && hoursTold(c.answerBy, clock.now()),
              c.urged > 0 && `催办 ${c.urged} 次`,
            ]
              .filter(Boolean)
              .join("，"),
            ...{ divisionName: c.divisionName, clock: null, link: `/clues/${c.id}` },
            // Whoever asks for help is a matter of today, first of all; past his hour, of yesterday.
            dueOn: c.answerBy ? (c.late ? addDays(today, -1) : today) : c.dueOn,
          })),
          ...Object.values(doors).flatMap(({ rows }) =>
            rows.map((s) => {
              const duties = s.tasks.filter((t) => t.kind === "duty");
              return {
                ...{ kind: "visit" as const, id: s.subjectId, itemTitle: "走访", title: s.titleMasked },
                todo: "上门走访",
                waiting: [...new Set(duties.map((t) => t.title))].join("、"),
                ...{ divisionName: s.divisionName, clock: null, link: "/visits" },
                dueOn: duties[0]?.dueOn ?? null,
              };
            }),
          ),
          ...(await clues.rectifications.waiting(tx, role)).map((r) => ({
            ...{ kind: "clue" as const, id: r.id, itemTitle: "整改通知单", title: r.problem },
            todo: role === "township" ? "报送整改情况" : r.late ? "整改超期，督办" : "复核整改情况",
            waiting: r.returned > 0 ? `退回过 ${r.returned} 次` : r.number,
            ...{ divisionName: r.divisionName, clock: null, link: `/supervision/rectifications/${r.id}` },
            dueOn: r.state === "answered" ? today : r.dueOn,
          })),
          ...(await clues.measures.waiting(tx)).map((m) => ({
            ...{ kind: "clue" as const, itemTitle: "帮扶措施" },
            id: derivedId(m.householdId, `${m.todo} ${m.waiting} ${m.dueOn}`),
            ...{
              title: m.title,
              todo: m.todo,
              waiting: m.waiting,
              divisionName: m.divisionName,
              clock: null,
            },
            ...{ link: `/households/${m.householdId}`, dueOn: m.dueOn },
          })),
          ...(await house.registers.waiting(tx)).map((e) => ({
            ...{ kind: "matter" as const, id: e.id, itemTitle: e.registerTitle, title: e.title },
            ...{ todo: e.text, waiting: `应于 ${e.dueOn} 前办`, divisionName: e.divisionName, clock: null },
            ...{ link: `/registers/${e.register}?entry=${e.id}`, dueOn: e.dueOn },
          })),
          ...(await matters.waiting(tx)).map((m) => ({
            ...{ kind: "matter" as const, id: m.id, itemTitle: "督办事项", title: m.title },
            todo:
              m.state === "reported" ? "核查销号" : m.raisedTo ? `逾期上报${m.raisedTo}，过问` : "办理并反馈",
            ...{ waiting: m.from, divisionName: m.divisionName ?? m.owner, clock: null },
            ...{ link: `/matters/${m.id}`, dueOn: m.dueOn },
          })),
          ...work.map((w) => ({ ...w, dueOn: w.clock?.dueOn ?? null })),
          ...reviews.map((r) => ({
            kind: "review" as const,
            id: r.entitlementId,
            itemTitle: r.itemTitle,
            title: maskName(r.payee),
            todo: `登记${r.label}`,
            waiting: `应于 ${r.dueOn} 前完成`,
            divisionName: r.divisionName,
            clock: null,
            link: `/entitlements/${r.entitlementId}`,
            dueOn: r.dueOn,
          })),
          ...toSign.map((r) => ({
            kind: "roster" as const,
            id: r.id,
            itemTitle: "发放名册",
            title: `${r.title}`,
            todo: `${r.stepLabel}签字`,
            waiting: `${r.lines} 笔`,
            divisionName: "",
            clock: null,
            link: `/rosters/${r.id}`,
            dueOn: today,
          })),
          ...toApprove.map((s) => ({
            kind: "standard" as const,
            id: s.id,
            itemTitle: "政策标准",
            title: `${s.label}（${s.firstMonth} 起）`,
            todo: "批准新标准",
            waiting: `${s.enteredBy}送审`,
            divisionName: "",
            clock: null,
            link: `/standards/${encodeURIComponent(s.name)}/new?version=${s.id}`,
            dueOn: today,
          })),
          ...rules.map((r) => ({
            kind: "standard" as const,
            id: r.id,
            itemTitle: "认定规则",
            title: `${r.label}（${r.firstMonth} 起）`,
            todo: "批准新规则",
            waiting: `${r.enteredBy}送审`,
            divisionName: "",
            clock: null,
            link: `/rules/versions/${r.id}`,
            dueOn: today,
          })),
          ...reshapes.map((r) => ({
            kind: "review" as const,
            id: r.id,
            itemTitle: r.itemTitle,
            title: r.payee,
            todo: `确认${r.kindLabel}`,
            waiting: `${r.openedBy}提出，${r.fromMonth} 起`,
            divisionName: r.divisionName,
            clock: null,
            link: `/reshapes/${r.id}`,
            dueOn: today,
          })),
          ...releases.map((r) => ({
            kind: "standard" as const,
            id: r.id,
            itemTitle: "提标",
            title: `${r.label}（${r.firstMonth} 起）`,
            todo: "放行提标",
            waiting: `${r.raised ?? 0} 户增加`,
            divisionName: "",
            clock: null,
            link: `/raises/${r.id}`,
            dueOn: today,
          })),
          ...untold.map((r) => ({
            kind: "standard" as const,
            id: r.id,
            itemTitle: "提标",
            title: `${r.label}（${r.firstMonth} 起）`,
            todo: "出具通知书，逐户送达",
            waiting: `还有 ${r.left} 户没有通知`,
            divisionName: "",
            clock: null,
            link: `/raises/${r.id}/notices?division=${caller.actor.scope}`,
            dueOn: addDays(today, 7),
          })),
          ...linked.map((r) => ({
            kind: "standard" as const,
            id: r.id,
            itemTitle: r.title,
            title: `${r.month} 达到启动条件`,
            todo: "确认发放",
            waiting: `${r.enteredBy}录入`,
            divisionName: "",
            clock: null,
            link: `/linkages/${r.id}`,
            dueOn: today,
          })),
          ...deviating.map(({ caseId, ...d }) => ({
            ...{ ...d, kind: "case" as const, clock: null, link: `/cases/${caseId}?decision=${d.id}` },
            dueOn: today,
          })),
          ...moneyRows,
          ...recoveries.map((r) => ({
            kind: "roster" as const,
            id: r.id,
            itemTitle: r.itemTitle,
            title: maskName(r.payee),
            todo: "确认追缴",
            waiting: r.causeLabel,
            divisionName: r.divisionName,
            clock: null,
            link: `/recoveries/${r.id}`,
            dueOn: today,
          })),
          ...corrections.map((c) => ({
            kind: "figure" as const,
            id: c.id,
            itemTitle: "冻结的指标",
            title: `${c.name}（${c.month}）`,
            todo: "确认更正",
            waiting: `${c.askedByName}提出`,
            divisionName: counties.divisionName(caller.actor.countyCode, c.division),
            clock: null,
            link: `/indicators?code=${c.code}&month=${c.month}${c.division === caller.actor.countyCode ? "" : `&division=${c.division}`}`,
            dueOn: today,
          })),
          ...(STATISTICIANS.has(role) ? await house.statistics.waiting(tx) : []).map((r) => ({
            ...{ kind: "figure" as const, id: r.id, itemTitle: "统计报表" },
            title: `${r.title}（${r.periodLabel}）`,
            todo: r.state === "draft" ? "填报、签字" : "负责人签字",
            waiting: r.state === "draft" ? `${r.dueOn} 前报送` : `${r.filledByName}已签字，${r.dueOn} 前报送`,
            ...{ divisionName: r.divisionName, clock: null, link: `/statistics/${r.id}`, dueOn: r.dueOn },
          })),
        ];
        const groupOf = (dueOn: string | null) =>
          dueOn === null || dueOn > addDays(today, 7)
            ? "later"
            : dueOn < today
              ? "overdue"
              : dueOn === today
                ? "today"
                : "week";
        return {
          today,
          workingDay: isWorkingDay(working, today),
          unpublishedYears: [Number(today.slice(0, 4)), Number(today.slice(0, 4)) + 1].filter(
            (y) => !working.publishedYears.has(y),
          ),
          groups: GROUPS.map(({ key, label }) => {
            const mine = rows
              .filter((r) => groupOf(r.dueOn) === key)
              .sort(
                (a, b) =>
                  Number(pressing.has(b.id)) - Number(pressing.has(a.id)) ||
                  ((a.dueOn ?? "9") < (b.dueOn ?? "9") ? -1 : 1),
              );
            const { total, rows: listed } = key === "later" ? NO_DOORS : doors[key];
            return {
              key,
              label,
              total: mine.length + total - listed.length,
              rows: mine.slice(0, SHOWN).map(({ dueOn: _, ...row }) => row),
            };
          }),
          rosters: SEES_MONEY.has(role) ? await payments.recent(tx, 3) : [],
          figures: !READS.has(role)
            ? []
            : await indicators.figures(tx, {
                codes: headlines.slice(0, FIGURES[role] ?? 5),
              }),
        };
      }),

    search: ({ query }, { caller }) =>
      house.as(caller, async (tx) => {
        const name = (code: string) => counties.divisionName(caller.actor.countyCode, code);
        const people = await registry.search(tx, query.q, 20);
        const found = await cases.list(tx, { q: query.q, page: 1, size: 10 });
        return [
          ...people.map((p) => ({
            kind: "person" as const,
            id: p.id,
            title: p.name,
            subtitle: `${p.idNoMasked} · ${name(p.divisionCode)}`,
            link: `/persons/${p.id}`,
          })),
          ...found.rows.map((c) => ({
            kind: "case" as const,
            id: c.id,
            title: `${c.number} ${c.applicantMasked}`,
            subtitle: `${c.itemTitle} · ${c.stateLabel}`,
            link: `/cases/${c.id}`,
          })),
        ];
      }),
  };
}
