/**
 * Who lives in the demo and how far each has come. Every county has this core; 岳阳县 has more (every-state.ts). Days are counted back from the base day, so the clocks and notices stand as they would in an office.
 */
import { addDays, addMonthsToDate } from "@wuxin/kernel";
import { tellAge } from "./age-cases.ts";
import { workingDaysBefore } from "./agenda.ts";
import { tellCampaign } from "./campaign.ts";
import { tellCemeteries } from "./cemeteries.ts";
import { tellDeviating, tellEveryState } from "./every-state.ts";
import { tellFigures } from "./figures.ts";
import { tellFiveYear } from "./five-year.ts";
import { tellFundPublicity } from "./fund-publicity.ts";
import { tellLedgers } from "./ledgers.ts";
import { tellFunds, tellRoster } from "./money.ts";
import { tellBeforeRoster, tellMoneyLife } from "./money-life.ts";
import { tellMonitoring } from "./monitoring.ts";
import type { InventedPerson } from "./people.ts";
import { tellPersonBenefits } from "./person-benefits.ts";
import { tellPlan } from "./plans.ts";
import { tellRecognised } from "./recognised-cases.ts";
import type { Scene } from "./scene.ts";
import { tellSupport } from "./support-cases.ts";

export function tellCounty(scene: Scene, rich: boolean): void {
  const failing = tellCore(scene);
  if (rich) tellEveryState(scene);
  tellFunds(scene);
  tellRoster(scene, scene.month(2));
  if (rich) tellBeforeRoster(scene);
  tellRoster(scene, scene.month(1), failing);
  tellCemeteries(scene);
  if (rich) tellLedgers(scene);
  if (rich) tellPersonBenefits(scene);
  if (rich) tellPlan(scene);
  if (rich) tellCampaign(scene);
  if (rich) tellFiveYear(scene);
  if (rich) tellFigures(scene);
  tellMonitoring(scene, rich);
  if (rich) tellMoneyLife(scene);
  if (rich) tellFundPublicity(scene);
  if (rich) tellRecognised(scene);
  if (rich) tellDeviating(scene);
}

/** @returns the name of the payee whose payment fails last month */
function tellCore(scene: Scene): string {
  const { families, agenda, base, people } = scene;
  const before = (n: number) => workingDaysBefore(agenda.calendar, base, n);

  tellSupport(scene, "submitted", {
    family: families.alone(),
    home: scene.homeIn("village"),
    lines: (l) => [l.submit("cun")],
    anchor: { by: before(1) },
  });

  // Came without the income papers, was told once what is missing.
  const waiting = scene.resident("jumin2");
  tellSupport(scene, "supplement", {
    family: families.jobless(waiting),
    home: scene.home(),
    known: { 0: waiting.personId },
    options: { commitment: false },
    lines: (l) => [l.submit("jumin2"), l.askSupplement()],
    anchor: { by: before(3) },
  });

  // Accepted so long ago that the whole time has run out, and the verification was never answered.
  tellSupport(scene, "overdue", {
    family: families.disabled(),
    home: scene.home("农村"),
    lines: (l) => [l.submit("zhen"), l.accept(), l.survey(), l.request()],
    anchor: { action: "accept", by: before(scene.delegated ? 24 : 34) },
  });

  tellSupport(scene, "publicity", {
    family: families.single(),
    home: scene.home(),
    lines: (l) => l.toOpinion("zhen"),
    anchor: { by: before(2) },
  });

  tellSupport(scene, "review", {
    family: families.couple(),
    home: scene.home("农村"),
    lines: (l) => l.toReview("zhen"),
    anchor: { by: before(2) },
  });

  const drawing = scene.resident("jumin3");
  tellSupport(scene, "paying-resident", {
    family: families.single(drawing),
    home: scene.home(),
    known: { 0: drawing.personId },
    lines: (l) => [...l.toAward("jumin3"), l.deliver("award")],
    anchor: { action: "confirm", by: scene.day(3, 22) },
  });

  // An old couple; she turns eighty next month and does not know of the allowance yet.
  const couple = tellSupport(scene, "paying-couple", {
    family: families.couple(scene.month(-1).replace(/^\d{4}/, (y) => String(Number(y) - 80))),
    home: scene.home("农村"),
    lines: (l) =>
      [...l.toAward("cun"), l.deliver("award")].map((x) => (x.by === "cun" ? { ...x, by: "zhen" } : x)),
    anchor: { action: "confirm", by: scene.day(3, 20) },
  });

  // A digit of the account was typed wrong: the bank sends the first payment back.
  const family = families.illness();
  const payee = family.members[0] as InventedPerson;
  const last = Number(payee.account.at(-1));
  tellSupport(scene, "paying-failed", {
    family,
    home: scene.home(),
    options: {
      account: { accountNo: `${payee.account.slice(0, -1)}${(last + 3) % 10}`, holderName: payee.name },
      papers: ["income", "illness"],
    },
    lines: (l) => [...l.toAward("zhen"), l.deliver("award")],
    anchor: { action: "confirm", by: scene.day(2, 22) },
  });

  tellSupport(scene, "refused", {
    family: families.workers(),
    home: scene.home(),
    lines: (l) => [...l.toRefusal("zhen"), l.deliver("refusal")],
    anchor: { by: scene.day(1, 24) },
  });

  // Draws for almost a year; the yearly proof of life is past due.
  tellAge(scene, "age-overdue", {
    person: people.person({ age: 84, sex: "女" }),
    home: scene.home("农村"),
    until: "confirm",
    anchor: { by: addDays(addMonthsToDate(base, -12), -18) },
  });
  // His mother's allowance goes to his own account: one account, two payees, and the name differs.
  const son = couple.family.members[0] as InventedPerson;
  tellAge(scene, "age-shared", {
    person: people.person({ age: 97, sex: "女" }),
    home: scene.home("农村"),
    account: { accountNo: son.account, holderName: son.name },
    until: "confirm",
    anchor: { by: scene.day(3, 18) },
  });
  return payee.name;
}
