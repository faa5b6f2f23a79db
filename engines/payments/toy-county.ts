/** A toy county for the tests of this engine: two benefits in one group, one in another, and the people who sign. */

import { readFileSync } from "node:fs";
import { readBankLayout, readRedFlags, redFlagsIn } from "@wuxin/declare";
import { createEntitlements } from "@wuxin/engines/entitlements";
import { fixedClock, newId } from "@wuxin/kernel";
import {
  type Actor,
  createWorker,
  type Database,
  type JobHandler,
  systemActor,
  type Tx,
} from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import type { Listed } from "./flag-store.ts";
import { answerCsv, type BankAnswer, createPayments, documentKey, paidMonths } from "./index.ts";

export const COUNTY = "430621";
export const TOWN = "430621101";

const review = { code: "look", label: "年度核查", everyMonths: 12, article: "第一条" };
const rules = {
  starts: "next-month",
  paidTo: "self",
  review,
  stopsAfterDeath: true,
  plausibleMaxFen: 100_000,
} as const;
/** soup and bread exclude each other; tea stands alone. */
const items = new Map(
  (
    [
      ["soup", "热汤", "吃饭"],
      ["bread", "面包", "吃饭"],
      ["tea", "茶水", "喝水"],
    ] as const
  ).map(([code, name, exclusivityGroup]) => [
    code,
    {
      title: `${name}补助`,
      shortTitle: name,
      subject: "person" as const,
      entitlement: {
        ...rules,
        exclusivityGroup,
        ...(code === "tea" && { tiers: ["口味"] }),
        ...(code === "soup" && { rosterPublicity: { days: { switch: "soupDays" }, article: "第九条" } }),
        ...(code === "bread" && { rosterPublicity: { never: "领面包的是儿童，不公示。" } }),
      },
    },
  ]),
);

export function actor(role: string, name: string, county = COUNTY): Actor {
  return { ...systemActor(county), accountId: newId(), name, role };
}

/** The files that ship with the counties. */
export const LAYOUTS = ["csv", "xlsx", "bar-gb18030", "fixed-gb18030"].map((code) =>
  readBankLayout(code, {
    file: `${code}.yaml`,
    text: readFileSync(new URL(`../../counties/banks/${code}.yaml`, import.meta.url), "utf8"),
  }),
);

/** The rules of all counties, and what a test lays over them. */
const RED_FLAGS = {
  file: "red-flags.yaml",
  text: readFileSync(new URL("../../domains/red-flags.yaml", import.meta.url), "utf8"),
};

export interface Citizen {
  readonly id: string;
  readonly name: string;
  readonly idNo: string;
}

export async function openToyCounty() {
  const data = await testDatabase();
  let serial = 0;
  const audited: { action: string; detail: string }[] = [];
  const audit = {
    record: async (_tx: Tx, e: { action: string; detail?: string }) => {
      audited.push({ action: e.action, detail: e.detail ?? "" });
    },
  };
  const divisionName = (_county: string, code: string) => (code === TOWN ? "甲镇" : "乙镇");
  /** What a test says may not be drawn together. */
  let exclusions: { item: string; slot: string; article: string }[] = [];
  let redFlags = readRedFlags(RED_FLAGS);
  let listed: readonly Listed[] = [];
  function engines(today: string, over: { returnPart?: number; filePage?: number } = {}) {
    const clock = fixedClock(today);
    return {
      entitlements: createEntitlements({
        clock,
        catalogue: { items },
        audit,
        paid: paidMonths,
        divisionName,
      }),
      payments: createPayments({
        ...{ clock, vault: data.vault, catalogue: { items }, audit, divisionName, ...over },
        exclusions: () => exclusions,
        redFlags: (_county, month) => redFlagsIn(redFlags, month),
        objectionDays: () => 10,
        listed: async () => listed,
        layouts: () => LAYOUTS,
        switches: () => ({ soupDays: 7 }),
        // Soup has its paper, the rest waits for money.
        fundDocuments: async (_tx, _roster, sent) =>
          new Map(sent.filter((s) => s.item === "soup").map((s) => [documentKey(s), ["甲财社〔2024〕1号"]])),
      }),
    };
  }

  /** The same number in two counties is one person. */
  async function person(
    name: string,
    over: { county?: string; idNo?: string; account?: string | null; division?: string } = {},
  ) {
    const county = over.county ?? COUNTY;
    const citizen: Citizen = { id: newId(), name, idNo: over.idNo ?? `id-${++serial}` };
    const division = over.division ?? `${county}101`;
    const account = over.account === undefined ? `62170000${String(10_000 + serial)}` : over.account;
    await data.db.transact(systemActor(county), async (tx) => {
      await tx.exec(
        `insert into person (id, division_code, name, pinyin, initials, sex, birth_date, id_no_sealed, id_no_digest,
           id_tail_digest, address, created_at)
         values ($1, $2, $3, 'x', 'x', '女', '1950-01-01', $4, $5, $5, '一组', now())`,
        [citizen.id, division, name, data.vault.seal(citizen.idNo), data.vault.digest(citizen.idNo)],
      );
      if (account !== null) await setAccount(tx, citizen, account, division);
    });
    return citizen;
  }
  async function setAccount(tx: Tx, p: Citizen, account: string, division = TOWN, holder = p.name) {
    await tx.exec(
      "update bank_account set replaced_at = now() where person_id = $1 and replaced_at is null",
      [p.id],
    );
    await tx.exec(
      `insert into bank_account (id, person_id, division_code, bank_name, account_sealed, account_digest, holder_name,
         since, reason, recorded_at)
       values ($1, $2, $3, '农商银行', $4, $5, $6, '2024-01-01', '登记', now())`,
      [newId(), p.id, division, data.vault.seal(account), data.vault.digest(account), holder],
    );
  }

  /** Awarded to the first of the covered. */
  async function award(
    covered: readonly Citizen[],
    over: {
      item?: string;
      amountFen?: number;
      fromMonth?: string;
      county?: string;
      decidedOn?: string;
      division?: string;
    } = {},
  ): Promise<string> {
    const county = over.county ?? COUNTY;
    const payeeId = covered[0]?.id as string;
    const decidedOn = over.decidedOn ?? "2024-08-20";
    const item = over.item ?? "soup";
    return data.db.transact(systemActor(county), async (tx) => {
      const { entitlements } = engines(decidedOn);
      await entitlements.onDecision(tx, {
        caseId: newId(),
        decisionId: newId(),
        item,
        kind: "award",
        householdId: null,
        applicantId: payeeId,
        payeeId,
        divisionCode: over.division ?? `${county}101`,
        areaClass: "农村",
        amountFen: over.amountFen ?? 50_000,
        persons: covered.length,
        covered: covered.map((c) => c.id),
        fromMonth: over.fromMonth ?? "2024-09",
        decidedOn,
        reason: "符合条件",
      });
      const { id } = await tx.one<{ id: string }>(
        "select id from entitlement where payee_id = $1 and item = $2 order by opened_at desc, id desc limit 1",
        [payeeId, item],
      );
      return id;
    });
  }

  const staff = {
    clerk: actor("county", "周科员"),
    second: actor("county", "吴科员"),
    leader: actor("leader", "郑局长"),
    finance: actor("finance", "王会计"),
    township: { ...actor("township", "孙经办"), scope: TOWN },
  };
  type Engines = ReturnType<typeof engines>;
  const run = <T>(who: Actor, work: (tx: Tx, p: Engines["payments"]) => Promise<T>, today = "2024-11-05") =>
    data.db.transact(who, (tx) => work(tx, engines(today).payments));

  async function generate(month: string, who = staff.clerk, today?: string) {
    const id = newId();
    return run(who, (tx, p) => p.generate(tx, { id, month }), today);
  }
  async function signAll(rosterId: string, by = [staff.clerk, staff.second, staff.leader], today?: string) {
    const steps = ["maker", "checker", "approver"] as const;
    for (const [i, step] of steps.entries())
      await run(
        by[i] as Actor,
        async (tx, p) => p.sign(tx, rosterId, { step, digest: (await p.page(tx, rosterId)).digest }),
        today,
      );
  }
  async function send(rosterId: string, format = "csv", today?: string): Promise<Buffer> {
    const page = await run(
      staff.finance,
      (tx, p) => p.exportBankFile(tx, rosterId, { id: newId(), format }),
      today,
    );
    const file = page.bankFiles.find((f) => f.format === format);
    const { bytes } = await run(staff.finance, (tx, p) => p.downloadBankFile(tx, file?.id as string), today);
    return bytes;
  }
  const load = (
    rosterId: string,
    bytes: Uint8Array,
    fileName = "回盘.csv",
    who = staff.finance,
    today?: string,
  ) => run(who, (tx, p) => p.loadReturn(tx, rosterId, { id: newId(), fileName, bytes }), today);
  const linesOf = (rosterId: string, q: object = {}) =>
    run(staff.clerk, async (tx, p) => (await p.listLines(tx, rosterId, { size: 200, ...q })).rows);
  const pageOf = (rosterId: string, who = staff.clerk) => run(who, (tx, p) => p.page(tx, rosterId));

  return {
    data: data as TestDatabase,
    audited,
    exclude: (pairs: typeof exclusions) => {
      exclusions = pairs;
    },
    listing: (found: readonly Listed[]) => {
      listed = found;
    },
    ownFlags: (text: string) => {
      redFlags = readRedFlags(RED_FLAGS, { file: "counties/430621/red-flags.yaml", text });
    },
    engines,
    staff,
    person,
    setAccount,
    award,
    run,
    generate,
    signAll,
    send,
    load,
    linesOf,
    pageOf,
    close: () => data.close(),
  };
}

export const paidOn = (paidDay: string) => (): BankAnswer => ({
  outcome: "paid",
  bankSerial: "B1",
  paidOn: paidDay,
});
export const allPaid = (bytes: Uint8Array, day = "2024-11-04") => answerCsv(bytes, paidOn(day));
/** The error code, or "ok". */
export const codeOf = (p: Promise<unknown>): Promise<string> =>
  p.then(
    () => "ok",
    (e: { code?: string }) => e.code ?? String(e),
  );

/** A worker that dies before every third step is kept. */
export function struckWorker(db: Database, jobs: Readonly<Record<string, JobHandler>>) {
  let steps = 0;
  const struck = Object.entries(jobs).map(([kind, run]): [string, JobHandler] => [
    kind,
    (context) =>
      run({
        ...context,
        step: (work) =>
          context.step(async (tx) => {
            const progress = await work(tx);
            if (++steps % 3 === 0) throw new Error("struck");
            return progress;
          }),
      }),
  ]);
  return { worker: createWorker(db, Object.fromEntries(struck), { maxAttempts: 20 }), steps: () => steps };
}
