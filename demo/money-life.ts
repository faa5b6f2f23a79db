/**
 * What happens to money besides the monthly rosters, in 岳阳县: a raise that was paid and one that waits for its second
 * person, 物价联动, a death told late and a child moved away whose months are asked back, a list made public, a 抽查.
 */
import type { SpotActInput } from "@wuxin/engines/funds";
import { addDays, daysBetween, type IsoDate } from "@wuxin/kernel";
import type { StaffKey } from "./accounts.ts";
import { deathReported, tellAge } from "./age-cases.ts";
import { workingDay, workingDaysBefore } from "./agenda.ts";
import { rosterId } from "./money.ts";
import { tellNursing } from "./person-benefits.ts";
import { paper } from "./picture.ts";
import type { Scene } from "./scene.ts";
import { tellSupport } from "./support-cases.ts";

/** Runs between the rosters of two months ago and of last month. */
export function tellBeforeRoster(scene: Scene): void {
  const made = workingDay(scene.agenda.calendar, scene.day(1, 3));
  const before = (n: number) => workingDaysBefore(scene.agenda.calendar, made, n);
  tellRaise(scene, {
    ...{ key: "age", parameter: "高龄津贴标准", document: "演民发〔{year}〕6号", since: scene.day(2, 1) },
    values: { 第一档: "60", 第二档: "120", 第三档: "500" },
    ...{ proposed: before(3), approved: before(2), released: before(1) },
  });
  const linkage = scene.id("linkage");
  const add = adder(scene);
  add("linkage/enter", made, "xian", (tx, { entitlements }) =>
    need(entitlements.linkage).enter(tx, "price-subsidy", {
      id: linkage,
      month: scene.month(2),
      values: { 居民消费价格涨幅: 3.6, 食品价格涨幅: 6.4, 低收入居民价格涨幅: 3.7 },
      source: `演示统计月报 ${scene.month(2)}`,
    }),
  );
  add("linkage/confirm", made, "shenpi", async (tx, { entitlements }) => {
    const { total } = await need(entitlements.linkage).page(tx, linkage);
    const seen = { note: "与统计月报一致", persons: total.persons, amountFen: total.amountFen };
    return need(entitlements.linkage).confirm(tx, linkage, seen);
  });
}

export function tellMoneyLife(scene: Scene): void {
  const { agenda, base, people, families } = scene;
  const before = (n: number) => workingDaysBefore(agenda.calendar, base, n);
  const add = adder(scene);

  // Draw since two months ago, so that a raise of their standard has months to pay again.
  for (const age of [34, 47, 61])
    tellNursing(scene, `nursing-${age}`, people.person({ age }), { action: "confirm", by: scene.day(3, 16) });
  tellRaise(scene, {
    ...{ key: "nursing", parameter: "重度残疾人护理补贴标准", document: "演民发〔{year}〕15号" },
    ...{ since: scene.day(2, 1), values: { "": "100" }, proposed: before(6), approved: before(5) },
  });

  // Died before last month's roster, told this week: the month is asked back and waits for somebody to confirm.
  const told = before(4);
  tellAge(scene, "age-late-death", {
    person: people.person({ age: 86, sex: "男" }),
    home: scene.home("农村"),
    until: "confirm",
    anchor: { action: "confirm", by: scene.day(3, 12) },
    later: (personId) => [deathReported(personId, told, daysBetween(scene.day(2, 20), told))],
  });

  // The child has lived with its grandmother in another county since before last month: kept back month by month.
  const overpaid = tellSupport(scene, "child-moved", {
    family: families.single(),
    home: scene.home("农村"),
    lines: (l) => [...l.toReview("zhen"), l.confirm()],
    anchor: { action: "confirm", by: scene.day(3, 15) },
  });
  add("child-moved/change", before(5), "xian", async (tx, { entitlements }) => {
    const { rows } = await entitlements.list(tx, { q: overpaid.family.members[0]?.name, size: 5 });
    return entitlements.change(tx, rows[0]?.id ?? "", {
      ...{ id: scene.id("child-moved/change"), kind: "member-out", event: "left" },
      ...{ personId: overpaid.personId(1), happenedOn: scene.day(2, 12), reason: "随外婆迁往外县就学" },
    });
  });
  add("child-moved/recovery", before(3), "xian", async (tx, { payments: { recoveries } }) => {
    const { rows } = await recoveries.list(tx, { state: "proposed", q: overpaid.family.members[0]?.name });
    const page = await recoveries.page(tx, rows[0]?.id ?? "");
    const [source] = page.sources;
    return recoveries.confirm(tx, page.id, {
      ...{ way: "deduct", instalmentFen: source?.mostFen ?? null, deductFrom: source?.id ?? null },
      note: "家庭困难，按月从低保金里扣。",
    });
  });

  // Enough for the month whose roster the visitor makes, not for the next: the forecast says which benefit, when, how much.
  const more = workingDay(agenda.calendar, scene.day(1, 13));
  add("funds/more", more, "caiwu", (tx, { funds }) =>
    funds.allocate(tx, {
      ...{
        id: scene.id("funds/more"),
        source: "市",
        document: `演市财社〔${more.slice(0, 4)}〕21号`,
        item: "",
      },
      ...{ issuedOn: scene.day(1, 1), amountFen: 300_000, receivedOn: more, note: "演示追加拨款" },
    }),
  );

  // Next month's money is not here yet: finance asks, the leader has not answered.
  add("funds/override", before(2), "caiwu", (tx, { funds }) =>
    funds.requestOverride(tx, {
      ...{ id: scene.id("funds/override"), source: "省", item: "", limitFen: 500_000 },
      ...{ document: `演省财社〔${base.slice(0, 4)}〕待下达`, issuedOn: before(3) },
      reason: "省级困难群众救助资金预计下旬到账，下月低保、特困先行垫付。",
    }),
  );

  for (const [key, divisionCode, yuan, purpose] of [
    ["town", scene.first.code, 1_800, "困难群众救助资金"],
    ["county", scene.county.code, 600, "县级统筹"],
  ] as const)
    add(
      `funds/allot/${key}`,
      workingDay(agenda.calendar, addDays(more, 1)),
      "caiwu",
      async (tx, { funds }) => {
        const { accounts } = await funds.page(tx);
        const account = accounts.find((a) => a.document.endsWith("21号"));
        return funds.allot(tx, {
          ...{ id: scene.id(`funds/allot/${key}`), accountId: account?.id ?? "", divisionCode, purpose },
          ...{ amountFen: yuan * 100, document: `演民发〔${more.slice(0, 4)}〕9号`, on: more },
        });
      },
    );

  tellOutlays(scene, more);
  tellAfterRoster(scene);
}

/** What no roster pays: one that a leader has confirmed, one that waits for him. */
function tellOutlays(scene: Scene, from: IsoDate): void {
  const { calendar } = scene.agenda;
  const add = adder(scene);
  for (const [key, days, payee, purpose, way, yuan] of [
    ["visits", 3, "岳阳县某社会工作服务中心（演示）", "困难老人上门探访服务", "service", 180],
    ["repair", 5, "岳阳县某建筑工程公司（演示）", "乡镇敬老院厨房维修", "project", 120],
  ] as const) {
    const on = workingDay(calendar, addDays(from, days));
    const id = scene.id(`funds/outlay/${key}`);
    add(`funds/outlay/${key}`, on, "caiwu", async (tx, { funds, documents }) => {
      const file = { ...paper("expense"), id: scene.id(`funds/outlay/${key}/paper`) };
      await documents.saveFile(tx, file);
      const account = (await funds.page(tx)).accounts.find((a) => a.source === "福彩公益金");
      await funds.askOutlay(tx, {
        ...{ id, accountId: account?.id ?? "", way, payee, purpose, fileId: file.id, month: on.slice(0, 7) },
        ...{ document: `演合同〔${on.slice(0, 4)}〕${days}号`, voucher: `演凭${days}`, paidOn: on },
        amountFen: yuan * 100,
      });
    });
    if (key === "visits")
      add(`funds/outlay/${key}/confirm`, workingDay(calendar, addDays(on, 1)), "shenpi", (tx, { funds }) =>
        funds.decideOutlay(tx, id, { confirm: true, note: "" }),
      );
  }
}

/** Last month's list hangs; five households that it paid are looked at. */
function tellAfterRoster(scene: Scene): void {
  const { agenda, base } = scene;
  const add = adder(scene);
  const answered = workingDaysBefore(agenda.calendar, base, 8);
  const roster = rosterId(scene, scene.month(1));
  add("publish", workingDay(agenda.calendar, scene.day(1, 12)), "xian", (tx, { payments }) =>
    payments.publish(tx, roster, { id: scene.id("publish"), item: "subsistence-allowance" }),
  );
  const check = scene.id("spot-check");
  add("spot-check/draw", answered, "shenji", (tx, { spotChecks }) =>
    spotChecks.draw(tx, {
      ...{ id: check, title: "救助资金发放抽查", basis: "本年度救助资金监督检查计划（演示）" },
      ...{ month: scene.month(1), item: "", size: 5, seed: `${answered} 当众掷出 07 11 19` },
    }),
  );
  const act = (
    nth: number,
    key: string,
    wait: number,
    who: StaffKey,
    input: (on: IsoDate) => WithoutId<SpotActInput>,
  ) => {
    const on = workingDaysBefore(agenda.calendar, base, 8 - wait);
    add(`spot-check/${nth}/${key}`, on, who, async (tx, { spotChecks }) => {
      const { households } = await spotChecks.page(tx, check);
      const id = scene.id(`spot-check/${nth}/${key}`);
      return spotChecks.act(tx, check, households[nth]?.entitlementId ?? "", { ...input(on), id });
    });
  };
  const look =
    (words: string, wrong: Partial<Record<"homeOk" | "fileOk" | "accountOk", false>> = {}) =>
    (on: IsoDate): WithoutId<SpotActInput> => ({
      ...{ kind: "looked", on, words, amountFen: 0, homeOk: true, fileOk: true, accountOk: true },
      ...wrong,
    });
  act(0, "looked", 1, "xian", look(""));
  act(1, "looked", 1, "xian", look("入户调查表缺一名调查人签字", { fileOk: false }));
  act(1, "confirmed", 2, "shenji", (on) => ({
    kind: "confirmed",
    words: "属实，补签并通报。",
    rectifyBy: addDays(on, 20),
  }));
  act(1, "rectified", 4, "xian", (on) => ({
    kind: "rectified",
    on,
    words: "已由两名调查人重新入户，调查表补齐归档。",
  }));
  act(2, "looked", 3, "fuhe", look("存折由侄子保管，钱没有全交到本人手里", { accountOk: false }));
  act(3, "looked", 3, "fuhe", look(""));
}

type WithoutId<A> = A extends unknown ? Omit<A, "id"> : never;

interface Raise {
  readonly key: string;
  readonly parameter: string;
  readonly document: string;
  readonly since: IsoDate;
  /** By the choice of the parameter; one without choices has the key "". */
  readonly values: Readonly<Record<string, string>>;
  readonly proposed: IsoDate;
  readonly approved: IsoDate;
  /** Absent: it still waits for the second person. */
  readonly released?: IsoDate;
}
function tellRaise(scene: Scene, raise: Raise): void {
  const id = scene.id(`raise/${raise.key}`);
  const step = adder(scene);
  const key = (name: string) => `raise/${raise.key}/${name}`;
  step(key("propose"), raise.proposed, "xian", async (tx, { standards }) => {
    await standards.propose(tx, raise.parameter, {
      ...{ id, since: raise.since, form: "amount", multiple: null, note: null, corrects: false },
      values: Object.entries(raise.values).map(([k, text]) => ({ key: k ? [k] : [], text, unit: null })),
      document: raise.document.replace("{year}", raise.since.slice(0, 4)),
    });
    await standards.submit(tx, id);
  });
  step(key("approve"), raise.approved, "fuhe", (tx, { standards }) => standards.approve(tx, id, null), true);
  if (raise.released)
    step(
      key("release"),
      raise.released,
      "shenpi",
      async (tx, { entitlements }) => {
        const repricing = need(entitlements.repricing);
        const run = (await repricing.list(tx)).find(
          (r) => r.standard === raise.parameter && r.state === "ready",
        );
        return repricing.release(tx, run?.id ?? "", { note: "与测算一致" });
      },
      true,
    );
}

const adder =
  (scene: Scene) =>
  (
    key: string,
    on: IsoDate,
    actor: StaffKey,
    run: Parameters<Scene["agenda"]["add"]>[0]["run"],
    works = false,
  ): void =>
    scene.agenda.add({ key, on, actor, run, tells: true, ...(works ? { works: true as const } : {}) });

function need<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("demo: the house has no repricing");
  return part;
}
