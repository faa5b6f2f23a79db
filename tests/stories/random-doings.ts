/** What may happen in the random county: each doing chooses among what there is by the numbers it is given. */
import { answerCsv, type BankAnswer } from "@wuxin/engines/payments";
import { addMonths, DomainError, firstDay, type IsoDate, type Month, newId } from "@wuxin/kernel";
import { ask, award, type County, settle, thisMonth, today, work } from "./random-county.ts";

type Numbers = readonly [a: number, b: number, c: number];
export type Doing = (w: County, n: Numbers) => Promise<void>;

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
const owner = <T>(w: County, sql: string, values: unknown[] = []) => w.t.owner<T>(sql, values);

interface Drawing {
  id: string;
  caseId: string;
  payee: string;
  payeeId: string;
  divisionCode: string;
}
const drawing = async (w: County, n: number) =>
  pick(
    await owner<Drawing>(
      w,
      `select e.id, e.case_id as "caseId", p.name as payee, e.payee_id as "payeeId", e.division_code as "divisionCode"
       from entitlement e join person p on p.id = e.payee_id order by e.opened_at, e.id`,
    ),
    n,
  );
interface Roster {
  id: string;
  number: string;
  state: string;
  kind: string;
  month: Month;
}
const rosters = (w: County, ...states: string[]) =>
  owner<Roster>(
    w,
    "select id, number, state, kind, month from roster where state = any($1) order by month, number",
    [states],
  );
const repricing = (w: County) => {
  const { repricing: r } = w.house.entitlements;
  if (!r) throw new Error("composed with repricing");
  return r;
};
const midOf = (w: County, back: number): IsoDate => {
  const day = `${addMonths(thisMonth(w), -back)}-15` as IsoDate;
  return day > today(w) ? today(w) : day;
};

// ── standards ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A standard raised from a month on, past, present or to come; approved, not yet counted. */
const raise: Doing = async (w, [a, b]) => {
  const list = await w.o.as("xian", (tx) => w.house.standards.list(tx));
  const row = list.find((s) => s.name === "低保标准");
  const taken = new Set(
    (await owner<{ since: IsoDate }>(w, "select since::text from county_standard")).map((s) => s.since),
  );
  let since = firstDay(addMonths(thisMonth(w), (a % 5) - 3));
  while (taken.has(since)) since = firstDay(addMonths(since.slice(0, 7), 1));
  const id = newId();
  const percent = 3 + (b % 10);
  const proposed = await ask(w, `提标 ${percent}%，${since} 起`, "xian", async (tx) => {
    await w.house.standards.propose(tx, "低保标准", {
      ...{ id, since, form: "amount", multiple: null, note: null, corrects: false },
      values: (row?.current?.values ?? []).map((v) => ({
        ...{ key: v.key, unit: null, text: String(Math.ceil(Number(v.printed) * (1 + percent / 100))) },
      })),
      document: `随机〔2024〕${w.serial++}号`,
    });
    return w.house.standards.submit(tx, id);
  });
  if (proposed) await ask(w, "批准这次提标", "fuhe", (tx) => w.house.standards.approve(tx, id, null));
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
const suspend: Doing = async (w, [a, b]) => {
  const fromMonth = addMonths(thisMonth(w), b % 2);
  await change(w, await drawing(w, a), `从 ${fromMonth} 暂停`, {
    kind: "suspend",
    fromMonth,
    reason: "联系不上",
  });
};
const resume: Doing = async (w, [a, b]) => {
  const fromMonth = addMonths(thisMonth(w), 1 - (b % 4));
  await change(w, await drawing(w, a), `从 ${fromMonth} 恢复`, {
    kind: "resume",
    fromMonth,
    reason: "已经核实",
  });
};
const leave: Doing = async (w, [a, b, c]) => {
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
const move: Doing = async (w, [a, b]) => {
  const divisionCode = b % 2 ? w.o.otherVillage : w.o.village;
  const areaClass = b % 3 ? "农村" : "城市";
  await change(w, await drawing(w, a), `迁往 ${divisionCode}，${areaClass}`, {
    ...{ kind: "transfer", divisionCode, areaClass, reason: "搬家" },
  });
};
/** A review of the means: what the rules then say is decided, by adjusting, by an end in steps, or by a stop. */
const review: Doing = async (w, [a, b, c]) => {
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
const die: Doing = async (w, [a, b, c]) => {
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

const recover: Doing = async (w, [a, b, c]) => {
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
    const waiver = { id, kind: "waiver" as const, amountFen, reason: "家庭困难" };
    await ask(w, `${whose}申请免除 ${amountFen / 100} 元`, "zhen", (tx) => recoveries.ask(tx, r.id, waiver));
    await ask(w, "免除的审批", "shenpi", (tx) => recoveries.answer(tx, id, { given: c % 5 > 0 }));
  }
};

/** Cash that was entered wrongly. */
const correct: Doing = async (w, [a, , c]) => {
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
  await ask(w, "更正的审批", "shenpi", (tx) => recoveries.answer(tx, id, { given: c % 4 > 0 }));
};

// ── rosters ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const generate: Doing = async (w, [a]) => {
  const month = addMonths(thisMonth(w), a % 5 === 0 ? 1 : 0);
  const id = newId();
  await ask(w, `生成 ${month} 名册`, "xian", (tx) => w.house.payments.generate(tx, { id, month }));
};
const holdOrRelease: (kind: "hold" | "release") => Doing =
  (kind) =>
  async (w, [a, b]) => {
    const of = kind === "hold" ? ["draft"] : ["draft", "sent", "closed"];
    const roster = pick(await rosters(w, ...of), a);
    const line = pick(
      await owner<{ id: string; payee: string }>(
        w,
        "select id, payee_name as payee from roster_line where roster_id = $1 and state = $2 order by seq",
        [roster?.id ?? null, kind === "hold" ? "ready" : "held"],
      ),
      b,
    );
    if (!roster || !line) return;
    const what = `名册 ${roster.number} ${kind === "hold" ? "暂缓" : "放行"}${line.payee}`;
    await ask(w, what, kind === "hold" ? "xian" : "shenpi", (tx) =>
      w.house.payments[kind](tx, roster.id, line.id, { reason: "核实" }),
    );
  };
const discard: Doing = async (w, [a, , c]) => {
  const roster = c % 3 === 0 ? pick(await rosters(w, "draft", "made", "checked", "approved"), a) : undefined;
  if (roster)
    await ask(w, `作废名册 ${roster.number}`, "xian", (tx) =>
      w.house.payments.discard(tx, roster.id, { reason: "重做" }),
    );
};
const ALL = ["draft", "made", "checked", "approved", "sent", "closed"];
const SIGNING = [
  ["draft", "maker", "xian"],
  ["made", "checker", "fuhe"],
  ["checked", "approver", "shenpi"],
] as const;
async function sign(w: County, roster: Roster, steps: number): Promise<boolean> {
  const from = SIGNING.findIndex(([state]) => state === roster.state);
  if (from < 0) return roster.state === "approved";
  for (const [, step, who] of SIGNING.slice(from, from + steps)) {
    const signed = await ask(w, `名册 ${roster.number} 签字 ${step}`, who, async (tx) => {
      const { digest } = await w.house.payments.page(tx, roster.id);
      return w.house.payments.sign(tx, roster.id, { step, digest });
    });
    if (!signed) return false;
  }
  return from + steps >= SIGNING.length;
}
/** Signed as far as is missing, and sent. */
export async function send(w: County, roster: Roster): Promise<void> {
  if (!(await sign(w, roster, 3))) return;
  const id = newId();
  const sent = await ask(w, `名册 ${roster.number} 报送银行`, "caiwu", (tx) =>
    w.house.payments.exportBankFile(tx, roster.id, { id, format: "csv" }),
  );
  const fileId = sent?.bankFiles[0]?.id;
  if (!fileId) return;
  const { bytes } = await w.o.as("caiwu", (tx) => w.house.payments.downloadBankFile(tx, fileId));
  w.files.set(roster.id, bytes);
}
const push: Doing = async (w, [a, , c]) => {
  const roster = pick((await rosters(w, "draft", "made", "checked", "approved")).reverse(), a % 2);
  if (!roster) return;
  if (c === 0) await sign(w, roster, 1);
  else await send(w, roster);
};
/** The bank's answers: some left out, some failed, some not known yet. It never takes back what it said. */
export async function answer(w: County, rosterId: string, mood: number | null): Promise<void> {
  const file = w.files.get(rosterId);
  if (!file) return;
  const counts = { paid: 0, failed: 0, unknown: 0 };
  const bytes = answerCsv(file, (l) => {
    if (mood !== null && (l.index + mood) % 4 === 0) return null;
    const fresh: BankAnswer =
      mood !== null && (mood + l.index) % 3 === 0
        ? { outcome: "failed", failCode: "E1", failReason: "账户冻结" }
        : mood !== null && (mood + l.index) % 7 === 0
          ? { outcome: "unknown" }
          : { outcome: "paid", bankSerial: `S${w.serial}`, paidOn: today(w) };
    const known = w.bank.get(l.lineId);
    const said = known && known.outcome !== "unknown" ? known : fresh;
    w.bank.set(l.lineId, said);
    counts[said.outcome]++;
    return said;
  });
  const id = newId();
  const what = `装载回盘：成功 ${counts.paid}，失败 ${counts.failed}，未知 ${counts.unknown}`;
  await ask(w, what, "caiwu", (tx) =>
    w.house.payments.loadReturn(tx, rosterId, { id, fileName: "回盘.csv", bytes }),
  );
}
const bankAnswers: Doing = async (w, [a, b]) => {
  const roster = pick((await rosters(w, "sent", "closed")).reverse(), a % 3);
  if (roster) await answer(w, roster.id, b % 3 === 0 ? null : b);
};
/** Another roster's answer, or one with an amount that was not sent: refused whole. */
const wrongFile: Doing = async (w, [a, b]) => {
  const roster = pick(await rosters(w, "sent", "closed"), a);
  const [, file] =
    pick(
      [...w.files].filter(([id]) => (b % 2 ? id !== roster?.id : id === roster?.id)),
      b,
    ) ?? [];
  if (!roster || !file) return;
  let bytes = answerCsv(file, () => ({ outcome: "paid", bankSerial: "X", paidOn: today(w) }));
  if (b % 2 === 0) {
    const text = bytes.toString("utf8");
    bytes = Buffer.from(
      text.replace(/,(\d+),(\d+\.\d\d),/, (_, fen, yuan) => `,${Number(fen) + 100},${yuan},`),
    );
    if (bytes.toString("utf8") === text) return;
  }
  const before = await owner(w, "select count(*)::int as n from payment_event");
  const id = newId();
  const loaded = await ask(w, "装载错的回盘", "caiwu", (tx) =>
    w.house.payments.loadReturn(tx, roster.id, { id, fileName: "错.csv", bytes }),
  );
  const after = await owner(w, "select count(*)::int as n from payment_event");
  if (loaded || JSON.stringify(after) !== JSON.stringify(before))
    throw new Error(["装载了错的回盘", ...w.told].join("\n"));
};
const reissue: Doing = async (w, [a]) => {
  const roster = pick((await rosters(w, "sent", "closed")).reverse(), a % 3);
  const id = newId();
  if (roster)
    await ask(w, `名册 ${roster.number} 失败补发`, "xian", (tx) =>
      w.house.payments.reissue(tx, roster.id, { id }),
    );
};
/** A whole ordinary month: made, signed, sent, and paid. */
const payMonth: Doing = async (w, [, b]) => {
  const made = async () =>
    (await rosters(w, ...ALL)).find((r) => r.kind === "monthly" && r.month === thisMonth(w));
  if (["sent", "closed"].includes((await made())?.state ?? "")) await nextMonth(w, [0, 0, 0]);
  if (!(await made())) await generate(w, [1, 0, 0]);
  const roster = await made();
  if (!roster) return;
  await send(w, roster);
  await answer(w, roster.id, b % 3 === 0 ? b : null);
};
export const nextMonth: Doing = async (w) => {
  w.clock.set(`${addMonths(thisMonth(w), 1)}-05`);
};

export const DOINGS = {
  ...{ nextMonth, payMonth, raise, carryOut, suspend, resume, leave, move, review, die, recover, correct },
  ...{ generate, discard, push, bankAnswers, wrongFile, reissue },
  ...{ hold: holdOrRelease("hold"), release: holdOrRelease("release"), award: (w, [a]) => award(w, a) },
} satisfies Record<string, Doing>;

/** An office that finishes its work: runs carried out, everything sent, answered and paid again until nothing is left. */
export async function finish(w: County): Promise<void> {
  w.crash = null;
  w.told.push("—— 收尾：全部办完 ——");
  for (let n = 0; n < 3; n++) await carryOut(w, [0, 0, 0]);
  for (const r of (await rosters(w, "draft", "made", "checked", "approved")).reverse())
    await w.o.as("xian", (tx) => w.house.payments.discard(tx, r.id, { reason: "收尾" }));
  for (let month = 0; month < 2; month++) {
    await nextMonth(w, [0, 0, 0]);
    if (!(await rosters(w, "sent", "closed")).some((r) => r.kind === "monthly" && r.month === thisMonth(w))) {
      await generate(w, [1, 0, 0]);
      for (const r of await rosters(w, "draft")) await send(w, r);
    }
    for (let n = 0; n < 4; n++) {
      for (const r of await rosters(w, "sent")) await answer(w, r.id, null);
      for (const r of await rosters(w, "sent"))
        try {
          await w.o.as("xian", (tx) => w.house.payments.reissue(tx, r.id, { id: newId() }));
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
        }
      for (const r of await rosters(w, "draft")) await send(w, r);
    }
  }
  await settle(w);
}

/** Every standard counted once more: whom it would still raise. */
export async function stillToRaise(w: County): Promise<unknown[]> {
  const found: unknown[] = [];
  const standards = await owner<{ id: string; since: string }>(
    w,
    "select distinct on (first_month) standard_id as id, first_month as since from reprice where state = 'done' order by first_month, opened_at desc",
  );
  for (const { id, since } of standards.slice(0, 1)) {
    const run = newId();
    await w.o.as("xian", (tx) => repricing(w).open(tx, { id: run, standardId: id, lowers: false }));
    await work(w);
    const { preview } = await w.o.as("xian", (tx) => repricing(w).page(tx, run));
    if (!preview || preview.total.raise > 0) found.push({ since, preview });
    await w.o.as("xian", (tx) => repricing(w).cancel(tx, run));
  }
  return found;
}
