/** The people of a story: a county's staff at their desks, residents at home, and what each of them does. */
import type { Values } from "@wuxin/declare";
import { DEMO_PASSWORD, type StaffKey, staffOf, stage } from "@wuxin/demo";
import type { ApplicationInput, CasePage } from "@wuxin/engines/cases";
import { answerCsv, type BankAnswer } from "@wuxin/engines/payments";
import { type IsoDate, type Month, newId, residentIdWithCheck, type Scalar } from "@wuxin/kernel";
import { type Actor, systemActor, type Tx } from "@wuxin/platform";
import type { House } from "@wuxin/server";
import type { TestHouse } from "./house.ts";

export const SUPPORT = "subsistence-allowance";
export const AGE = "age-allowance";
type Who = StaffKey | { readonly actor: Actor };

export interface MemberOf {
  readonly name: string;
  readonly idNo: string;
  readonly relation: string;
  readonly facts?: Readonly<Record<string, Scalar>>;
}

let serial = 0;
/** A valid number that nobody else in the run has. */
export function idNo(birth: IsoDate, sex: "男" | "女" = "男"): string {
  serial++;
  const region = 430600 + (serial % 90);
  const order = 100 + (Math.floor(serial / 90) % 400) * 2 + (sex === "男" ? 1 : 0);
  return residentIdWithCheck(`${region}${birth.replaceAll("-", "")}${order}`);
}

const NOTHING = {
  exclusion: "无",
  singleApplicant: false,
  ableToWork: true,
  wage: 0,
  employmentCost: 0,
  business: 0,
  property: 0,
  support: 0,
  pension: 0,
  basicPension: 0,
  otherTransfers: 0,
  transfersPaid: 0,
  otherIncome: 0,
  disabilityGrade: "无",
  seriouslyIll: false,
};

/** 三口之家 as in the rule examples: he earns, she does not, the child is at school. */
export const family = (name: string, wageFen: number): MemberOf[] => [
  { name, idNo: idNo("1985-01-01"), relation: "本人", facts: { wage: wageFen } },
  { name: `${name.slice(0, 1)}嫂秀`, idNo: idNo("1986-02-02", "女"), relation: "配偶" },
  {
    name: `${name.slice(0, 1)}小宝`,
    idNo: idNo("2015-06-01"),
    relation: "未成年子女",
    facts: { ableToWork: false },
  },
];
export const alone = (name: string, birth: IsoDate, facts: MemberOf["facts"] = {}): MemberOf[] => [
  { name, idNo: idNo(birth, "女"), relation: "本人", facts: { ableToWork: false, ...facts } },
];

export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

export interface Office {
  readonly h: TestHouse;
  readonly house: House;
  readonly county: string;
  readonly township: string;
  /** The village of the village worker, and a village in the country. */
  readonly village: string;
  readonly otherTownship: string;
  readonly otherVillage: string;
  actor(who: Who): Actor;
  as<T>(who: Who, work: (tx: Tx) => Promise<T>): Promise<T>;
  form(members: readonly MemberOf[], more?: Partial<ApplicationInput>): ApplicationInput;
  ageForm(person: MemberOf, more?: Partial<ApplicationInput>): ApplicationInput;
  submit(who: Who, application: ApplicationInput, id?: string): Promise<string>;
  page(who: Who, caseId: string): Promise<CasePage>;
  act(who: Who, caseId: string, action: string, data?: Values): Promise<CasePage>;
  /** A resident with an account. */
  resident(name: string, idNo: string, phone: string): Promise<{ actor: Actor }>;
  /** From acceptance to the notice, on the days given. */
  toOpinion(
    caseId: string,
    days: { accept: IsoDate; survey: IsoDate; answer: IsoDate; opinion: IsoDate },
  ): Promise<CasePage>;
  /** The whole way to an award, quickly. */
  award(members: readonly MemberOf[], days: Days, more?: Partial<ApplicationInput>): Promise<string>;
  survey(on: IsoDate, more?: Values): Values;
  ref(key: StaffKey): { id: string; name: string };
  signAll(rosterId: string): Promise<void>;
  /** The bank's answer to the roster's file. */
  bankAnswers(rosterId: string, answer: (payee: string) => BankAnswer | null): Promise<Buffer>;
}
export interface Days {
  readonly submit: IsoDate;
  readonly accept: IsoDate;
  readonly survey: IsoDate;
  readonly answer: IsoDate;
  readonly opinion: IsoDate;
  readonly finish: IsoDate;
  readonly confirm: IsoDate;
}
/** March 2024: confirmed on the 26th, so paid from April. */
export const MARCH: Days = {
  submit: "2024-03-04",
  accept: "2024-03-05",
  survey: "2024-03-07",
  answer: "2024-03-11",
  opinion: "2024-03-12",
  finish: "2024-03-20",
  confirm: "2024-03-22",
};

export async function openOffice(h: TestHouse, county = "430621"): Promise<Office> {
  const { house, clock } = h;
  const book = house.counties.get(county);
  const { first, second, villages, otherVillages } = stage(book);
  const staff = new Map(staffOf(book).map((s) => [s.loginName, s]));
  await house.db.transact(systemActor(county), (tx) =>
    house.access.install(
      tx,
      [...staff.values()].map((s) => ({ ...s, password: DEMO_PASSWORD })),
    ),
  );
  const get = (key: StaffKey) => {
    const s = staff.get(key);
    if (!s) throw new Error(key);
    return s;
  };
  const actor = (who: Who): Actor => {
    if (typeof who !== "string") return who.actor;
    const { id, name, role, scope } = get(who);
    const admin = role.endsWith("_admin");
    return { countyCode: county, scope: admin ? "" : scope, accountId: id, personId: null, name, role };
  };
  const as = <T>(who: Who, work: (tx: Tx) => Promise<T>) => house.as({ actor: actor(who) }, work);
  const ref = (key: StaffKey) => ({ id: get(key).id, name: get(key).name });
  const village = villages[0]?.code ?? "";
  const page = (who: Who, id: string) => as(who, (tx) => house.cases.page(tx, id));
  const act = async (who: Who, caseId: string, action: string, data: Values = {}) => {
    const { version } = await page(who, caseId);
    await as(who, (tx) => house.cases.act(tx, caseId, { id: newId(), version, action, data }));
    return page(who, caseId);
  };
  const submit = async (who: Who, application: ApplicationInput, id = newId()) => {
    await as(who, (tx) => house.cases.submit(tx, { id, application }));
    return id;
  };
  const form: Office["form"] = (members, more = {}) => ({
    item: SUPPORT,
    divisionCode: village,
    address: "解放路 18 号",
    areaClass: "城市",
    channel: "township",
    applicantKey: "m0",
    members: members.map((m, i) => ({
      key: `m${i}`,
      name: m.name,
      idNo: m.idNo,
      relation: m.relation,
      facts: { ...NOTHING, ...m.facts },
    })),
    household: {
      applicationKind: "整户",
      financialAssets: 0,
      houses: 1,
      vehicles: 0,
      incomeStable: true,
    },
    account: {
      bankName: "农村商业银行",
      accountNo: `62179${members[0]?.idNo.slice(2, 17)}`,
      holderName: members[0]?.name ?? "",
    },
    agent: null,
    authorised: {
      signers: members.flatMap((m, i) =>
        m.relation === "未成年子女" ? [] : [{ key: `m${i}`, signature: { name: m.name, fileId: null } }],
      ),
      text: "同意核对家庭经济状况。",
    },
    commitments: ["income"],
    relatives: [],
    materials: [],
    ...more,
  });
  const survey: Office["survey"] = (on, more = {}) => ({
    investigators: [ref("zhen"), ref("zhen2")],
    on,
    method: "home",
    findings: "住房两间，家电陈旧，生活来源单一，情况属实。",
    householdSignature: { name: "户主", fileId: null },
    investigatorSignature: { name: "刘志强", fileId: null },
    ...more,
  });
  const toOpinion: Office["toOpinion"] = async (caseId, d) => {
    clock.set(d.accept);
    await act("zhen", caseId, "accept");
    clock.set(d.survey);
    await act("zhen", caseId, "survey", survey(d.survey));
    await act("zhen", caseId, "request_verification", { scope: ["户籍", "银行存款"] });
    clock.set(d.answer);
    await act("xian", caseId, "answer_verification", {
      reportNumber: "核对2024001",
      on: d.answer,
      validUntil: "2024-12-31",
      summary: "与申报一致。",
    });
    clock.set(d.opinion);
    return act("zhen", caseId, "opinion", OPINION);
  };
  return {
    h,
    house,
    county,
    township: first.code,
    village,
    otherTownship: second.code,
    otherVillage: otherVillages[0]?.code ?? "",
    actor,
    as,
    form,
    ageForm: (person, more = {}) => ({
      ...form([person]),
      item: AGE,
      members: [
        {
          key: "m0",
          name: person.name,
          idNo: person.idNo,
          relation: "本人",
          facts: { residesInCounty: true },
        },
      ],
      household: {},
      authorised: null,
      commitments: [],
      ...more,
    }),
    submit,
    page,
    act,
    async resident(name, idNumber, phone) {
      const personId = newId();
      const accountId = newId();
      await house.db.transact(systemActor(county), async (tx) => {
        const person = {
          id: personId,
          name,
          idNo: idNumber,
          phone,
          divisionCode: village,
          address: "解放路 18 号",
        };
        await house.registry.ensurePerson(tx, person);
        await house.access.registerResident(tx, {
          id: accountId,
          personId,
          name,
          loginNames: [idNumber, phone],
          shownAs: phone,
          password: DEMO_PASSWORD,
        });
      });
      return { actor: { countyCode: county, scope: "", accountId, personId, name, role: "resident" } };
    },
    toOpinion,
    async award(members, d, more) {
      clock.set(d.submit);
      const id = await submit("zhen", form(members, more));
      await toOpinion(id, d);
      clock.set(d.finish);
      await act("zhen", id, "finish_publicity", { result: "公示期满，无未处理的异议。" });
      clock.set(d.confirm);
      await act("xian", id, "confirm");
      return id;
    },
    survey,
    ref,
    async signAll(rosterId) {
      for (const [step, who] of [
        ["maker", "xian"],
        ["checker", "fuhe"],
        ["approver", "shenpi"],
      ] as const) {
        const { digest } = await as(who, (tx) => house.payments.page(tx, rosterId));
        await as(who, (tx) => house.payments.sign(tx, rosterId, { step, digest }));
      }
    },
    async bankAnswers(rosterId, answer) {
      const sent = await as("caiwu", (tx) =>
        house.payments.exportBankFile(tx, rosterId, { id: newId(), format: "csv" }),
      );
      const fileId = sent.bankFiles[0]?.id ?? "";
      const file = await as("caiwu", (tx) => house.payments.downloadBankFile(tx, fileId));
      return answerCsv(file.bytes, (line) => answer(line.payeeName));
    },
  };
}

export const OPINION: Values = {
  opinion: "拟同意",
  reason: "人均收入低于标准，财产符合规定。",
  place: "村（社区）公示栏",
};
export const FINISHED: Values = { result: "公示期满，无未处理的异议。" };
export const paidOn = (on: IsoDate): BankAnswer => ({ outcome: "paid", paidOn: on, bankSerial: `S${on}` });
export const monthRoster = (office: Office, month: Month) => {
  const id = newId();
  return office
    .as("xian", (tx) => office.house.payments.generate(tx, { id, month }))
    .then((page) => ({ id, page }));
};
