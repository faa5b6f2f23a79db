/** Standards, changes, deaths and recoveries of the random county. */
import { addMonths, firstDay, type IsoDate, newId } from "@wuxin/kernel";
import { ask, type County, type Doing, owner, pick, thisMonth, today, work } from "./random-county.ts";

export interface Drawing {
  id: string;
  caseId: string;
  payee: string;
  payeeId: string;
  divisionCode: string;
}
export const drawing = async (w: County, n: number) =>
  pick(
    await owner<Drawing>(
      w,
      `select e.id, e.case_id as "caseId", p.name as payee, e.payee_id as "payeeId", e.division_code as "divisionCode"
       from entitlement e join person p on p.id = e.payee_id order by e.opened_at, e.id`,
    ),
    n,
  );
export const repricing = (w: County) => {
  const { repricing: r } = w.house.entitlements;
  if (!r) throw new Error("composed with repricing");
  return r;
};
const midOf = (w: County, back: number): IsoDate => {
  const day = `${addMonths(thisMonth(w), -back)}-15` as IsoDate;
  return day > today(w) ? today(w) : day;
};

// ── standards ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Proposed by one, approved by another. */
async function give(w: County, what: string, since: IsoDate, percent: number, corrects: boolean) {
  const list = await w.o.as("xian", (tx) => w.house.standards.list(tx));
  const row = list.find((s) => s.name === "低保标准");
  const id = newId();
  const proposed = await ask(w, what, "xian", async (tx) => {
    await w.house.standards.propose(tx, "低保标准", {
      ...{ id, since, form: "amount", multiple: null, note: null, corrects },
      values: (row?.current?.values ?? []).map((v) => ({
        ...{ key: v.key, unit: null, text: String(Math.ceil((Number(v.printed) * percent) / 100)) },
      })),
      document: `随机〔2024〕${w.serial++}号`,
    });
    return w.house.standards.submit(tx, id);
  });
  if (proposed) await ask(w, `批准：${what}`, "fuhe", (tx) => w.house.standards.approve(tx, id, null));
}
/** A standard raised from a month on, past, present or to come; approved, not yet counted. */
export const raise: Doing = async (w, [a, b]) => {
  const taken = new Set(
    (await owner<{ since: IsoDate }>(w, "select since::text from county_standard")).map((s) => s.since),
  );
  let since = firstDay(addMonths(thisMonth(w), (a % 5) - 3));
  while (taken.has(since)) since = firstDay(addMonths(since.slice(0, 7), 1));
  const percent = 103 + (b % 10);
  await give(w, `提标到 ${percent}%，${since} 起`, since, percent, false);
};
/** A standard that was entered wrongly, put right on its own day: higher or lower. */
export const correctStandard: Doing = async (w, [a, b]) => {
  const given = pick(
    await owner<{ since: IsoDate }>(
      w,
      "select distinct since::text from county_standard where state = 'active' order by 1",
    ),
    a,
  );
  if (!given) return;
  const percent = b % 3 === 0 ? 97 : 101 + (b % 5);
  await give(w, `更正 ${given.since} 起的标准为现行的 ${percent}%`, given.since, percent, true);
};

/** Counted, released by a second person, applied; one that is out of date is cancelled and counted anew. */
export const carryOut: Doing = async (w) => {
  await work(w);
  const runs = await w.o.as("shenpi", (tx) => repricing(w).list(tx));
  for (const { id } of runs.filter((r) => r.state === "ready")) {
    if (await ask(w, "放行提标", "shenpi", (tx) => repricing(w).release(tx, id, { note: "" }))) await work(w);
    else {
      const { standardId } = (
        await owner<{ standardId: string }>(
          w,
          'select standard_id as "standardId" from reprice where id = $1',
          [id],
        )
      )[0] as { standardId: string };
      await ask(w, "取消过时的测算", "shenpi", (tx) => repricing(w).cancel(tx, id));
      const again = newId();
      await ask(w, "重新测算", "xian", (tx) =>
        repricing(w).open(tx, { id: again, standardId, lowers: false }),
      );
    }
  }
};

// ── changes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const change = async (
  w: County,
  of: Drawing | undefined,
  what: string,
  input: Parameters<typeof w.house.entitlements.previewChange>[2],
) => {
  if (!of) return;
  const id = newId();
  await ask(w, `${of.payee}家${what}`, "xian", (tx) =>
    w.house.entitlements.change(tx, of.id, { ...input, id }),
  );
};
export const suspend: Doing = async (w, [a, b]) => {
  const fromMonth = addMonths(thisMonth(w), b % 2);
  await change(w, await drawing(w, a), `从 ${fromMonth} 暂停`, {
    kind: "suspend",
    fromMonth,
    reason: "联系不上",
  });
};
export const resume: Doing = async (w, [a, b]) => {
  const fromMonth = addMonths(thisMonth(w), 1 - (b % 4));
  await change(w, await drawing(w, a), `从 ${fromMonth} 恢复`, {
    kind: "resume",
    fromMonth,
    reason: "已经核实",
  });
};
export const leave: Doing = async (w, [a, b, c]) => {
  const e = await drawing(w, a);
  const persons = await owner<{ personId: string; name: string }>(
    w,
    `select c.person_id as "personId", p.name from entitlement_person c join person p on p.id = c.person_id
     where c.entitlement_id = $1 and c.person_id <> $2 order by p.birth_date desc, p.name`,
    [e?.id ?? null, e?.payeeId ?? null],
  );
  const person = pick(persons, b);
  if (!person) return;
  const happenedOn = midOf(w, c % 4);
  await change(w, e, `${person.name} ${happenedOn} 离开`, {
    ...{ kind: "member-out", event: "left", personId: person.personId, happenedOn, reason: "迁往外县" },
  });
};
export const move: Doing = async (w, [a, b]) => {
  const divisionCode = b % 2 ? w.o.otherVillage : w.o.village;
  const areaClass = b % 3 ? "农村" : "城市";
  await change(w, await drawing(w, a), `迁往 ${divisionCode}，${areaClass}`, {
    ...{ kind: "transfer", divisionCode, areaClass, reason: "搬家" },
  });
};
/** A review of the means: what the rules then say is decided, by adjusting, by an end in steps, or by a stop. */
export const review: Doing = async (w, [a, b, c]) => {
  const e = await drawing(w, a);
  if (!e) return;
  const { o } = w;
  const wage = (b % 7) * 45_000;
  const acted = await ask(w, `${e.payee}家复核，月工资 ${wage / 100} 元`, "zhen", async (tx) => {
    const act = async (action: string, data: Parameters<typeof o.act>[3] = {}) => {
      const { version } = await w.house.cases.page(tx, e.caseId);
      await w.house.cases.act(tx, e.caseId, { id: newId(), version, action, data });
    };
    await act("start_recheck", { kind: "定期" });
    await act("recheck_survey", o.survey(today(w), { [`member.${e.payeeId}.wage`]: wage }));
    await act("recheck_opinion", { suggest: "减发", reason: "按复核所见。" });
    return true;
  });
  if (!acted) return;
  for (const [action, data] of [
    ["adjust", { reason: "按现有收入重新计算。" }],
    ["exit_gradually", { months: 1 + (c % 3), reason: "就业增收。" }],
    ["stop", { cause: "收入超过标准", reason: "收入超过标准。" }],
  ] as const) {
    const { version } = await o.page("xian", e.caseId);
    const id = newId();
    const done = await ask(w, `${e.payee}家决定 ${action}`, "xian", (tx) =>
      w.house.cases.act(tx, e.caseId, { id, version, action, data }),
    );
    if (done) return;
  }
};
/** Told late: up to three months ago. */
export const die: Doing = async (w, [a, b, c]) => {
  const e = await drawing(w, a);
  const person = pick(
    await owner<{ id: string; name: string }>(
      w,
      `select p.id, p.name from entitlement_person c join person p on p.id = c.person_id
       where c.entitlement_id = $1 and p.died_on is null order by p.birth_date, p.name`,
      [e?.id ?? null],
    ),
    b,
  );
  if (!person) return;
  const diedOn = midOf(w, c % 4);
  await ask(w, `${person.name} ${diedOn} 去世，现在才报`, "zhen", (tx) =>
    w.house.registry.recordDeath(tx, person.id, diedOn, "家属报告"),
  );
};

// ── recoveries ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const recover: Doing = async (w, [a, b, c]) => {
  const { recoveries } = w.house.payments;
  const { rows } = await w.o.as("xian", (tx) => recoveries.list(tx, { size: 50 }));
  const r = pick(
    rows.filter((x) => x.state === "proposed" || x.state === "confirmed"),
    a,
  );
  if (!r) return;
  const page = await w.o.as("xian", (tx) => recoveries.page(tx, r.id));
  const whose = `${r.payee}的追缴 ${r.leftFen / 100} 元：`;
  if (r.state === "proposed" || b % 5 === 0) {
    if (c === 0) {
      await ask(w, `${whose}不予追缴`, "shenpi", (tx) =>
        recoveries.dismiss(tx, r.id, { reason: "情况特殊" }),
      );
      return;
    }
    const [from] = page.sources;
    const plan =
      from && c % 4 > 0
        ? { way: "deduct" as const, instalmentFen: Math.max(1, from.mostFen), deductFrom: from.id, note: "" }
        : { way: "cash" as const, instalmentFen: null, deductFrom: null, note: "" };
    await ask(w, `${whose}确认，${plan.way}`, "xian", (tx) => recoveries.confirm(tx, r.id, plan));
    return;
  }
  const id = newId();
  const amountFen = Math.max(1, Math.floor((r.leftFen * (1 + (c % 4))) / 4));
  if (b % 3 > 0)
    await ask(w, `${whose}退回现金 ${amountFen / 100} 元`, "caiwu", (tx) =>
      recoveries.repay(tx, r.id, { id, amountFen, on: today(w), note: "收据" }),
    );
  else {
    const kind = a % 2 ? ("waiver" as const) : ("write-off" as const);
    const wanted = { id, kind, amountFen, reason: "家庭困难，无法追回" };
    await ask(w, `${whose}申请 ${kind} ${amountFen / 100} 元`, "zhen", (tx) =>
      recoveries.ask(tx, r.id, wanted),
    );
    await ask(w, "免除、核销的审批", "shenpi", (tx) =>
      recoveries.answer(tx, id, { given: c % 5 > 0, reason: "家里拿得出" }),
    );
  }
};

/** Cash that was entered wrongly. */
export const correct: Doing = async (w, [a, , c]) => {
  const { recoveries } = w.house.payments;
  const cash = pick(
    await owner<{ receiptId: string; recoveryId: string; fen: number }>(
      w,
      `select receipt_id as "receiptId", recovery_id as "recoveryId", sum(amount_fen)::int as fen from recovery_entry
       where kind = 'cash' group by 1, 2 order by min(at)`,
    ),
    a,
  );
  if (!cash) return;
  const id = newId();
  const { receiptId, recoveryId, fen: amountFen } = cash;
  await ask(w, `退回现金 ${amountFen / 100} 元登记错了，申请更正`, "caiwu", (tx) =>
    recoveries.ask(tx, recoveryId, { id, kind: "reversal", amountFen, receiptId, reason: "收据看错" }),
  );
  await ask(w, "更正的审批", "shenpi", (tx) =>
    recoveries.answer(tx, id, { given: c % 4 > 0, reason: "收据没有错" }),
  );
};
