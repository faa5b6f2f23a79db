import { getCounty, holidayTables, listCounties } from "@wuxin/counties";
import {
  ageOn,
  isMobilePhone,
  isWorkingDay,
  luhnValid,
  parseResidentId,
  workingCalendar,
} from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { expect, test } from "vitest";
import { demoAccounts, staffOf } from "./accounts.ts";
import { daysEndingBy } from "./agenda.ts";
import { agendaOf } from "./fill.ts";
import type { DemoHouse } from "./house.ts";
import { peopleOf } from "./people.ts";

const BASE = "2026-11-21";
const calendar = workingCalendar(holidayTables());

interface Call {
  readonly key: string;
  readonly on: string;
  readonly actor: string;
  readonly service: string;
  readonly input: readonly unknown[];
}

/** Carries an agenda out on a house that only writes down what it is asked. */
async function toldBy(code: string, base: string): Promise<Call[]> {
  const calls: Call[] = [];
  for (const step of agendaOf(getCounty(code), base).sorted()) {
    const note =
      (service: string) =>
      async (_tx: unknown, ...input: unknown[]) => {
        calls.push({ key: step.key, on: step.on, actor: step.actor, service, input });
        const choice = {
          action: "open-review",
          fields: [{ name: "entitlement", choices: [{ value: "e" }] }],
        };
        return {
          ...{ digest: "", name: "", bytes: Buffer.from("a\r\nb\r\n") },
          ...{ rows: [{ id: "row" }], version: 1, actions: [choice], stops: [] },
          ...{
            total: { persons: 1, amountFen: 1 },
            accounts: [{ id: "a", document: "21号" }],
            households: [],
            sources: [],
            measures: [{ id: "measure", version: 1 }],
            returns: [{ id: "return" }],
          },
        };
      };
    // A part of an engine (`clues.rectifications`) is one too.
    const engine = (name: string): never =>
      new Proxy(note(name), { get: (_, method) => engine(`${name}.${String(method)}`) }) as never;
    const house: Partial<DemoHouse> = {
      access: engine("access"),
      registry: {
        ensurePerson: note("registry.ensurePerson"),
        currentHouseholds: async (_: Tx, ids: readonly string[]) => new Map(ids.map((id) => [id, id])),
      } as never,
      documents: engine("documents"),
      cases: engine("cases"),
      payments: engine("payments"),
      funds: engine("funds"),
      registers: engine("registers"),
      matching: {
        save: (county: unknown, id: unknown) => note("matching.save")(county, id),
        receive: note("matching.receive"),
        alerts: note("matching.alerts"),
        judge: note("matching.judge"),
        checks: engine("checks"),
        supporters: engine("supporters"),
        packages: engine("packages"),
      } as never,
      ...{ standards: engine("standards"), spotChecks: engine("spotChecks"), matters: engine("matters") },
      // No run waits here: the reading is the engine's own.
      entitlements: {
        ...{ list: note("entitlements.list"), change: note("entitlements.change") },
        repricing: { list: async () => [], release: note("repricing.release") },
        linkage: engine("linkage"),
      } as never,
      clues: engine("clues"),
      ...{ duties: engine("duties"), deathLists: engine("deathLists") },
      indicators: engine("indicators"),
      assessments: engine("assessments"),
      // The reading is the engine's own; here one target answers to every part that the story asks for.
      plans: new Proxy(
        {},
        {
          get: (_, method) =>
            method === "targetsWithProgress"
              ? async () => [
                  {
                    id: "target",
                    object: "低保对象、低保人数、高龄津贴、适老化改造、安全检查、助餐点、议事协商、公墓",
                  },
                ]
              : note(`plans.${String(method)}`),
        },
      ) as never,
    };
    await step.run({} as Tx, house as DemoHouse, step.on);
  }
  return calls;
}

interface Asked {
  readonly application: {
    readonly divisionCode: string;
    readonly account: { readonly accountNo: string };
    readonly members: readonly { readonly name: string; readonly idNo: string; readonly phone?: string }[];
  };
}
const applications = (calls: readonly Call[]) =>
  calls.filter((c) => c.service === "cases.submit").map((c) => (c.input[0] as Asked).application);

test("同一个县、同一天，造出来的人和事完全一样；换一个县就是另一些人", async () => {
  const once = await toldBy("430621", BASE);
  expect(await toldBy("430621", BASE)).toEqual(once);
  const names = (calls: readonly Call[]) => applications(calls).flatMap((a) => a.members.map((m) => m.idNo));
  const other = new Set(names(await toldBy("441521", BASE)));
  expect(names(once).filter((id) => other.has(id))).toEqual([]);
});

test.each(listCounties().map((c) => [c.name, c.code]))(
  "%s 的演示居民：号码有效、不重复、住在本县真实的村",
  async (_name, code) => {
    const forms = applications(await toldBy(code, BASE));
    const people = forms.flatMap((a) => a.members);
    const places = new Set(
      getCounty(code)
        .divisions.filter((d) => d.level === "village")
        .map((d) => d.code),
    );
    expect(forms.length).toBeGreaterThanOrEqual(10);
    for (const a of forms) expect(places).toContain(a.divisionCode);
    for (const m of people) {
      const id = parseResidentId(m.idNo, BASE);
      expect(id).toMatchObject({ ok: true, regionCode: code });
      expect(m.name).toMatch(/^\p{Script=Han}{2,4}$/u);
      if (m.phone !== undefined) {
        expect(isMobilePhone(m.phone)).toBe(true);
        // No operator has this range: a demonstration never rings anybody.
        expect(m.phone.startsWith("154")).toBe(true);
      }
    }
    const unique = (list: readonly string[]) => expect(new Set(list).size).toBe(list.length);
    unique(people.map((m) => m.idNo));
    unique(people.flatMap((m) => m.phone ?? []));
    // One account is shared and one is mistyped, on purpose.
    // A recognition pays nothing and asks for none.
    const accounts = forms.flatMap((a) => a.account?.accountNo ?? []);
    expect(accounts.length - new Set(accounts).size).toBe(1);
    expect(accounts.filter((n) => !luhnValid(n))).toHaveLength(1);
  },
);

test("年龄按要求，一个不差：生日不在当月，月初月末都一样", () => {
  for (const today of ["2026-01-01", "2026-02-28", "2026-11-21", "2028-02-29", "2026-12-31"]) {
    const people = peopleOf("430621", today);
    for (const age of [4, 17, 45, 80, 91]) {
      const p = people.person({ age });
      expect(ageOn(p.birthDate, today)).toBe(age);
    }
  }
});

test("一千个人里没有两个相同的身份证号码、手机号和账号", () => {
  const people = peopleOf("632224", BASE);
  const all = Array.from({ length: 1000 }, (_, i) => people.person({ age: 20 + (i % 60) }));
  for (const of of ["idNo", "phone", "account"] as const)
    expect(new Set(all.map((p) => p[of])).size).toBe(1000);
});

test("无论哪一天启动，故事都排得下：都在那天之前，先后不乱，工作人员只在工作日办事", async () => {
  const days = [
    "2024-02-29",
    "2025-02-05",
    "2026-01-01",
    "2026-03-01",
    "2026-10-08",
    "2026-12-31",
    "2028-05-31",
    "2030-01-02",
  ];
  for (const base of days)
    for (const { code } of listCounties()) {
      const steps = agendaOf(getCounty(code), base).sorted();
      expect(steps.at(-1)?.on.localeCompare(base)).toBeLessThan(0);
      expect(
        steps
          .filter((s) => !["system", "visitor"].includes(s.actor) && !isWorkingDay(calendar, s.on))
          .map((s) => s.key),
      ).toEqual([]);
      const orders = new Map<string, number>();
      for (const s of steps) {
        const [, story = "", nth = ""] = /^([^/]+)\/(\d+)-[a-z]/.exec(s.key) ?? [];
        if (story === "") continue;
        expect(Number(nth)).toBe((orders.get(story) ?? -1) + 1);
        orders.set(story, Number(nth));
      }
    }
});

test("公示期满以后才能报确认：第 0 天张贴，第 8 天起", () => {
  // 2026-11-02 is a Monday.
  expect(daysEndingBy(calendar, [0, "notice"], 1, "2026-11-10")).toEqual(["2026-11-02", "2026-11-10"]);
  expect(daysEndingBy(calendar, [0, "notice"], 1, "2026-11-09")).toEqual(["2026-10-30", "2026-11-09"]);
});

test("每县十三个工作账号、三个居民账号，岳阳县另有部门和机构各一个；三员分立，登录名不重复", () => {
  const accounts = demoAccounts(listCounties());
  expect(accounts).toHaveLength(16 * listCounties().length + 2);
  for (const county of listCounties()) {
    const own = accounts.filter((a) => a.county === county.code);
    expect(new Set(own.map((a) => a.loginName)).size).toBe(own.length);
    expect(own.filter((a) => a.role === "resident").map((a) => a.scopeName)).toEqual([
      "还没有申请过",
      "申请正等着补材料",
      "正在领取",
    ]);
    expect(new Set(staffOf(county).map((s) => s.role))).toEqual(
      new Set([
        "grid",
        "village",
        "township",
        "county",
        "leader",
        "finance",
        "auditor",
        "system_admin",
        "security_admin",
        "audit_admin",
      ]),
    );
  }
});
