/** People and what they draw: person and household pages, numbers, deaths, entitlements. */
import type { Field } from "@wuxin/declare";
import { addMonths, ageOn, formatYuan, monthOf } from "@wuxin/kernel";
import type { House } from "../compose.ts";
import { createDeathCorrections } from "../death-corrections.ts";
import type { SomeHandlers } from "../http.ts";
import { chainOf, opensFor } from "./chain.ts";
import { standingOf } from "./standing.ts";

type Ids =
  | "getPerson"
  | "getHousehold"
  | "changeHousehold"
  | "unmask"
  | "setBankAccount"
  | "reportDeath"
  | "askDeathCorrection"
  | "answerDeathCorrection"
  | "withdrawDeathCorrection"
  | "tellDeathCorrection"
  | "listRelativeFilings"
  | "listEntitlements"
  | "getEntitlement"
  | "recordReview";

const MONTHS_SHOWN = 24;
const may = (role: string, ...roles: string[]) => roles.includes(role);

export function peopleHandlers(house: House): SomeHandlers<Ids> {
  const { clock, registry, facts, cases, entitlements, payments, counties } = house;
  const words = factWords(house);
  const corrections = createDeathCorrections(house);
  type Tx = Parameters<typeof registry.getPerson>[0];
  const divisionName = (tx: Tx, code: string) => counties.divisionName(tx.actor.countyCode, code);

  type Paid = Awaited<ReturnType<typeof payments.months>>;
  /** The strip of the last months, oldest first; a month without payment stays as an empty cell. */
  function strip(paid: Paid) {
    const now = monthOf(clock.today());
    const cells = new Map(paid.map((p) => [p.month, p.cells]));
    return Array.from({ length: MONTHS_SHOWN }, (_, i) => addMonths(now, i - MONTHS_SHOWN + 1)).map(
      (month) => ({ month, cells: cells.get(month) ?? [] }),
    );
  }

  return {
    getPerson: ({ params }, { caller }) =>
      house.as(caller, async (tx) => {
        const { person, account } = await registry.personPage(tx, params.id);
        const role = caller.actor.role;
        const [known, caseRows, benefits] = [
          await facts.current(tx, [{ kind: "person", id: person.id }]),
          await cases.caseRowsForPerson(tx, person.id),
          await entitlements.forPerson(tx, person.id),
        ];
        const paid = await payments.months(
          tx,
          benefits.map((b) => b.id),
          MONTHS_SHOWN,
        );
        const county = may(role, "township", "county");
        const correction = await corrections.latest(tx, person);
        return {
          id: person.id,
          name: person.name,
          idNoMasked: person.idNoMasked,
          phoneMasked: person.phoneMasked,
          sex: person.sex,
          birthDate: person.birthDate,
          age: ageOn(person.birthDate, person.diedOn ?? clock.today()),
          diedOn: person.diedOn,
          divisionCode: person.divisionCode,
          divisionName: divisionName(tx, person.divisionCode),
          address: person.address,
          householdId: person.householdId,
          account: account && {
            bankName: account.bankName,
            accountMasked: account.accountMasked,
            holderName: account.holderName,
            since: account.since,
          },
          canUnmask: may(role, "township", "county", "finance", "auditor"),
          canEditAccount: county,
          canCorrectDeath: person.diedOn !== null && correction?.state !== "proposed" && county,
          deathCorrection: correction,
          canReportDeath: person.diedOn === null && may(role, "village", "township", "county"),
          facts: [...known.values()]
            .flatMap((byName) => [...byName.values()])
            .map((f) => ({
              fact: f.name,
              text: words(f.name, f.value),
              source: f.source,
              date: f.validFrom,
            })),
          entitlements: benefits,
          cases: caseRows,
          months: strip(paid),
          chain: await chainOf(house, tx, {
            ...{ householdId: person.householdId, personIds: [person.id], cases: caseRows, benefits, paid },
          }),
        };
      }),

    getHousehold: ({ params }, { caller }) =>
      house.as(caller, async (tx) => {
        const h = await registry.householdPage(tx, params.id);
        const memberIds = h.members.filter((m) => m.toDate === null).map((m) => m.personId);
        // What its members applied for by themselves is the household's too.
        const own = await cases.caseRowsForHousehold(tx, h.id);
        const seen = new Set(own.map((c) => c.id));
        const others = (await cases.caseRowsForPersons(tx, memberIds)).filter((c) => !seen.has(c.id));
        const caseRows = [...own, ...others];
        const benefits = await entitlements.forHousehold(tx, h.id, memberIds);
        const paid = await payments.months(
          tx,
          benefits.map((b) => b.id),
          MONTHS_SHOWN,
        );
        const of = {
          householdId: h.id,
          personIds: memberIds,
          cases: caseRows,
          benefits,
          paid,
        };
        return {
          id: h.id,
          headName: h.headName,
          divisionCode: h.divisionCode,
          divisionName: divisionName(tx, h.divisionCode),
          address: h.address,
          areaClass: h.areaClass,
          members: h.members.map((m) => ({
            personId: m.personId,
            name: m.name,
            relation: m.relation,
            sex: m.sex,
            age: ageOn(m.birthDate, m.diedOn ?? clock.today()),
            idNoMasked: m.idNoMasked,
            diedOn: m.diedOn,
            fromDate: m.fromDate,
            toDate: m.toDate,
          })),
          entitlements: benefits,
          cases: caseRows,
          months: strip(paid),
          standing: await standingOf(house, tx, of, opensFor(tx)),
          chain: await chainOf(house, tx, of),
        };
      }),

    async changeHousehold({ params, body }, { caller }) {
      await house.as(caller, async (tx) => entitlements.changeHome?.(tx, params.id, body));
      return { ok: true };
    },

    unmask: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => registry.unmask(tx, params.id, body.field, body.reason)),

    async setBankAccount({ params, body }, { caller }) {
      await house.as(caller, (tx) => registry.setBankAccount(tx, { ...body, personId: params.id }));
      return { ok: true };
    },

    reportDeath: ({ params, body }, { caller }) =>
      house.as(caller, async (tx) => {
        await registry.recordDeath(tx, params.id, body.diedOn, body.source);
        // Told at once, not only through the outbox: whoever reports a death sees what stops. Hearing it twice changes nothing.
        const outcome = await entitlements.onDeath(tx, { personId: params.id, diedOn: body.diedOn });
        return {
          stopped: outcome.stopped.map(({ itemTitle, lastMonth }) => ({ itemTitle, lastMonth })),
          overpaidFen: outcome.overpaidFen,
        };
      }),

    async askDeathCorrection({ params, body }, { caller }) {
      await house.as(caller, (tx) => registry.askCorrection(tx, params.id, body));
      return { ok: true };
    },
    answerDeathCorrection: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => corrections.answer(tx, params.id, body)),
    async withdrawDeathCorrection({ params }, { caller }) {
      await house.as(caller, (tx) => registry.withdrawCorrection(tx, params.id));
      return { ok: true };
    },
    async tellDeathCorrection({ params }, { caller }) {
      await house.as(caller, (tx) => registry.departmentsTold(tx, params.id));
      return { ok: true };
    },

    async listRelativeFilings(_input, { caller }) {
      const { rows } = await house.read(caller, (tx) =>
        registry.listRelativeFilings(tx, { page: 1, size: 200 }),
      );
      return rows.map(({ divisionCode, ...row }) => ({
        ...row,
        divisionName: counties.divisionName(caller.actor.countyCode, divisionCode),
      }));
    },

    listEntitlements: ({ query }, { caller }) =>
      house.read(caller, (tx) => entitlements.list(tx, { ...query, due: query.due === "true" })),
    getEntitlement: ({ params }, { caller }) => house.as(caller, (tx) => entitlements.page(tx, params.id)),
    recordReview: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => entitlements.recordReview(tx, params.id, body)),
  };
}

/** A fact as an officer says it, by the field of whichever form asks it. */
function factWords({ catalogue }: House): (name: string, value: string | number | boolean | null) => string {
  const fields = new Map<string, Field>();
  for (const item of catalogue.items.values())
    for (const f of [...item.form.household, ...item.form.member]) if (f.fact) fields.set(f.fact, f);
  return (name, value) => {
    const f = fields.get(name);
    if (value === null) return "未填报";
    if (typeof value === "boolean") return value ? "是" : "否";
    if (typeof value === "number" && f?.type === "money") return `${formatYuan(value)} ${f.unit ?? "元"}`;
    return `${f?.choices?.find((c) => c.value === value)?.label ?? value}${f?.unit ?? ""}`;
  };
}
