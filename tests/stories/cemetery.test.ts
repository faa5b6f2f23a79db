/** 海丰县 says in its 2023 summary: one commercial and six public cemeteries, 50 % of its towns, plots up to 15,000 元. */
import { readFileSync } from "node:fs";
import { getCounty } from "@wuxin/counties";
import type { Folder } from "@wuxin/declare";
import { loadCatalogue } from "@wuxin/domains";
import { createIndicators } from "@wuxin/engines/indicators";
import { plansLedgers } from "@wuxin/engines/plans";
import { createRegisters, type ParameterValue } from "@wuxin/engines/registers";
import { statisticsLedger } from "@wuxin/engines/statistics";
import { fixedClock, formatYuan, monthOf, newId } from "@wuxin/kernel";
import { type Actor, systemActor, type Tx } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { loadRuleSet, parameterAt, type RuleSet } from "@wuxin/policy";
import { afterAll, beforeAll, expect, test } from "vitest";

const haifeng = getCounty("441521");
const section: Actor = { ...systemActor(haifeng.code), role: "county", name: "社会事务股" };
const towns = haifeng.divisions.filter((d) => d.level === "township");
const clock = fixedClock("2023-12-20");
let t: TestDatabase;
let house: Awaited<ReturnType<typeof open>>;

const ruleSets = new Map<string, RuleSet>();
function ruleSetOf(code: string, folder: Folder | undefined): RuleSet {
  const key = `${code} ${folder?.path}`;
  const known = ruleSets.get(key);
  if (known) return known;
  const text = readFileSync(getCounty(code).standardsPath, "utf8");
  const standards = { file: `counties/${code}/standards.yaml`, text };
  const parameters = [...(folder?.parameters ? [folder.parameters] : []), standards];
  const set = loadRuleSet({ name: key, rules: [], parameters });
  ruleSets.set(key, set);
  return set;
}

function parameterOn(
  code: string,
  folder: Folder | undefined,
  name: string,
  on: string,
): ParameterValue | undefined {
  const set = ruleSetOf(code, folder);
  const first = set.parameters.get(name)?.versions[0];
  if (!first || first.since > on) return undefined;
  const p = parameterAt(set, name, monthOf(on));
  const value = Number(p.value);
  return {
    value,
    text: `${formatYuan(value)} 元`,
    document: p.document ?? null,
    since: p.since,
    unverified: p.unverified ?? false,
  };
}

async function open() {
  const catalogue = await loadCatalogue();
  const divisions = (code: string) => getCounty(code).divisions;
  const audit = { record: async () => {} };
  return {
    registers: createRegisters({
      clock,
      vault: t.vault,
      catalogue,
      audit,
      divisions,
      parameterOn,
      registry: { households: async () => new Map() },
    }),
    indicators: createIndicators({
      clock,
      catalogue,
      divisions,
      parameterOn,
      payDay: () => 10,
      audit,
      jumpPercent: () => 20,
      ledgers: [...plansLedgers([]), statisticsLedger],
      keepFiguresMs: 0,
    }),
  };
}
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => t.db.transact(actor, work);
const figures = async () => {
  const codes = [
    "cemetery_commercial",
    "cemetery_public",
    "cemetery_coverage",
    "grave_price_cap",
    "overcharges",
  ];
  const list = await as(section, (tx) => house.indicators.figures(tx, { codes }));
  return Object.fromEntries(list.map((f) => [f.code, f.value]));
};
const save = (id: string, version: number, values: object) =>
  as(section, (tx) => house.registers.saveEntry(tx, "cemetery", id, { version, values: { ...values } }));

beforeAll(async () => {
  t = await testDatabase();
  house = await open();
});
afterAll(() => t.close());

test("before anything is on record, coverage is nought of twelve towns", async () => {
  expect(towns).toHaveLength(12);
  expect(await figures()).toEqual({
    ...{
      cemetery_commercial: 0,
      cemetery_public: 0,
      cemetery_coverage: 0,
      grave_price_cap: 1.5,
      overcharges: 0,
    },
  });
});

test("six towns with a public cemetery in use are 50 %; a second one in a town and one not yet used add nothing", async () => {
  const base = { operator: "镇人民政府", plots: 2_000, sold: 800, priceFen: 980_000, state: "使用中" };
  for (const [i, town] of towns.slice(0, 6).entries())
    await save(newId(), 0, {
      ...base,
      name: `${town.name}公益性公墓`,
      kind: "公益性公墓",
      divisionCode: town.code,
      sold: 800 + i,
    });
  await save(newId(), 0, { ...base, name: "县城陵园", kind: "经营性公墓", divisionCode: towns[0]?.code });
  expect(await figures()).toMatchObject({
    cemetery_commercial: 1,
    cemetery_public: 6,
    cemetery_coverage: 50,
  });
  const extra = newId();
  await save(extra, 0, { ...base, name: "第二公墓", kind: "公益性公墓", divisionCode: towns[0]?.code });
  await save(newId(), 0, {
    ...base,
    name: "新公墓",
    kind: "公益性公墓",
    divisionCode: towns[7]?.code,
    state: "在建",
  });
  expect(await figures()).toMatchObject({ cemetery_public: 8, cemetery_coverage: 50 });
  await save(extra, 1, { state: "停用" });
  const drill = await as(section, (tx) =>
    house.indicators.drill(tx, "cemetery_coverage", { month: "2023-12" }),
  );
  expect(drill.total).toBe(6);
  const { rows } = await as(section, (tx) => house.indicators.list(tx, { system: "服务" }));
  expect(rows.find((r) => r.code === "cemetery_coverage")).toMatchObject({
    ...{ numerator: 6, denominator: 12, denominatorText: "全县乡镇（街道）数", value: 50 },
  });
});

test("a price at the ceiling passes, one 分 above is flagged with its document; an overcharge is counted", async () => {
  const list = await as(section, (tx) =>
    house.registers.listEntries(tx, "cemetery", { page: 1, size: 50, q: "县城陵园" }),
  );
  const id = list.rows[0]?.id as string;
  expect((await save(id, 1, { priceFen: 1_500_000 })).flags).toEqual([]);
  expect((await save(id, 2, { priceFen: 1_500_001 })).flags[0]).toMatch(
    /^墓位价格 15,000.01 元 超过核定上限 15,000.00 元（海丰县发改局核定/,
  );
  const charge = (subject: string, amountFen: number) =>
    as(section, (tx) => {
      const values = { on: "2023-12-18", subject, amountFen, payer: "陈大文" };
      return house.registers.addRow(tx, "cemetery", id, "charges", { id: newId(), values });
    });
  await charge("墓位", 1_800_000);
  const page = await charge("刻碑", 1_800_000); // the ceiling is that of plots
  expect(page.ledgers.charges?.map((c) => [c.values.subject, c.flags.length])).toEqual(
    expect.arrayContaining([
      ["墓位", 1],
      ["刻碑", 0],
    ]),
  );
  expect(await figures()).toMatchObject({ overcharges: 1, grave_price_cap: 1.5 });
  const brief = (await as(section, (tx) => house.registers.list(tx))).find((r) => r.code === "cemetery");
  expect(brief).toMatchObject({ flagged: 1, checksDue: 0 });
});

test("a county that recorded no ceiling flags nothing, and its page lists none", async () => {
  const yueyang = getCounty("430621");
  const there: Actor = { ...systemActor(yueyang.code), role: "county", name: "社会事务股" };
  const town = yueyang.divisions.find((d) => d.level === "township")?.code;
  const values = {
    name: "山公墓",
    kind: "公益性公墓",
    divisionCode: town,
    operator: "镇",
    plots: 9,
    sold: 10,
    priceFen: 9_000_000,
    state: "使用中",
  };
  const put = (v: object) =>
    as(there, (tx) =>
      house.registers.saveEntry(tx, "cemetery", newId(), { version: 0, values: { ...values, ...v } }),
    );
  await expect(put({})).rejects.toMatchObject({ code: "invalid-input", field: "sold" });
  expect((await put({ sold: 9 })).flags).toEqual([]);
  expect((await as(there, (tx) => house.registers.get(tx, "cemetery"))).limits).toEqual([]);
});
