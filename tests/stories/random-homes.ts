/** Households of the random county divided and put together; a second benefit for somebody who draws one, and the choice. */
import { newId } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import { ask, type County, type Doing, owner, pick, settle, thisMonth, today } from "./random-county.ts";
import { drawing } from "./random-people.ts";
import { rosters } from "./random-rosters.ts";

const OTHER = "其他长期共同居住的赡养抚养扶养关系人";
const SPLIT_RELATION = "未成年子女";

const reshaping = (w: County) => {
  const { reshaping: r } = w.house.entitlements;
  if (!r) throw new Error("composed with reshaping");
  return r;
};
type Proposal = Parameters<ReturnType<typeof reshaping>["propose"]>[2];

/** Proposed by one and answered by another: mostly confirmed, sometimes given back or left to wait. */
async function propose(w: County, entitlementId: string, what: string, input: Proposal, mood: number) {
  const proposed = await ask(w, `提出${what}，${input.fromMonth} 起`, "xian", (tx) =>
    reshaping(w).propose(tx, entitlementId, input),
  );
  if (!proposed || mood === 0) return;
  if (mood === 1)
    await ask(w, `${what}退回`, "fuhe", (tx) => reshaping(w).reject(tx, input.id, { reason: "再核实" }));
  else await confirm(w, what, input.id);
}
async function confirm(w: County, what: string, id: string): Promise<void> {
  if (!(await ask(w, `${what}确认`, "fuhe", (tx) => reshaping(w).confirm(tx, id, { note: "" })))) return;
  // Whoever is paid for a new household opens an account.
  const heads = await owner<{ id: string; name: string }>(
    w,
    `select p.id, p.name from entitlement e join person p on p.id = e.payee_id
     where not exists (select from bank_account b where b.person_id = p.id) order by p.id`,
  );
  for (const head of heads)
    await w.o.as("xian", (tx) =>
      w.house.registry.setBankAccount(tx, {
        ...{ id: newId(), personId: head.id, bankName: "农村商业银行", holderName: head.name },
        ...{ accountNo: `62179900000${10_000 + w.serial++}`, reason: "分户后本人开户" },
      }),
    );
}
/** One that somebody proposed and nobody answered. */
export const answerReshape: Doing = async (w, [a, b]) => {
  const waits = pick(await w.o.as("fuhe", (tx) => reshaping(w).toConfirm(tx)), a);
  if (!waits) return;
  const what = `${waits.payee}家${waits.kindLabel}`;
  if (b % 3 === 0) await ask(w, `${what}撤回`, "xian", (tx) => reshaping(w).withdraw(tx, waits.id));
  else await confirm(w, what, waits.id);
};

export const split: Doing = async (w, [a, b, c]) => {
  const e = await drawing(w, a);
  if (!e) return;
  const form = await w.o.as("xian", (tx) => reshaping(w).form(tx, e.id));
  const free = form.people.filter((p) => !p.stays);
  const head = pick(free, b);
  if (!head) return;
  const people = free.filter((p) => p === head || b % 2 === 1);
  await propose(
    w,
    e.id,
    `${e.payee}家分户（${people.map((p) => p.name).join("、")}）`,
    {
      ...{ kind: "split", id: newId(), fromMonth: pick(form.months, b) ?? thisMonth(w), reason: "单独立户" },
      ...{ headId: head.personId, facts: { first: {}, second: {} } },
      people: people.map((p) => ({ personId: p.personId, relation: p === head ? "" : SPLIT_RELATION })),
    },
    c,
  );
};
export const merge: Doing = async (w, [a, b, c]) => {
  const [into, joining] = [await drawing(w, a), await drawing(w, a + 1 + b)];
  if (!into || !joining || into.id === joining.id) return;
  const form = await w.o.as("xian", (tx) => reshaping(w).form(tx, joining.id));
  await propose(
    w,
    into.id,
    `${joining.payee}家并入${into.payee}家`,
    {
      ...{ kind: "merge", id: newId(), fromMonth: pick(form.months, c) ?? thisMonth(w), reason: "搬回同住" },
      ...{ otherId: joining.id, facts: { first: { 住房套数: 1 }, second: {} } },
      people: form.people.map((p) => ({ personId: p.personId, relation: OTHER })),
    },
    c,
  );
};

/** 特困 decided for somebody whom 低保 covers, as by a township that did not know of it. */
export const second: Doing = async (w, [a, b]) => {
  const e = await drawing(w, a);
  const person = pick(
    await owner<{ id: string; name: string; householdId: string }>(
      w,
      `select p.id, p.name, e.household_id as "householdId" from entitlement_person c join person p on p.id = c.person_id
       join entitlement e on e.id = c.entitlement_id
       where c.entitlement_id = $1 and c.end_month is null and p.died_on is null and e.household_id is not null
         and exists (select from bank_account b where b.person_id = p.id) order by p.birth_date, p.name`,
      [e?.id ?? null],
    ),
    b,
  );
  if (!e || !person) return;
  const [caseId, decisionId] = [newId(), newId()];
  await w.house.as({ actor: systemActor(w.o.county) }, (tx) =>
    w.house.entitlements.onDecision(tx, {
      ...{ caseId, decisionId, item: "destitute-support", kind: "award", householdId: person.householdId },
      ...{ applicantId: person.id, payeeId: person.id, covered: [person.id], persons: 1 },
      ...{ divisionCode: w.o.otherVillage, areaClass: "农村", amountFen: 90_000 + 100 * b },
      ...{ fromMonth: thisMonth(w), decidedOn: today(w), reason: "另一乡镇认定" },
    }),
  );
  await settle(w);
  w.told.push(`${today(w)} ${person.name}又认定特困`);
};
/** By another than who made the roster; what stood is held. */
export const choose: Doing = async (w, [a, b]) => {
  const roster = pick(await rosters(w, "draft"), a);
  const line = pick(
    await owner<{ id: string; payee: string }>(
      w,
      "select id, payee_name as payee from roster_line where roster_id = $1 and state = 'held' order by seq",
      [roster?.id ?? null],
    ),
    b,
  );
  if (roster && line)
    await ask(w, `名册 ${roster.number} 择一：改选${line.payee}的这一笔`, "fuhe", (tx) =>
      w.house.payments.choose(tx, roster.id, line.id, { reason: "本人选择" }),
    );
};
