/** An invented family's application form. */
import { derivedId, type Scalar } from "@wuxin/kernel";
import type { DemoDivision } from "./accounts.ts";
import type { Family } from "./families.ts";
import { type Paper, paper } from "./picture.ts";

export interface Home {
  readonly divisionCode: string;
  readonly address: string;
  readonly areaClass: "城市" | "农村";
}

/** 社区 and 居委会 are towns, 村 is country. */
export const areaOf = (village: DemoDivision): "城市" | "农村" => (/村/.test(village.name) ? "农村" : "城市");

export interface ApplicationOptions {
  readonly channel: "resident" | "village" | "township";
  /** Who gets the money; the applicant's own account unless given; null: nothing is paid. */
  readonly account?: { readonly accountNo: string; readonly holderName: string } | null;
  /** Papers uploaded with the application. */
  readonly papers?: readonly Paper[];
  /** Without the income papers a 告知承诺 stands for them, unless this is false: then they are missing. */
  readonly commitment?: boolean;
  readonly relatives?: readonly {
    readonly staffName: string;
    readonly unit: string;
    readonly relation: string;
  }[];
  readonly agent?: {
    readonly name: string;
    readonly idNo: string;
    readonly phone: string;
    readonly relation: string;
  };
}

const AUTHORISATION =
  "本人及共同生活的家庭成员同意民政部门和乡镇（街道）为办理社会救助核对家庭户籍、收入、财产等信息，所填内容真实。";

/** The id under which a paper of a case is uploaded. */
export const paperId = (caseId: string, code: Paper): string => derivedId(caseId, `paper:${code}`);

export function householdApplication(
  item: string,
  caseId: string,
  family: Family,
  home: Home,
  o: ApplicationOptions,
) {
  const [applicant] = family.members;
  if (!applicant) throw new Error("a family has an applicant");
  const adults = family.members.filter((m) => m.relation !== "未成年子女");
  return {
    item,
    ...home,
    channel: o.channel,
    applicantKey: "m0",
    members: family.members.map((m, i) => ({
      key: `m${i}`,
      name: m.name,
      idNo: m.idNo,
      relation: m.relation,
      ...(m.relation === "未成年子女" ? {} : { phone: m.phone }),
      facts: m.facts,
    })),
    household: family.household,
    account:
      o.account === null
        ? null
        : {
            bankName: "农村商业银行",
            accountNo: o.account?.accountNo ?? applicant.account,
            holderName: o.account?.holderName ?? applicant.name,
          },
    agent: o.agent ? { ...o.agent, consent: true } : null,
    authorised: {
      signers: adults.map((m) => ({
        key: `m${family.members.indexOf(m)}`,
        signature: { name: m.name, fileId: null },
      })),
      text: AUTHORISATION,
    },
    commitments: o.commitment === false || o.papers?.includes("income") ? [] : ["income"],
    relatives: o.relatives ?? [],
    materials: (o.papers ?? []).map((code) => ({
      code,
      fileId: paperId(caseId, code),
      name: paper(code).name,
    })),
  };
}

interface Named {
  readonly name: string;
  readonly idNo: string;
  readonly phone?: string;
}
export interface PersonApplication extends Pick<ApplicationOptions, "channel" | "account"> {
  /** Answers about the person. */
  readonly facts: Readonly<Record<string, Scalar>>;
  /** Answers about the application. */
  readonly household?: Readonly<Record<string, Scalar>>;
  /** People whom the law looks at beside him; they sign with him. */
  readonly others?: readonly (Named & {
    readonly relation: string;
    readonly facts: Readonly<Record<string, Scalar>>;
  })[];
  readonly signed?: boolean;
  readonly commitments?: readonly string[];
}

/** An application that concerns one person, like an allowance by age. */
export function personApplication(
  item: string,
  person: Named & { readonly phone: string; readonly account: string },
  home: Home,
  o: PersonApplication,
) {
  const people = [{ ...person, relation: "本人", facts: o.facts }, ...(o.others ?? [])];
  return {
    item,
    ...home,
    channel: o.channel,
    applicantKey: "m0",
    members: people.map(({ name, idNo, relation, phone, facts }, i) => ({
      key: `m${i}`,
      ...{ name, idNo, relation, facts },
      ...(phone === undefined ? {} : { phone }),
    })),
    household: o.household ?? {},
    account: {
      bankName: "农村商业银行",
      accountNo: o.account?.accountNo ?? person.account,
      holderName: o.account?.holderName ?? person.name,
    },
    agent: null,
    authorised: o.signed
      ? {
          text: AUTHORISATION,
          signers: people.map((p, i) => ({ key: `m${i}`, signature: { name: p.name, fileId: null } })),
        }
      : null,
    commitments: o.commitments ?? [],
    relatives: [],
    materials: [],
  };
}
