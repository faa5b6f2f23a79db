/**
 * Invented families of the shapes that a county sees. The answers are those of the application form; incomes are low
 * enough (or high enough) for every county's standard, and what is paid follows from the rules, not from here.
 */
import type { Scalar } from "@wuxin/kernel";
import type { InventedPerson, PeopleMaker } from "./people.ts";

export type Answers = Readonly<Record<string, Scalar>>;
export interface FamilyMember extends InventedPerson {
  readonly relation: string;
  readonly facts: Answers;
}
export interface Family {
  /** The applicant first. */
  readonly members: readonly FamilyMember[];
  readonly household: Answers;
  /** What the investigators saw. */
  readonly seen: string;
  /** Somebody ill: the papers of the illness are uploaded. */
  readonly ill?: true;
}

const RELATIVE = "其他长期共同居住的赡养抚养扶养关系人";
const yuan = (n: number) => n * 100;
const household = (more: Answers = {}): Answers => ({
  applicationKind: "整户",
  financialAssets: yuan(2_000),
  houses: 1,
  vehicles: 0,
  incomeStable: true,
  ...more,
});
const facts = (more: Answers = {}): Answers => ({
  exclusion: "无",
  singleApplicant: false,
  ableToWork: true,
  wage: 0,
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
  // Asked of those who earn.
  ...(Number(more.wage ?? 0) > 0 ? { employmentCost: 0 } : {}),
  ...more,
});
/** As for a recognition: nobody applies alone, and who can work is not asked. */
function means(more: Answers = {}): Answers {
  const { singleApplicant: _, ableToWork: __, ...asked } = facts(more);
  return asked;
}
const SPENT: Answers = { medicalSpending: 0, schoolFees: 0, publicSchoolFee: 0, rehabilitationSpending: 0 };
const child = facts({ ableToWork: false });
const old = (pension: number) =>
  facts({ ableToWork: false, pension: yuan(pension), basicPension: yuan(123) });

/** Gives families; `applicant` puts somebody who is already known at their head. */
export function familiesOf(people: PeopleMaker) {
  const { random } = people;
  type Head = InventedPerson | undefined;

  return {
    /** 独居老人: no work, a small pension. */
    alone(age = random.int(67, 78)): Family {
      const a = people.person({ age });
      return {
        members: [{ ...a, relation: "本人", facts: old(random.int(6, 14) * 10) }],
        household: household({ financialAssets: yuan(random.int(5, 30) * 100) }),
        seen: "独居，房屋陈旧，家具简单，腿脚不便，靠养老金和邻里照应生活。",
      };
    },
    /** 老两口. */
    couple(wifeBornIn?: string): Family {
      const family = people.lineage();
      const a = people.person({ age: random.int(74, 78), sex: "男", lineage: family });
      const b = people.person({
        age: random.int(70, 78),
        sex: "女",
        ...(wifeBornIn ? { bornIn: wifeBornIn } : {}),
      });
      return {
        members: [
          { ...a, relation: "本人", facts: old(random.int(8, 15) * 10) },
          { ...b, relation: "配偶", facts: old(random.int(6, 12) * 10) },
        ],
        household: household({ financialAssets: yuan(3_500) }),
        seen: "老两口同住，房屋陈旧，子女在外务工收入不稳，日常靠养老金和自种的菜。",
      };
    },
    /** 重病家庭: the father ill, the mother in odd jobs, one child at school. */
    illness(applicant?: Head): Family {
      const family = people.lineage();
      const a = applicant ?? people.person({ age: random.int(42, 52), sex: "男", lineage: family });
      const b = people.person({ age: random.int(39, 50), sex: a.sex === "男" ? "女" : "男" });
      const c = people.person({ age: random.int(9, 15), lineage: family });
      return {
        members: [
          {
            ...a,
            relation: "本人",
            facts: facts({ ableToWork: false, seriouslyIll: true, rigidSpending: yuan(600) }),
          },
          {
            ...b,
            relation: "配偶",
            facts: facts({ wage: yuan(random.int(9, 12) * 100), employmentCost: yuan(100) }),
          },
          { ...c, relation: "未成年子女", facts: child },
        ],
        household: household({ financialAssets: yuan(1_200), incomeStable: false }),
        seen: "申请人透析治疗，每周三次，不能劳动；配偶打零工；孩子读书。住房多年未修，家电陈旧。",
        ill: true,
      };
    },
    /** 残疾人家庭: one severely disabled, with an old mother. */
    disabled(motherAge = random.int(66, 74)): Family {
      const family = people.lineage();
      const a = people.person({ age: random.int(42, 48), sex: "男", lineage: family });
      const b = people.person({ age: motherAge, sex: "女" });
      return {
        members: [
          {
            ...a,
            relation: "本人",
            facts: facts({
              ableToWork: false,
              disabilityGrade: "二级",
              disabilityKind: "肢体",
              rigidSpending: yuan(150),
            }),
          },
          { ...b, relation: RELATIVE, facts: old(90) },
        ],
        household: household({ financialAssets: yuan(800) }),
        seen: "申请人肢体二级残疾，长期卧床，由母亲照料，家中无劳动力，无障碍设施简单。",
      };
    },
    /** 单亲家庭 with two children. */
    single(applicant?: Head): Family {
      const family = people.lineage();
      const a = applicant ?? people.person({ age: random.int(32, 41), sex: "女" });
      const b = people.person({ age: random.int(10, 14), lineage: family });
      const c = people.person({ age: random.int(4, 9), lineage: family });
      return {
        members: [
          {
            ...a,
            relation: "本人",
            facts: facts({ wage: yuan(random.int(7, 9) * 100), employmentCost: yuan(120), support: 0 }),
          },
          { ...b, relation: "未成年子女", facts: child },
          { ...c, relation: "未成年子女", facts: child },
        ],
        household: household({ financialAssets: yuan(1_500), incomeStable: false }),
        seen: "申请人独自抚养两个孩子，在餐馆帮工，住房狭小，生活来源单一。",
      };
    },
    /** 失业家庭 of working age: class C, looked at again after half a year. */
    jobless(applicant?: Head): Family {
      const family = people.lineage();
      const a = applicant ?? people.person({ age: random.int(48, 54), sex: "男", lineage: family });
      const b = people.person({ age: random.int(45, 52), sex: a.sex === "男" ? "女" : "男" });
      return {
        members: [
          { ...a, relation: "本人", facts: facts({ wage: yuan(random.int(2, 4) * 100) }) },
          {
            ...b,
            relation: "配偶",
            facts: facts({
              ableToWork: false,
              disabilityGrade: "三级",
              disabilityKind: "听力",
              rigidSpending: 0,
            }),
          },
        ],
        household: household({ financialAssets: yuan(2_600), incomeStable: false }),
        seen: "申请人厂里停工后打零工，收入时有时无；配偶听力三级残疾，在家操持家务。",
      };
    },
    /** Above the line: two wages. */
    workers(applicant?: Head): Family {
      const family = people.lineage();
      const a = applicant ?? people.person({ age: random.int(37, 44), sex: "男", lineage: family });
      const b = people.person({ age: random.int(37, 43), sex: "女" });
      const c = people.person({ age: random.int(8, 16), lineage: family });
      return {
        members: [
          { ...a, relation: "本人", facts: facts({ wage: yuan(4_200), employmentCost: yuan(300) }) },
          { ...b, relation: "配偶", facts: facts({ wage: yuan(3_100), employmentCost: yuan(200) }) },
          { ...c, relation: "未成年子女", facts: child },
        ],
        household: household({ financialAssets: yuan(30_000), vehicles: 1 }),
        seen: "三口之家，夫妻均在工业园上班，住房宽敞，有一辆小轿车。",
      };
    },
    /** 低保边缘家庭 whose severely disabled member applies alone (57号第八条); by the rural standard of 岳阳县. */
    applyingAlone(): Family {
      const family = people.lineage();
      const a = people.person({ age: 27, sex: "男", lineage: family });
      const b = people.person({ age: 55, sex: "男", lineage: family });
      const c = people.person({ age: 53, sex: "女" });
      return {
        members: [
          {
            ...a,
            relation: "本人",
            facts: facts({
              singleApplicant: true,
              ableToWork: false,
              disabilityGrade: "一级",
              disabilityKind: "智力",
              rigidSpending: 0,
            }),
          },
          { ...b, relation: RELATIVE, facts: facts({ wage: yuan(1_600) }) },
          { ...c, relation: RELATIVE, facts: facts() },
        ],
        household: household({ applicationKind: "单人户", financialAssets: yuan(6_000) }),
        seen: "申请人智力一级残疾，生活不能自理，由父母照料；父亲在砖厂做工，全家收入略高于低保标准。",
      };
    },
    /** A little above the line, by the rural standard of 岳阳县: 低保边缘. */
    nearLine(wage = 1_100): Family {
      const family = people.lineage();
      const a = people.person({ age: random.int(44, 54), sex: "男", lineage: family });
      const b = people.person({ age: random.int(42, 52), sex: "女" });
      return {
        members: [
          { ...a, relation: "本人", facts: means({ wage: yuan(wage) }) },
          { ...b, relation: "配偶", facts: means() },
        ],
        household: { financialAssets: yuan(4_000), houses: 1, vehicles: 0 },
        seen: "夫妻两人，丈夫在村里打零工，妻子体弱在家，住房陈旧，收入比低保标准略高。",
      };
    },
    /** An ordinary income that the father's illness eats up: 刚性支出困难. */
    spentOnIllness(): Family {
      const family = people.lineage();
      const a = people.person({ age: random.int(45, 55), sex: "男", lineage: family });
      const b = people.person({ age: random.int(43, 52), sex: "女" });
      const ill = { seriouslyIll: true, rigidSpending: 0, medicalSpending: yuan(random.int(46, 52) * 1_000) };
      return {
        members: [
          { ...a, relation: "本人", facts: means({ ...SPENT, ...ill }) },
          { ...b, relation: "配偶", facts: means({ ...SPENT, wage: yuan(3_600) }) },
        ],
        household: {
          ...{ financialAssets: yuan(20_000), houses: 1, vehicles: 0 },
          ...{ livingSpending: 0, otherSpending: 0 },
        },
        seen: "丈夫患重病长期住院，妻子在县城上班；一年的医药费自付部分花掉了家里的收入，借了外债。",
        ill: true,
      };
    },
  };
}
export type Families = ReturnType<typeof familiesOf>;
