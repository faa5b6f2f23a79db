/**
 * Outside parties: what they are called, what each kind of matter tells them, and how their answers come into the ledgers. What is
 * told is told by the house; a party reads and answers it under row-level security (engines/parties).
 */
import { type Departments, isOutside, OUTSIDE_ROLES } from "@wuxin/declare";
import type { Clues } from "@wuxin/engines/clues";
import { type Party, type PartyKind, partyOf } from "@wuxin/engines/parties";
import type { Registers } from "@wuxin/engines/registers";
import type { Registry } from "@wuxin/engines/registry";
import { type Clock, DomainError } from "@wuxin/kernel";
import { type Actor, type Database, systemActor, type Tx } from "@wuxin/platform";
import type { House } from "./compose.ts";

export interface PartyBook {
  departments(county: string): Departments;
  /** What a party is called; undefined: the county has none such. */
  name(county: string, party: string): Promise<string | undefined>;
  /** Whom an account can be made for. */
  choices(county: string): Promise<{ party: Party; name: string; kind: "department" | "institution" }[]>;
}

export function createPartyBook(deps: {
  readonly clock: Clock;
  readonly db: Database;
  readonly departments: (county: string) => Departments;
  readonly registers: () => Pick<Registers, "sites">;
  readonly divisionName: (county: string, division: string) => string;
}): PartyBook {
  const sites = (county: string) => deps.db.read(systemActor(county), (tx) => deps.registers().sites(tx));
  const book: PartyBook = {
    departments: deps.departments,
    async name(county, party) {
      const { kind, id } = partyOf(party);
      if (kind === "institution") return (await sites(county)).find((s) => s.id === id)?.title;
      return deps
        .departments(county)
        .on(deps.clock.today())
        .find((d) => d.code === id)?.name;
    },
    async choices(county) {
      const departments = deps.departments(county).on(deps.clock.today());
      return [
        ...departments.map((d) => ({
          ...{ party: `department:${d.code}` as const, name: d.name, kind: "department" as const },
        })),
        ...(await sites(county)).map((s) => ({
          ...{ party: `institution:${s.id}` as const, kind: "institution" as const },
          name: `${s.title}（${deps.divisionName(county, s.divisionCode.slice(0, 9))}，${s.registerTitle}）`,
        })),
      ];
    },
  };
  return book;
}

/** 帮扶措施 that waits for its department. */
export const measureKind = (clues: () => Clues, registry: Registry): PartyKind => ({
  label: "帮扶措施",
  async tell(tx, id) {
    const m = await clues().measures.ofDepartment(tx, id);
    if (!m) return undefined;
    return {
      title: `${m.kindLabel}：${m.divisionName}一户（${m.number}）`,
      ...{ divisionCode: m.divisionCode, state: m.open ? "waiting" : "done", dueOn: m.answerDueOn },
      purpose: `为这一户落实${m.kindLabel}`,
      basis: "国办发〔2023〕39号：分层分类社会救助，部门各按职责落实",
      lines: [
        { label: "哪一户", text: `${m.headMasked}，${m.divisionName}` },
        { label: "给什么、做什么", text: m.service },
        { label: "从哪天起", text: m.endsOn ? `${m.startsOn} 至 ${m.endsOn}` : m.startsOn },
        { label: "制定人", text: `${m.plannedByName}，${m.plannedAt.slice(0, 10)}` },
        { label: "现在", text: m.stateLabel },
      ],
      actions: m.open ? [{ action: "answer", label: "答复落实情况", fields: m.answerFields }] : [],
      identity: m.open,
    };
  },
  take: (tx, item, reply) => clues().measures.answered(tx, item.subjectId, reply),
  async identity(tx, id, purpose) {
    const m = await clues().measures.ofDepartment(tx, id);
    const home = m && (await registry.getHousehold(tx, m.householdId));
    if (!home) return [];
    const head = home.members.find((p) => p.personId === home.headPersonId);
    const numbers = await registry.idNumbers(tx, [home.headPersonId], purpose);
    return [
      { label: "户主姓名", text: head?.name ?? home.headName },
      { label: "身份证号", text: numbers.get(home.headPersonId) ?? "没有登记" },
    ];
  },
});

/** The contact of a party as the house writes his answer into a ledger: named with his party, with the county's sight. */
function inHouse(
  county: string,
  by: { party: string; partyName: string; accountId: string; name: string },
): Actor {
  const kind = partyOf(by.party).kind;
  const role = Object.entries(OUTSIDE_ROLES).find(([, k]) => k === kind)?.[0] ?? "";
  return {
    ...systemActor(county),
    accountId: by.accountId,
    name: `${by.partyName} ${by.name}`.slice(0, 50),
    role,
  };
}

/** Takes an answer over into its ledger. What the ledger refuses is written down at the answer and thrown. */
export async function takeReply(
  house: House,
  county: string,
  r: { readonly id: string; readonly party: string; readonly accountId: string; readonly byName: string },
): Promise<void> {
  const partyName = (await house.partyBook.name(county, r.party)) ?? "";
  const actor = inHouse(county, { ...r, partyName, name: r.byName });
  try {
    await house.as({ actor }, (tx) => house.parties.take(tx, r.id));
  } catch (error) {
    if (error instanceof DomainError)
      await house.as({ actor: systemActor(county) }, (tx) => house.parties.refuse(tx, r.id, error.message));
    throw error;
  }
}
/** What a process that died left behind. */
export async function takeLeftReplies(house: House, county: string): Promise<void> {
  const left = await house.db.read(systemActor(county), (tx) => house.parties.notTaken(tx));
  for (const r of left)
    await takeReply(house, county, r).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
    });
}

/** Of the acting account. */
export const ownParty = ({ role, party }: Actor): Party => {
  if (!isOutside(role) || party === undefined)
    throw new DomainError("forbidden", "这里是部门联络员和机构账号的页面。");
  return party as Party;
};
export type TellAgain = (tx: Tx, kind: string, subjectId: string) => Promise<void>;
