/** 岳阳县, the county of the tour: families in every state of the flow, old people from the report to the end. */
import { addDays, addMonthsToDate } from "@wuxin/kernel";
import { deathReported, tellAge } from "./age-cases.ts";
import { workingDaysBefore } from "./agenda.ts";
import type { InventedPerson } from "./people.ts";
import type { Scene } from "./scene.ts";
import { tellSupport } from "./support-cases.ts";

export function tellEveryState(scene: Scene): void {
  const { families, agenda, base, people } = scene;
  const before = (n: number) => workingDaysBefore(agenda.calendar, base, n);
  const award = (back: number, day: number) => ({ action: "confirm", by: scene.day(back, day) });

  tellSupport(scene, "submitted-agent", {
    family: families.alone(81),
    home: scene.homeIn("second"),
    officer: "linzhen",
    options: { agent: agentOf(people.person({ age: 46 })) },
    lines: (l) => [l.submit("linzhen")],
    anchor: { by: before(2) },
  });
  tellSupport(scene, "accepted-elsewhere", {
    family: families.jobless(),
    home: scene.homeIn("second"),
    officer: "linzhen",
    lines: (l) => [l.submit("linzhen"), l.accept(), l.survey()],
    anchor: { by: before(1) },
  });
  tellSupport(scene, "accepted", {
    family: families.disabled(),
    home: scene.home(),
    lines: (l) => [l.submit("zhen"), l.accept()],
    anchor: { by: before(1) },
  });
  // The answer differs from what was declared.
  tellSupport(scene, "verified", {
    family: families.couple(),
    home: scene.home("农村"),
    lines: (l) => [
      l.submit("zhen"),
      l.accept(),
      l.survey(),
      l.request(),
      l.answer("申请人名下另有定期存款一笔，其余与申报一致。", {
        "household.financialAssets": 1_860_000,
        difference: "申请人起初漏报到期转存的一笔，已当面确认，按查得数采用。",
      }),
    ],
    anchor: { by: before(1) },
  });
  tellSupport(scene, "publicity-ended", {
    family: families.alone(),
    home: scene.home("农村"),
    lines: (l) => l.toOpinion("zhen"),
    anchor: { by: addDays(base, -9) },
  });
  tellSupport(scene, "objection", {
    family: families.jobless(),
    home: scene.home(),
    lines: (l) => [...l.toOpinion("zhen"), l.objection(1)],
    anchor: { by: before(1) },
  });
  tellSupport(scene, "rework", {
    family: families.illness(),
    home: scene.home("农村"),
    options: { papers: ["income", "illness"] },
    lines: (l) => [...l.toOpinion("zhen"), l.objection(2), l.reinvestigate()],
    anchor: { by: before(1) },
  });
  tellSupport(scene, "review-relative", {
    family: families.disabled(),
    home: scene.home(),
    options: {
      relatives: [{ staffName: "刘志强", unit: scene.first.name, relation: "堂兄弟" }],
    },
    lines: (l) => l.toReview("zhen"),
    anchor: { by: before(3) },
  });
  tellSupport(scene, "paying-relative", {
    family: families.alone(),
    home: scene.home("农村"),
    options: { relatives: [{ staffName: "周满秀", unit: "村民委员会", relation: "母女" }] },
    lines: (l) => [...l.toReview("zhen"), l.countyVisit(), l.confirm()],
    anchor: award(3, 24),
  });
  tellSupport(scene, "paying-alone", {
    family: families.applyingAlone(),
    home: scene.home("农村"),
    lines: (l) => [...l.toAward("zhen"), l.deliver("award")],
    anchor: award(3, 19),
  });
  tellSupport(scene, "paying-elsewhere", {
    family: families.disabled(),
    home: scene.homeIn("second"),
    officer: "linzhen",
    lines: (l) => l.toAward("linzhen"),
    anchor: award(3, 16),
  });
  tellSupport(scene, "paying-supplemented", {
    family: families.single(),
    home: scene.home(),
    options: { commitment: false },
    lines: (l) => [l.submit("zhen"), l.askSupplement(), l.supplement("zhen"), ...l.toAward("zhen").slice(1)],
    anchor: award(1, 22),
  });
  // Half a year has almost passed: the next look at the means falls due.
  tellSupport(scene, "paying-due", {
    family: families.jobless(),
    home: scene.home(),
    lines: (l) => l.toAward("zhen"),
    anchor: { action: "confirm", by: addDays(addMonthsToDate(base, -6), 12) },
  });
  tellSupport(scene, "recheck", {
    family: families.jobless(),
    home: scene.home("农村"),
    lines: (l) => [...l.toAward("zhen"), l.startRecheck(before(4))],
    anchor: award(7, 12),
  });
  tellSupport(scene, "recheck-decide", {
    family: families.illness(),
    home: scene.home(),
    options: { papers: ["income"] },
    lines: (l, person) => [
      ...l.toAward("zhen"),
      l.reportChange("zhen", "收入增加", "配偶到园区食品厂上班，每月多了三百元。", before(8)),
      l.recheckSurvey("配偶已在食品厂上班两个月，工资按月打卡，其余情况没有变化。", {
        [`member.${person(1)}.wage`]: 150_000,
      }),
      l.recheckOpinion("减发", "配偶工资增加，家庭收入上升，仍低于标准，拟相应减发。"),
    ],
    anchor: award(3, 21),
  });
  tellSupport(scene, "gradual-exit", {
    family: families.single(),
    home: scene.home(),
    lines: (l, person) => [
      ...l.toAward("zhen"),
      l.reportChange("zhen", "就业", "到县城超市做收银员，已签合同。", scene.day(2, 8)),
      l.recheckSurvey("申请人已在超市上班，工资每月三千二百元，孩子由外婆照看。", {
        [`member.${person(0)}.wage`]: 320_000,
      }),
      l.recheckOpinion("渐退", "就业后家庭人均收入超过标准，建议给予渐退期。"),
      l.exitGradually(),
    ],
    anchor: award(3, 14),
  });
  tellSupport(scene, "stopped", {
    family: families.jobless(),
    home: scene.home(),
    lines: (l, person) => [
      ...l.toAward("zhen"),
      l.startRecheck(scene.day(2, 6)),
      l.recheckSurvey("申请人已回厂上班，月工资五千元，住房翻修一新。", {
        [`member.${person(0)}.wage`]: 500_000,
      }),
      l.recheckOpinion("停发", "家庭人均收入超过标准一倍以上，不再符合条件。"),
      l.stop(),
    ],
    anchor: award(4, 18),
  });
  tellSupport(scene, "death", {
    family: families.couple(),
    home: scene.home("农村"),
    lines: (l, person) => [...l.toAward("zhen"), l.reportDeath("zhen", person(1), before(10))],
    anchor: award(3, 12),
  });
  tellSupport(scene, "refused-fresh", {
    family: families.workers(),
    home: scene.home(),
    lines: (l) => l.toRefusal("zhen"),
    anchor: { by: before(1) },
  });
  tellSupport(scene, "withdrawn", {
    family: families.alone(),
    home: scene.home("农村"),
    lines: (l) => [l.submit("zhen"), l.accept(), l.withdraw("zhen")],
    anchor: { by: scene.day(1, 15) },
  });
  tellSupport(scene, "terminated", {
    family: families.workers(),
    home: scene.home(),
    lines: (l) => [l.submit("zhen"), l.accept(), l.request(), l.terminate()],
    anchor: { by: scene.day(1, 19) },
  });

  tellAge(scene, "age-due", {
    person: people.person({ age: 86, sex: "男" }),
    home: scene.home("农村"),
    until: "confirm",
    anchor: { by: addDays(addMonthsToDate(base, -12), 15) },
  });
  tellAge(scene, "age-second-band", {
    person: people.person({ age: 92, sex: "男" }),
    home: scene.homeIn("second"),
    officer: "linzhen",
    until: "confirm",
    anchor: { by: scene.day(3, 17) },
  });
  tellAge(scene, "age-died", {
    person: people.person({ age: 88, sex: "女" }),
    home: scene.home("农村"),
    until: "confirm",
    anchor: { action: "confirm", by: scene.day(3, 10) },
    later: (personId) => [deathReported(personId, scene.day(1, 14), 5)],
  });
  tellAge(scene, "age-checked", {
    person: people.person({ age: 80, sex: "男" }),
    home: scene.home(),
    until: "check",
    anchor: { by: before(2) },
  });
  tellAge(scene, "age-submitted", {
    person: people.person({ age: 80, sex: "女" }),
    home: scene.home("农村"),
    until: "submit",
    anchor: { by: before(1) },
  });
}

/** Refused though the rules say yes: marked, and waits for the leader to look at it. */
export function tellDeviating(scene: Scene): void {
  const doubt = "邻居反映申请人常年在外务工，实际收入与申报不符，申请人没有说清。";
  tellSupport(scene, "refused-deviating", {
    family: scene.families.jobless(),
    home: scene.home("农村"),
    lines: (l) =>
      l
        .toRefusal("zhen")
        .map((x) =>
          x.action === "opinion"
            ? { ...x, data: (on) => ({ ...x.data?.(on), reason: doubt }) }
            : x.action === "refuse"
              ? { ...x, data: () => ({ reason: doubt }) }
              : x,
        ),
    anchor: { by: workingDaysBefore(scene.agenda.calendar, scene.base, 1) },
  });
}

const agentOf = (p: InventedPerson) => ({
  name: p.name,
  idNo: p.idNo,
  phone: p.phone,
  relation: "子女",
});
