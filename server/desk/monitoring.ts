/** Clues, 整改通知单, what departments do for a household, registers and 督办. */
import { addDays, derivedId } from "@wuxin/kernel";
import type { House } from "../compose.ts";
import { PLAIN, type Source } from "./row.ts";

const CLUE_TODO: Readonly<Record<string, string>> = {
  new: "下发线索",
  dispatched: "派人核查",
  assigned: "入户核查",
  visited: "研判线索",
  handling: "催办线索",
  referred: "登记部门回复",
};
/** Who was found is asked what he wants, not looked at. */
const ASK_TODO: Readonly<Record<string, string>> = { dispatched: "派人联系", assigned: "联系本人" };
const clueTodo = (c: { state: string; found: boolean }): string =>
  (c.found ? ASK_TODO[c.state] : undefined) ?? CLUE_TODO[c.state] ?? "办理线索";
/** What is due to a department has no row of its own yet: its name in this space is its id. */
const DEATHS = "0a3b5b8e-6f0e-4a7e-8f6b-6d1c0f0e5a11";
const HOUR_MS = 3_600_000;
/** 还剩不到 3 小时, 已超过 2 小时: as one says it, never better than it is. */
const hoursTold = (by: string, now: Date): string => {
  const left = new Date(by).getTime() - now.getTime();
  return left >= 0
    ? `求助，还剩不到 ${Math.ceil(left / HOUR_MS) || 1} 小时`
    : `求助，已超过 ${Math.floor(-left / HOUR_MS) || "不到 1"} 小时`;
};

type Matter = Awaited<ReturnType<House["matters"]["waiting"]>>[number];
function matterTodo(m: Pick<Matter, "state" | "rectified" | "raisedTo">): string {
  if (m.state === "reported") return "核查销号";
  if (m.rectified) return "复查整改";
  return m.raisedTo ? `逾期上报${m.raisedTo}，过问` : "办理并反馈";
}

export const monitoringSources: readonly Source[] = [
  {
    for: ["grid", "village", "township", "county"],
    rows: async ({ house, tx, role, today }) =>
      (await house.clues.waiting(tx, role)).map((c) => ({
        ...{
          ...PLAIN,
          kind: "clue" as const,
          id: c.id,
          itemTitle: `线索（${c.levelLabel}）`,
          title: c.title,
        },
        todo: `${c.answerBy ? "急：" : ""}${clueTodo(c)}`,
        waiting: [
          c.nameMasked || "不知姓名",
          c.answerBy && hoursTold(c.answerBy, house.clock.now()),
          c.urged > 0 && `催办 ${c.urged} 次`,
        ]
          .filter(Boolean)
          .join("，"),
        ...{ divisionName: c.divisionName, link: `/clues/${c.id}`, pressing: c.answerBy !== null },
        // Whoever asks for help is a matter of today, first of all; past his hour, of yesterday.
        dueOn: c.answerBy ? (c.late ? addDays(today, -1) : today) : c.dueOn,
      })),
  },
  {
    rows: async ({ house, tx, role, today }) =>
      (await house.clues.rectifications.waiting(tx, role)).map((r) => ({
        ...{ ...PLAIN, kind: "clue" as const, id: r.id, itemTitle: "整改通知单", title: r.problem },
        todo: role === "township" ? "报送整改情况" : r.late ? "整改超期，督办" : "复核整改情况",
        waiting: r.returned > 0 ? `退回过 ${r.returned} 次` : r.number,
        ...{ divisionName: r.divisionName, link: `/supervision/rectifications/${r.id}` },
        dueOn: r.state === "answered" ? today : r.dueOn,
      })),
  },
  {
    rows: async ({ house, tx }) =>
      (await house.clues.measures.waiting(tx)).map((m) => ({
        ...{ ...PLAIN, kind: "clue" as const, itemTitle: "帮扶措施", title: m.title, todo: m.todo },
        id: derivedId(m.householdId, `${m.todo} ${m.waiting} ${m.dueOn}`),
        ...{ waiting: m.waiting, divisionName: m.divisionName, link: `/households/${m.householdId}` },
        dueOn: m.dueOn,
      })),
  },
  {
    for: ["county"],
    rows: async ({ house, tx }) =>
      (await house.matching.heldLists(tx)).map((l) => ({
        ...{ ...PLAIN, kind: "matter" as const, id: l.id, itemTitle: "数据比对" },
        ...{ title: `${l.title}（${l.asOf}）`, todo: "核实是否全量", link: "/feeds" },
        ...{ waiting: `行数骤减（上一份 ${l.from} 行），请问${l.department}`, dueOn: l.receivedOn },
      })),
  },
  {
    for: ["county"],
    rows: async ({ house, tx, today }) => {
      const { toConfirm, differing, toDraft } = await house.deathLists.waiting(tx);
      const line = { ...PLAIN, kind: "matter" as const, itemTitle: "死亡登记共享", dueOn: today };
      return [
        ...toConfirm.map((l) => ({
          ...{ ...line, id: l.id, title: `给${l.departmentName}`, todo: "确认共享" },
          ...{ waiting: `${l.draftedByName}起草，${l.persons} 人`, link: `/death-lists/${l.id}` },
        })),
        ...differing.map((l) => ({
          ...{ ...line, id: l.id, title: `${l.departmentName}退回的差异`, todo: "逐行核对" },
          ...{ waiting: `${l.open} 人`, link: `/death-lists/${l.id}` },
        })),
        ...toDraft.map((k) => ({
          ...{ ...line, id: derivedId(DEATHS, k.code), title: `给${k.departmentName}`, todo: "起草共享名单" },
          ...{ waiting: `还没共享的 ${k.waiting} 人`, link: "/death-lists", dueOn: k.dueOn },
        })),
      ];
    },
  },
  {
    for: ["county"],
    rows: async ({ house, tx, today }) =>
      (await house.matching.packages.toDo(tx)).map((p) => ({
        ...{ ...PLAIN, kind: "matter" as const, id: p.id, itemTitle: "委托核对批次", title: p.number },
        todo: p.can.send ? "确认送出" : "催要答复或撤回",
        waiting: p.can.send ? `${p.madeByName}组成，${p.persons} 人、${p.lines} 行` : p.stateText,
        ...{ link: `/check-packages/${p.id}`, dueOn: p.can.send ? today : p.dueOn },
      })),
  },
  {
    rows: async ({ house, tx }) =>
      (await house.registers.waiting(tx)).map((e) => ({
        ...{ ...PLAIN, kind: "matter" as const, id: e.id, itemTitle: e.registerTitle, title: e.title },
        ...{ todo: e.text, waiting: `应于 ${e.dueOn} 前办`, divisionName: e.divisionName, dueOn: e.dueOn },
        link: `/registers/${e.register}?entry=${e.id}`,
      })),
  },
  {
    rows: async ({ house, tx }) =>
      (await house.matters.waiting(tx)).map((m) => ({
        ...{ ...PLAIN, kind: "matter" as const, id: m.id, itemTitle: "督办事项", title: m.title },
        todo: matterTodo(m),
        ...{ waiting: m.from, divisionName: m.divisionName ?? m.owner, link: `/matters/${m.id}` },
        dueOn: m.dueOn,
      })),
  },
];
