/** 动态监测 of the demo: lists, the alerts they raise, clues in every state, visits done and late, 核对 reports. */
import type { Field, Values } from "@wuxin/declare";
import { addDays, type IsoDate, residentIdWithCheck } from "@wuxin/kernel";
import type { StaffKey } from "./accounts.ts";
import { daysOf, type Wait, workingDay, workingDaysBefore } from "./agenda.ts";
import { tellCheckPackages } from "./check-packages.ts";
import { tellDeathLists } from "./death-lists.ts";
import { memberOf, tellFeeds } from "./feeds.ts";
import { tellMeasures } from "./measures.ts";
import { paper } from "./picture.ts";
import type { Scene } from "./scene.ts";

export function tellMonitoring(scene: Scene, rich: boolean): void {
  tellFeeds(scene, rich);
  if (rich) tellClues(scene);
  if (rich) tellMeasures(scene);
  if (rich) tellDeathLists(scene);
  tellVisits(scene, rich);
  tellChecks(scene, rich);
}

interface Page {
  readonly actions: readonly { readonly action: string; readonly fields: readonly Field[] }[];
}
interface Act {
  readonly action: string;
  readonly by: StaffKey;
  readonly wait?: Wait;
  readonly data?: (on: IsoDate, page: Page) => Values;
}
/** What is done with the clue about a person (else with the one told under this key), from a day so many working days back. */
function follow(scene: Scene, key: string, personId: string, back: number, acts: readonly Act[]): void {
  const { agenda, base } = scene;
  const start = workingDaysBefore(agenda.calendar, base, back);
  const days = daysOf(
    agenda.calendar,
    start,
    acts.map((a) => a.wait ?? 1),
  );
  for (const [i, act] of acts.entries()) {
    const on = days[i] as IsoDate;
    agenda.add({
      key: `${key}/${i}-${act.action}`,
      on,
      actor: act.by,
      tells: true,
      run: async (tx, house) => {
        const id =
          personId === "" ? scene.id(key) : (await house.clues.list(tx, { persons: [personId] })).rows[0]?.id;
        if (!id) throw new Error(`demo: no clue about ${key}`);
        const page = await house.clues.page(tx, id);
        await house.clues.act(tx, id, {
          ...{ id: scene.id(`${key}/${i}`), version: page.version, action: act.action },
          data: act.data?.(on, page as Page) ?? {},
        });
      },
    });
  }
}

function tellClues(scene: Scene): void {
  const { agenda, base } = scene;
  const person = (key: string, n = 0) => scene.told.get(key)?.personId(n) ?? "";
  const dispatch: Act = { action: "dispatch", by: "xian" };
  const assign = (by: StaffKey = "zhen", to: StaffKey = by): Act => ({
    ...{ action: "assign", by },
    data: () => ({ worker: scene.ref(to).id, note: "请本周内入户。" }),
  });
  const visit = (by: StaffKey, matches: string, proposal: string, findings: string): Act => ({
    ...{ action: "visit", by, wait: 2 },
    data: (on) => ({ on, met: "self", matches, hardship: ["living"], proposal, findings }),
  });
  const contact = (by: StaffKey, wish: string, findings: string): Act => ({
    ...{ action: "contact", by, wait: 2 },
    data: (on) => ({ on, how: "door", wish, findings }),
  });
  const note = (action: string, by: StaffKey, text: string): Act => ({
    ...{ action, by, data: () => ({ note: text }) },
  });

  // From the lists.
  follow(scene, "clue-vehicle", person("paying-alone"), 11, [
    dispatch,
    assign(),
    visit("zhen", "yes", "adjust", "院内停有轿车一辆，登记在本人名下，跑运输用。"),
    {
      ...{ action: "open-review", by: "zhen" },
      data: (_, page) => ({
        entitlement: choiceOf(page, "open-review", "entitlement"),
        ...{ result: "recheck", note: "名下有车，请重新核查收入和财产。" },
      }),
    },
  ]);
  follow(scene, "clue-pension", person("paying-couple"), 11, [
    dispatch,
    assign(),
    visit("zhen", "no", "none", "养老金是同名的人领取，本人没有参加职工养老保险。"),
    note("false", "zhen", "社保所核实是同名，不是本人。"),
    {
      ...note("recheck", "xian", "电话抽查，情况一致。"),
      data: () => ({ result: "agrees", note: "电话抽查，情况一致。" }),
    },
  ]);
  follow(scene, "clue-medical", person("refused"), 10, [
    dispatch,
    assign(),
    contact("zhen", "willing", "今年住院两次，自付近四万元，收入仍高于低保标准。"),
    {
      ...{ action: "refer", by: "zhen" },
      data: () => ({ department: "县医疗保障局", note: "请核定大病救助。" }),
    },
  ]);
  follow(scene, "clue-employment", person("paying-due"), 9, [
    dispatch,
    assign(),
    visit("zhen", "yes", "adjust", "在食品厂上班两个月，工资按月打卡。"),
  ]);
  follow(scene, "clue-disability", person("refused", 1), 8, [
    dispatch,
    assign(),
    {
      ...contact("zhen", "unreachable", "打了两次没有人接。"),
      data: (on) => ({
        ...{ on, how: "phone", wish: "unreachable", findings: "打了两次没有人接。" },
        nextOn: addDays(on, 3),
      }),
    },
  ]);
  follow(scene, "clue-death", person("paying-relative"), 5, [assign()]);

  // Told by people: every clue has its own days.
  const tell = (
    key: string,
    back: number,
    by: StaffKey,
    level: string,
    told: { source: "worker" | "hotline" | "department"; sourceName: string; title: string; reason: string },
  ) => {
    const someone = scene.people.person({ age: 58 });
    const home = scene.homeIn("village");
    agenda.add({
      key: `report/${key}`,
      on: workingDaysBefore(agenda.calendar, base, back),
      actor: by,
      run: (tx, house) =>
        house.clues.report(tx, {
          ...{ ...told, id: scene.id(key), level, proposes: "help", personId: null },
          ...{ name: someone.name, phone: someone.phone, address: home.address },
          ...{ divisionCode: home.divisionCode, occurredOn: workingDaysBefore(agenda.calendar, base, back) },
        }),
    });
  };
  tell("clue-new", 1, "cun", "yellow", {
    ...{ source: "worker", sourceName: "" },
    ...{ title: "房子漏雨，一直没修", reason: "入户时看到卧室屋顶漏雨，老人独居。" },
  });
  tell("clue-dispatched", 1, "cun", "red", {
    ...{ source: "worker", sourceName: "" },
    ...{ title: "突发疾病，家里没人照看", reason: "昨夜送医，家中只有一个上小学的孩子。" },
  });
  tell("clue-late", 14, "zhen", "red", {
    ...{ source: "hotline", sourceName: "12345 热线" },
    ...{ title: "反映邻居几天没生火", reason: "来电人是邻居，请尽快上门看看。" },
  });
  follow(scene, "clue-late", "", 13, [assign("zhen", "cun"), note("urge", "xian", "已经超期，请今天上门。")]);
  tell("clue-closed", 9, "zhen", "red", {
    ...{ source: "department", sourceName: "县应急管理局" },
    ...{ title: "房屋过火，请看是否需要救助", reason: "厨房过火，人没有受伤。" },
  });
  follow(scene, "clue-closed", "", 8, [
    assign("zhen", "cun"),
    visit("cun", "yes", "refer", "厨房烧毁，暂住亲戚家，被褥粮食不足。"),
    {
      action: "refer",
      by: "zhen",
      data: () => ({ department: "县应急管理局", note: "请发放过渡生活物资。" }),
    },
    {
      ...{ action: "answer", by: "zhen" },
      data: () => ({ note: "已送被褥两床、大米五十斤。", outcome: "done", helpedFen: 30_000 }),
    },
  ]);
  tell("clue-grid", 2, "zhen", "red", {
    ...{ source: "hotline", sourceName: "12345 热线" },
    ...{ title: "老人摔了一跤，走不动路", reason: "来电人是在外打工的儿子，请就近上门看看。" },
  });
  follow(scene, "clue-grid", "", 1, [assign("zhen", "wangge")]);
  // A judgement at the desk, without a clue's way.
  agenda.add({
    key: "alert/judge",
    on: workingDaysBefore(agenda.calendar, base, 2),
    actor: "zhen",
    run: async (tx, house) => {
      const { rows } = await house.matching.alerts(tx, { rule: "rural" });
      for (const a of rows)
        await house.matching.judge(tx, a.id, {
          ...{ id: scene.id("alert/judge"), judgement: "no-change" },
          ...{ outcome: "已在办理低保申请，正在公示。", savedFen: 0, helpedFen: 0 },
        });
    },
  });
  tellExchange(scene);
  tellRectification(scene);
  agenda.add({
    key: "clue/sweep",
    on: workingDaysBefore(agenda.calendar, base, 1),
    actor: "system",
    run: (tx, house) => house.clues.sweep(tx),
  });
}

function choiceOf(page: Page, action: string, field: string): string {
  const fields = page.actions.find((a) => a.action === action)?.fields ?? [];
  return fields.find((f) => f.name === field)?.choices?.[0]?.value ?? "";
}

/** The county tells the other township what to put right; its answer is awaited. */
function tellRectification(scene: Scene): void {
  const { agenda, base } = scene;
  const on = workingDaysBefore(agenda.calendar, base, 4);
  agenda.add({
    key: "rectification",
    on,
    actor: "xian",
    run: (tx, house) =>
      house.clues.rectifications.issue(tx, {
        ...{ id: scene.id("rectification"), divisionCode: scene.second.code, month: on.slice(0, 7) },
        data: {
          problem: "走访清单上的几户到期没有走访，也没有写明原因。",
          demand: "逐户走访到位，报送走访情况和照片；确实找不到人的写明去向。",
          dueOn: addDays(on, 14),
        },
        figures: [],
      }),
  });
}

/** 防返贫: their list comes in, ours goes out. */
function tellExchange(scene: Scene): void {
  const { agenda, base } = scene;
  const partner = "县农业农村局（防返贫办）";
  const known = ["paying-couple", "publicity", "refused"].map((key) => memberOf(scene, key));
  const lines = [...known, scene.people.person({ age: 51 })].map((p) => `${p.name},${p.idNo}`);
  const on = workingDaysBefore(agenda.calendar, base, 7);
  agenda.add({
    key: "exchange/in",
    on,
    actor: "xian",
    run: (tx, house) =>
      house.clues.takeIn(tx, {
        ...{ id: scene.id("exchange/in"), partner, class: "防止返贫监测对象", fileName: "监测对象.csv" },
        bytes: Buffer.from(["姓名,身份证号码", ...lines].join("\n")),
      }),
  });
  agenda.add({
    key: "exchange/out",
    on,
    actor: "xian",
    run: (tx, house) =>
      house.clues.giveOut(tx, { id: scene.id("exchange/out"), partner, basis: "国办发〔2023〕39号" }),
  });
}

/** The lists of visits of last month and of this one: some done, the rest of last month late. */
function tellVisits(scene: Scene, rich: boolean): void {
  const { agenda, base } = scene;
  const { calendar } = agenda;
  const early = scene.day(1, 2);
  agenda.add({
    key: "visits/last",
    on: early,
    actor: "system",
    run: (tx, house) => house.duties.generate(tx),
  });
  const rounds = rich ? 3 : 1;
  for (let i = 0; i < rounds; i++) {
    const on = workingDay(calendar, scene.day(1, 11 + 3 * i));
    agenda.add({
      key: `visits/round${i}`,
      on,
      actor: i === 0 ? "cun" : "zhen",
      run: async (tx, house) => {
        const { stops } = await house.duties.list(tx, null);
        // A visit takes all of a stop's tasks along; clues have visits of their own.
        for (const stop of stops.filter((s) => s.tasks.every((t) => t.kind === "duty")).slice(0, 2))
          await house.duties.record(tx, {
            ...{ id: scene.id(`visit/${i}/${stop.subjectId}`), deviceId: null, subjectId: stop.subjectId },
            ...{
              at: `${on}T09:${20 + i}:00+08:00`,
              place: null,
              answers: answersTo(stop.form, on),
              card: {},
            },
            ...{ photos: [], signatureId: null },
          });
      },
    });
  }
  const now = workingDaysBefore(calendar, base, 1);
  agenda.add({ key: "visits/now", on: now, actor: "system", run: (tx, house) => house.duties.generate(tx) });
}

/** What must be said, said plainly. */
function answersTo(form: readonly Field[], on: IsoDate): Values {
  const answers: Record<string, Values[string]> = {};
  for (const f of form) {
    if (f.required === undefined || f.required === false) continue;
    if (f.type === "choice") answers[f.name] = f.choices?.[0]?.value ?? "";
    else if (f.type === "choices") answers[f.name] = [f.choices?.[0]?.value ?? ""];
    else if (f.type === "date") answers[f.name] = on;
    else if (f.type === "boolean") answers[f.name] = true;
    else answers[f.name] = "身体还好，没有新的困难。";
  }
  return answers;
}

function tellChecks(scene: Scene, rich: boolean): void {
  const { agenda, base } = scene;
  const make = (key: string, back: number) => {
    const caseId = scene.told.get(key)?.caseId ?? "";
    agenda.add({
      key: `check/${key}`,
      on: workingDaysBefore(agenda.calendar, base, back),
      actor: "xian",
      run: (tx, house) => house.matching.checks.make(tx, { id: scene.id(`check/${key}`), caseId }),
    });
  };
  if (rich) tellSupporter(scene);
  if (rich) tellCheckPackages(scene);
  make("overdue", 3);
  if (!rich) return;
  make("verified", 2);
  make("paying-alone", 2);
  agenda.add({
    key: "check/objection",
    on: workingDaysBefore(agenda.calendar, base, 1),
    actor: "zhen",
    run: (tx, house) =>
      house.matching.checks.object(tx, scene.id("check/paying-alone"), {
        ...{ id: scene.id("check/objection"), reason: "车是儿子买的，登记在他名下，请复查。" },
      }),
  });
}

/** A son who lives elsewhere, with a court's word on what he pays; he signs before the report is made. */
function tellSupporter(scene: Scene): void {
  const { agenda, base, county } = scene;
  const told = scene.told.get("verified");
  const id = scene.id("supporter/verified");
  const on = workingDaysBefore(agenda.calendar, base, 4);
  agenda.add({
    key: "supporter/verified",
    on,
    actor: "zhen",
    async run(tx, { matching: { supporters }, documents }) {
      await supporters.name(tx, told?.caseId ?? "", {
        ...{ id, ofPersonId: told?.personId(0) ?? "", name: "郑远行", relation: "赡养义务人（子女）" },
        idNo: residentIdWithCheck(`${county.code}19800312977`),
        ...{ incomeFen: 420_000, dependants: 3, supports: 2, agreedFen: 20_000 },
      });
      const file = { ...paper("expense"), id: scene.id("supporter/verified/paper"), name: "核对授权书.png" };
      await documents.saveFile(tx, file);
      await supporters.authorise(tx, id, { signedOn: on, fileId: file.id });
    },
  });
}
