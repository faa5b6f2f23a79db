/** 低保: a family's case told to any point of its life. The amounts follow from the rules. */
import type { Values } from "@wuxin/declare";
import { addDays, type IsoDate } from "@wuxin/kernel";
import type { StaffKey } from "./accounts.ts";
import type { ActorKey, Wait } from "./agenda.ts";
import { type ApplicationOptions, type Home, householdApplication, paperId } from "./applications.ts";
import { type CaseStory, type Line, tellCase } from "./case-story.ts";
import type { Family } from "./families.ts";
import { paper } from "./picture.ts";
import type { Scene, Told } from "./scene.ts";

const ITEM = "subsistence-allowance";
const VERIFIED = ["户籍", "社会保险", "不动产", "市场主体", "车辆船舶", "银行存款"];

/** The lines of a case as its township and county do them; each may be followed by others. */
export function linesOf(scene: Scene, family: Family, officer: StaffKey = "zhen") {
  const { ref } = scene;
  const [applicant] = family.members;
  const name = applicant?.name ?? "";
  const partner: StaffKey = officer === "linzhen" ? "xian" : "zhen2";
  const decider: StaffKey = scene.delegated ? "zhen2" : "xian";
  const sign = (who: string) => ({ name: who, fileId: null });
  const visit = (on: IsoDate, findings: string, more: Values = {}): Values => ({
    investigators: [ref(officer), ref(partner)],
    on,
    method: "home",
    findings,
    householdSignature: sign(name),
    investigatorSignature: sign(ref(officer).name.replace(/（.*/, "")),
    ...more,
  });
  const line = (action: string, by: ActorKey, data?: Line["data"], wait?: Wait): Line => ({
    action,
    by,
    ...(data ? { data } : {}),
    ...(wait === undefined ? {} : { wait }),
  });
  const answer = (on: IsoDate, serial: number, summary: string, more: Values = {}): Values => ({
    reportNumber: `核对${on.replaceAll("-", "")}${String(serial).padStart(3, "0")}`,
    on,
    validUntil: addDays(on, 180),
    summary,
    ...more,
  });

  const part = {
    submit: (by: ActorKey) => line("submit", by),
    askSupplement: () =>
      line("ask_supplement", officer, (on) => ({
        missing: "近六个月的收入证明或工资流水；确实开不出来的，可以签署告知承诺。",
        by: addDays(on, 15),
      })),
    supplement: (by: ActorKey) =>
      line(
        "supplement",
        by,
        () => ({ commitments: true, note: "单位已停产，开不出证明，签署告知承诺。" }),
        2,
      ),
    accept: () => line("accept", officer),
    survey: (more?: (on: IsoDate) => Values) =>
      line("survey", officer, (on) => visit(on, family.seen, more?.(on)), 2),
    request: () => line("request_verification", officer, () => ({ scope: VERIFIED }), 0),
    answer: (
      summary = "各项信息与申报一致，名下没有车辆、商品房、企业登记，银行存款在限额以内。",
      more?: Values,
    ) => {
      const serial = scene.people.random.int(1, 999);
      return line("answer_verification", "xian", (on) => answer(on, serial, summary, more), 3);
    },
    opinion: (agrees = true, found = "家庭人均收入低于本地低保标准，财产符合规定") =>
      line(
        "opinion",
        officer,
        () =>
          agrees
            ? {
                opinion: "拟同意",
                reason: `经入户调查和信息核对，${found}。`,
                place: "申请人所在村（社区）公示栏",
              }
            : {
                opinion: "拟不同意",
                reason: "经核对，家庭人均收入高于本地低保标准，且名下有机动车辆。",
                place: "申请人所在村（社区）公示栏",
              },
        2,
      ),
    objection: (days: number): Line => ({
      action: "object",
      by: "visitor",
      wait: { days },
      text: "他家儿子在城里买了房，过年还开车回来，请核实是不是共同生活。",
    }),
    reinvestigate: () =>
      line("reinvestigate", officer, () => ({ outcome: "收到群众反映，将重新入户调查，结果另行公示。" })),
    finish: () =>
      line("finish_publicity", officer, () => ({ result: "公示期满，无未处理的异议。" }), "notice"),
    countyVisit: () =>
      line(
        "county_visit",
        decider,
        (on) => ({
          investigators: [ref(decider), ref(scene.delegated ? "zhen" : "fuhe")],
          on,
          findings: `近亲属备案对象，由确认机关入户复查。${family.seen}`,
        }),
        1,
      ),
    confirm: () => line("confirm", decider, () => ({}), 2),
    refuse: () =>
      line(
        "refuse",
        decider,
        () => ({ reason: "家庭月人均收入高于本地最低生活保障标准，且有机动车辆，不符合规定。" }),
        2,
      ),
    deliver: (how: "award" | "refusal") =>
      line(`deliver_${how}`, officer, (on) => ({ on, how: "直接送达", receiver: name }), 2),
    withdraw: (by: ActorKey) =>
      line("withdraw", by, () => ({ reason: "在外务工的子女已接走赡养，家里不再需要。" }), 2),
    terminate: () =>
      line(
        "terminate",
        officer,
        () => ({ reason: "多次联系并两次上门，申请人均拒绝入户和提供情况，程序无法进行。" }),
        5,
      ),

    reportChange: (by: ActorKey, kind: string, detail: string, from: IsoDate) =>
      line("report_change", by, (on) => ({ kind, on: addDays(on, -6), detail }), { from }),
    reportDeath: (by: ActorKey, personId: string, from: IsoDate, daysAgo = 3) =>
      line(
        "report_death",
        by,
        (on) => ({ personId, diedOn: addDays(on, -daysAgo), source: "村（社区）报告、火化证明" }),
        { from },
      ),
    startRecheck: (from: IsoDate) => line("start_recheck", officer, () => ({ kind: "定期" }), { from }),
    recheckSurvey: (findings: string, more?: Values) =>
      line("recheck_survey", officer, (on) => visit(on, findings, more), 2),
    recheckOpinion: (suggest: string, reason: string) =>
      line("recheck_opinion", officer, () => ({ suggest, reason }), 1),
    exitGradually: () =>
      line(
        "exit_gradually",
        decider,
        () => ({ months: 6, reason: "就业后人均收入超过标准，按规定给予渐退期。" }),
        2,
      ),
    stop: () =>
      line(
        "stop",
        decider,
        () => ({ cause: "收入超过标准", reason: "复核时家庭人均收入已超过本地低保标准，财产情况未变。" }),
        2,
      ),
  };
  const heard = (agrees = true, found?: string) => [
    part.accept(),
    part.survey(),
    part.request(),
    part.answer(),
    part.opinion(agrees, found),
  ];
  return {
    ...part,
    /** Everything up to the opinion, the notice, the decision. */
    toOpinion: (by: ActorKey) => [part.submit(by), ...heard()],
    toReview: (by: ActorKey) => [part.submit(by), ...heard(), part.finish()],
    toAward: (by: ActorKey) => [part.submit(by), ...heard(), part.finish(), part.confirm()],
    /** Not because the income lies below the line. */
    toRecognition: (by: ActorKey, found: string) => [
      part.submit(by),
      ...heard(true, found),
      part.finish(),
      part.confirm(),
    ],
    toRefusal: (by: ActorKey) => [part.submit(by), ...heard(false), part.finish(), part.refuse()],
  };
}
export type Lines = ReturnType<typeof linesOf>;

/** Puts one family's case on the agenda. */
export function tellSupport(
  scene: Scene,
  key: string,
  told: {
    /** 低保 unless given. */
    readonly item?: string;
    readonly family: Family;
    readonly home: Home;
    readonly officer?: StaffKey;
    readonly options?: Partial<ApplicationOptions>;
    /** Members who are registered already, by their place. */
    readonly known?: Readonly<Record<number, string>>;
    readonly lines: (lines: Lines, personId: (n: number) => string) => readonly Line[];
    readonly anchor: CaseStory["anchor"];
  },
): Told {
  const { family, home } = told;
  const caseId = scene.id(`case/${key}`);
  const personId = (n: number) => told.known?.[n] ?? scene.personId(caseId, family.members[n]?.idNo ?? "");
  const lines = told.lines(linesOf(scene, family, told.officer), personId);
  const by = lines[0]?.by;
  const channel = by?.startsWith("jumin") ? "resident" : by === "cun" ? "village" : "township";
  tellCase(scene.agenda, {
    key,
    caseId,
    application: householdApplication(told.item ?? ITEM, caseId, family, home, { channel, ...told.options }),
    files: (told.options?.papers ?? []).map((code) => ({ ...paper(code), id: paperId(caseId, code) })),
    lines,
    anchor: told.anchor,
  });
  const done = { caseId, personId, family, home };
  scene.told.set(key, done);
  return done;
}
