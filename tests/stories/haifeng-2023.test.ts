/** Every figure that 海丰县 states of its 2023, read from the list of its quantities, counted by the indicators. */
import fs from "node:fs";
import path from "node:path";
import { type Month, newId } from "@wuxin/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { section, writeYear } from "./haifeng-year.ts";
import { type TestHouse, testHouse } from "./house.ts";
import { readBack } from "./read-back.ts";

const SHARED = path.resolve(import.meta.dirname, "../../../shared");
const LIST = path.join(SHARED, "mission/quantities.json");
const TEXT = path.join(SHARED, "plans/002-haifeng-county-2023-summary-2024-plan.txt");
const absent = !fs.existsSync(LIST) || !fs.existsSync(TEXT);

interface Quantity {
  readonly source: string;
  readonly item: string;
  readonly quote: string;
  readonly value: string;
  readonly unit: string;
  readonly indicator: string;
  readonly row: string;
  readonly kind: string;
  readonly note: string;
}
/** Dates, names, rotas and numbers of principles are no figures. */
const FIGURES = ["standard-old", "standard-new", "actual", "actual-cumulative", "target", "limit"];

/** Where a figure is read: an indicator over months, or one row behind it. */
interface Reading {
  readonly code: string;
  readonly from: Month;
  readonly to: Month;
  readonly row?: { readonly name: string; readonly column: string };
}
const over = (code: string, from: Month, to: Month): Reading => ({ code, from, to });
const year = (code: string, y: number | string = 2023): Reading => over(code, `${y}-01`, `${y}-12`);
const end = (code: string, y: number | string = 2023): Reading => over(code, `${y}-12`, `${y}-12`);
const standard = (code: string) => (q: Quantity) => end(code, q.kind === "standard-old" ? 2022 : 2023);
const yearIn = (q: Quantity): string => /20\d\d/.exec(q.note)?.[0] ?? "2023";

/** By the indicator that the list names; the year, place or state is told by the kind and note of the quantity. */
const READINGS: Readonly<Record<string, (q: Quantity) => Reading>> = {
  std_orphan_central: standard("std_orphan_central"),
  std_orphan_scattered: standard("std_orphan_scattered"),
  std_dibao_urban: standard("std_dibao_urban"),
  std_dibao_rural: standard("std_dibao_rural"),
  supplement_urban: standard("supplement_urban"),
  supplement_rural: standard("supplement_rural"),
  std_tekun: (q) =>
    standard(q.note.startsWith("城") || q.value === "1479" ? "std_tekun_urban" : "std_tekun_rural")(q),
  std_disab_living: standard("std_disab_living"),
  std_disab_nursing: standard("std_disab_nursing"),
  care_beds: (q) => end(q.note.startsWith("镇级") ? "care_beds" : "care_beds_waiting"),
  care_institutions: (q) =>
    end(
      q.note.includes("正式运营")
        ? "care_institutions_running"
        : q.note.includes("已建成未运营")
          ? "care_institutions_idle"
          : q.note.includes("择址")
            ? "care_institutions_siting"
            : "care_institutions",
    ),
  homemod_done: (q) => end(q.kind === "target" ? "homemod_target" : "homemod_done"),
  urban_home_stations: () => end("urban_home_stations"),
  rural_home_stations: () => end("rural_home_stations"),
  complex_new: (q) => year("complex_new", yearIn(q)),
  village_demo_new: (q) => year("village_demo_new", yearIn(q)),
  meal_sites: () => end("meal_sites"),
  meal_sites_new: (q) => year("meal_sites_new", yearIn(q)),
  meal_persontimes: () => over("meal_persontimes", "2021-01", "2023-12"),
  med_care_beds: (q) => ({
    ...end("med_care_beds"),
    ...(/医院|卫生院/.test(q.note) ? { row: { name: q.note, column: "beds" } } : {}),
  }),
  villages: () => end("villages"),
  group_five_done: (q) =>
    q.kind === "actual-cumulative" ? end("group_five_done", 2022) : year("group_five_new"),
  volunteer_persontimes: () => year("volunteer_persontimes"),
  people_served: () => year("people_served"),
  federations_registered: () => end("federations_registered"),
  federations_named: () => end("federations_named"),
  gg_pilots: (q) => end(q.note.includes("基本完成") ? "gg_pilots_done" : "gg_pilots"),
  vagrant_persontimes: () => year("vagrant_persontimes"),
  vagrant_station: () => year("vagrant_station"),
  vagrant_street: () => year("vagrant_street"),
  vagrant_amount: () => year("vagrant_amount"),
  traced_persons: (q) =>
    q.note.includes("DNA") ? over("traced_by_dna", "2020-01", "2023-12") : year("traced_patients"),
  settled_persons: () => over("settled_persons", "2020-01", "2023-12"),
  cremations: () => year("cremations"),
  cremation_rate: () => year("cremation_rate"),
  cremation_task_rate: () => year("cremation_task_rate"),
  funeral_free_amount: () => year("funeral_free_amount"),
  cemetery_commercial: () => end("cemetery_commercial"),
  cemetery_public: () => end("cemetery_public"),
  cemetery_coverage: () => end("cemetery_coverage"),
  funeral_invest: (q) =>
    year(
      q.note === "设施"
        ? "funeral_invest_facilities"
        : q.note === "设备"
          ? "funeral_invest_equipment"
          : "funeral_invest",
    ),
  illegal_graves_found: () => end("illegal_graves_found"),
  living_graves_fixed: () => end("living_graves_fixed"),
  grave_price_cap: () => end("grave_price_cap"),
  ...Object.fromEntries(
    ["banners", "people", "vehicles", "staff", "briefs", "incidents"].map((k) => [
      `sweep_${k}`,
      () => year(`sweep_${k}`),
    ]),
  ),
  checks_done_n: () => year("checks_done_n"),
  drills: () => year("drills"),
  drill_people: () => year("drill_people"),
  safety_leaflets: () => year("safety_leaflets"),
};
/** Stated, and no ledger yields it. */
const WITHOUT: Readonly<Record<string, string>> = {
  circle_coverage: "15 分钟是服务圈的半径，要有地图上的路程才能算覆盖，还没有",
  duty_ok_rate: "24 小时值班是要求，不是结果；值班查岗还没有台账",
};

describe.skipIf(absent)("海丰县 2023 年总结里的数（没有 ../shared 时跳过）", () => {
  let h: TestHouse;
  const text = absent ? "" : fs.readFileSync(TEXT, "utf8");
  const stated: Quantity[] = absent
    ? []
    : (JSON.parse(fs.readFileSync(LIST, "utf8")) as Quantity[]).filter(
        (q) => q.source === "002" && FIGURES.includes(q.kind),
      );
  beforeAll(async () => {
    h = await testHouse("2024-01-02");
    await writeYear(h);
  }, 60_000);
  afterAll(() => h?.close());

  async function read(r: Reading): Promise<number | null> {
    return h.t.db.read(section, async (tx) => {
      if (!r.row) return (await h.house.indicators.span(tx, [r.code], r.from, r.to))[0]?.value ?? null;
      const { rows } = await h.house.indicators.drill(tx, r.code, { month: r.to });
      const found = rows.find((x) => x.name === r.row?.name);
      return found ? Number(found[r.row.column]) : null;
    });
  }

  test("每个数原文都有，指标算出的和写的一样；没有台账的写明为什么", async () => {
    const spaceless = text.replaceAll(/\s/g, "");
    const missing: string[] = [];
    const wrong: string[] = [];
    let same = 0;
    for (const q of stated) {
      expect(spaceless, q.quote).toContain(q.quote.replaceAll(/\s/g, ""));
      const reading = READINGS[q.indicator]?.(q);
      if (!reading) {
        missing.push(
          `${q.value} ${q.unit}（${q.quote.slice(0, 20)}）：${WITHOUT[q.indicator] ?? "没有说明"}`,
        );
        continue;
      }
      const value = await read(reading);
      const least = q.value.endsWith("+");
      const number = Number.parseFloat(q.value);
      const holds = least ? value !== null && value >= number && value < number * 1.5 : value === number;
      if (holds) same += 1;
      else
        wrong.push(
          `${reading.code} ${reading.from}—${reading.to}：算出 ${value}，写的是 ${q.value}（${q.quote.slice(0, 24)}）`,
        );
    }
    console.log(
      `海丰县 2023 年：${stated.length} 个数，指标算出 ${same} 个，没有台账 ${missing.length} 个\n${missing.join("\n")}`,
    );
    expect(wrong).toEqual([]);
    expect(missing.filter((m) => m.endsWith("没有说明"))).toEqual([]);
    expect(same).toBeGreaterThanOrEqual(86);
  });

  test("少一行台账，数就不一样：删去一次检查，只有检查次数变了", async () => {
    await h.t.owner(
      `delete from register_row where ctid = (select ctid from register_row where ledger = 'inspections' limit 1)`,
    );
    expect(await read(year("checks_done_n"))).toBe(26);
    expect(await read(year("drills"))).toBe(3);
  });

  test("起草的全年总结印出来读回去：每个数的对象、数值、单位都一样，有万元、元和百分比", async () => {
    const { indicators, summaries } = h.house;
    const leader = { ...section, role: "leader" as const, accountId: newId(), name: "局领导" };
    const as = <T>(actor: typeof section, work: Parameters<typeof h.t.db.transact<T>>[1]) =>
      h.t.db.transact(actor, work);
    for (let m = 1; m <= 12; m++)
      await as(section, (tx) => indicators.freeze(tx, `2023-${String(m).padStart(2, "0")}`));
    let page = await as(section, (tx) => summaries.begin(tx, { id: newId(), kind: "year", year: 2023 }));
    for (const f of page.findings)
      page = await as(section, (tx) =>
        summaries.explain(tx, page.id, { id: newId(), key: f.key, reason: "对照台账核过。" }),
      );
    const signed = await as(leader, (tx) => summaries.sign(tx, page.id, page.version));
    const file = await as(section, (tx) => summaries.download(tx, page.id));
    const back = await readBack(signed, file.bytes);
    expect(back.wrong).toEqual([]);
    expect(back.linked.length).toBeGreaterThan(20);
    for (const unit of ["万元", "元/月", "%", "人"])
      expect(back.linked.filter((x) => x.endsWith(unit)).length, unit).toBeGreaterThan(0);
  });
});
