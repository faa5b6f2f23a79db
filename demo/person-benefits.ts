/** 特困, the two subsidies of the disabled, the allowances of children: a few people each, on their way and drawing. */
import type { IsoDate, Scalar } from "@wuxin/kernel";
import { workingDaysBefore } from "./agenda.ts";
import { type Home, type PersonApplication, personApplication } from "./applications.ts";
import { type CaseStory, type Line, tellCase } from "./case-story.ts";
import type { InventedPerson } from "./people.ts";
import type { Scene } from "./scene.ts";
import { linesOf } from "./support-cases.ts";

interface Told {
  readonly item: string;
  readonly person: InventedPerson;
  readonly home: Home;
  readonly facts: Readonly<Record<string, Scalar>>;
  readonly more?: Partial<PersonApplication>;
  readonly lines: readonly Line[];
  readonly anchor: CaseStory["anchor"];
}

function tell(scene: Scene, key: string, t: Told): void {
  tellCase(scene.agenda, {
    key,
    caseId: scene.id(`case/${key}`),
    application: personApplication(t.item, t.person, t.home, {
      channel: "township",
      facts: t.facts,
      ...t.more,
    }),
    lines: t.lines,
    anchor: t.anchor,
  });
}

const submit: Line = { action: "submit", by: "zhen" };
const confirm: Line = { action: "confirm", by: "xian", wait: 2 };
const check = (data: (on: IsoDate) => Readonly<Record<string, Scalar | readonly string[]>>): Line => ({
  action: "check",
  by: "zhen",
  wait: 2,
  data: (on) => ({ on, ...data(on) }),
});
const severelyDisabled = (base: IsoDate) => ({
  disabilityKind: "肢体",
  disabilityGrade: "一级",
  cardValidUntil: `${Number(base.slice(0, 4)) + 4}-06-30`,
  needsCare: true,
  injuryNursing: false,
});

/** 重度残疾人护理补贴, from the application to the award. */
export function tellNursing(
  scene: Scene,
  key: string,
  person: InventedPerson,
  anchor: CaseStory["anchor"],
): void {
  tell(scene, key, {
    ...{
      item: "disability-nursing-subsidy",
      person,
      home: scene.home("农村"),
      facts: severelyDisabled(scene.base),
    },
    ...{ lines: [submit, check(() => ({ cardFound: true, carer: "女儿" })), confirm], anchor },
  });
}

export function tellPersonBenefits(scene: Scene): void {
  const { agenda, base, people } = scene;
  const before = (n: number) => workingDaysBefore(agenda.calendar, base, n);

  const severe = severelyDisabled(base);
  tellNursing(scene, "nursing-paying", people.person({ age: 58, sex: "女" }), { by: before(3) });
  tell(scene, "nursing-submitted", {
    item: "disability-nursing-subsidy",
    person: people.person({ age: 33, sex: "男" }),
    home: scene.home(),
    facts: { ...severe, disabilityKind: "智力", disabilityGrade: "二级" },
    lines: [submit],
    anchor: { by: before(1) },
  });

  const seen = (guardian: string) => check(() => ({ confirmedBy: ["公安", "民政"], guardian, seen: true }));
  tell(scene, "orphan-paying", {
    item: "orphan-support",
    person: people.person({ age: 11, sex: "男" }),
    home: scene.home("农村"),
    facts: { father: "死亡或宣告死亡", mother: "死亡或宣告死亡", placement: "散居" },
    lines: [submit, seen("外祖母"), confirm],
    anchor: { by: before(4) },
  });
  tell(scene, "unsupported-checked", {
    item: "unsupported-child-support",
    person: people.person({ age: 9, sex: "女" }),
    home: scene.home("农村"),
    facts: { father: "服刑或强制隔离戒毒", fatherMonths: 30, mother: "失联", motherMonths: 14 },
    lines: [submit, seen("祖父")],
    anchor: { by: before(2) },
  });

  tellDestitute(scene, "destitute-review", 71, "review", before(2));
  tellDestitute(scene, "destitute-paying", 78, "paying", before(5));
}

/** An old man whose only son is severely disabled. */
function tellDestitute(
  scene: Scene,
  key: string,
  age: number,
  until: "review" | "paying",
  by: IsoDate,
): void {
  const { people } = scene;
  const person = people.person({ age, sex: "男" });
  const son = people.person({ age: age - 30, sex: "男" });
  const none = { income: 0, property: 0, disabilityKind: "无", disabilityGrade: "无" };
  const l = linesOf(scene, {
    members: [{ ...person, relation: "本人", facts: {} }],
    household: {},
    seen: "独居，两间旧砖房，行动要扶，吃饭、穿衣自己能做，如厕、洗澡、室内行走要人帮；独子重度残疾，无力赡养。",
  });
  tell(scene, key, {
    item: "destitute-support",
    person,
    home: scene.home("农村"),
    facts: { ...none, mode: "分散", selfCareFailed: 3, childBenefit: false, schooling: "否" },
    more: {
      signed: true,
      commitments: ["situation"],
      others: [
        {
          name: son.name,
          idNo: son.idNo,
          phone: son.phone,
          relation: "法定义务人",
          facts: {
            ...none,
            income: 60_000,
            disabilityKind: "肢体",
            disabilityGrade: "二级",
            incapable: false,
          },
        },
      ],
    },
    lines: until === "review" ? l.toReview("zhen") : [...l.toReview("zhen"), l.confirm()],
    anchor: { by },
  });
}
