import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  addDays,
  addWorkingDays,
  DomainError,
  divisionLevel,
  isWorkingDay,
  workingCalendar,
} from "@wuxin/kernel";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadHolidays } from "./holidays.ts";
import { getCounty, holidayTables, listCounties, loadCounties, loadCounty, switchesOn } from "./index.ts";

const TODAY = "2026-03-01";

describe("五个县", () => {
  test("都读得进来", () => {
    expect(listCounties().map((c) => `${c.code} ${c.fullName}`)).toEqual([
      "420103 湖北省武汉市江汉区",
      "430121 湖南省长沙市长沙县",
      "430621 湖南省岳阳市岳阳县",
      "441521 广东省汕尾市海丰县",
      "632224 青海省海北藏族自治州刚察县",
    ]);
  });

  test.each([
    ["420103", 13, 109],
    ["430121", 18, 225],
    ["430621", 15, 204],
    ["441521", 12, 253], // 海丰县 2023 年总结：全县 253 个村（社区）
    ["632224", 5, 40],
  ])("%s 有 %i 个乡镇街道、%i 个村（社区）", (code, townships, villages) => {
    const count = (level: string) => getCounty(code).divisions.filter((d) => d.level === level).length;
    expect([count("county"), count("township"), count("village")]).toEqual([1, townships, villages]);
  });

  test.each(listCounties().map((c) => [c.name, c] as const))("%s 的区划首尾相接", (_name, county) => {
    const codes = new Set(county.divisions.map((d) => d.code));
    expect(codes.size).toBe(county.divisions.length);
    for (const d of county.divisions) {
      expect(d.code.startsWith(county.code)).toBe(true);
      expect(divisionLevel(d.code)).toBe(d.level);
      if (d.level !== "county") expect(codes.has(d.parentCode)).toBe(true);
      expect(d.code.startsWith(d.parentCode)).toBe(true);
      expect(d.name).toMatch(/^[\p{Script=Han}0-9·]+$/u);
    }
  });

  test.each([
    ["430621", "荣家湾镇"],
    ["632224", "沙柳河镇"],
    ["441521", "梅陇镇"],
    ["420103", "汉兴街街道"],
    ["430121", "星沙街道"],
    ["430121", "青山铺镇"],
  ])("%s 有%s", (code, township) => {
    expect(getCounty(code).divisions.map((d) => d.name)).toContain(township);
  });

  test("不归本县管的镇不在区划里，理由写明", () => {
    const haifeng = getCounty("441521");
    expect(haifeng.excludedDivisions.map((d) => d.name)).toEqual(["小漠镇", "鹅埠镇", "赤石镇", "鮜门镇"]);
    expect(haifeng.divisions.some((d) => d.code.startsWith("441521102"))).toBe(false);
    expect(haifeng.excludedDivisions[0]?.reason).toContain("深汕特别合作区");
  });

  test("没有的县说出已有的县", () => {
    expect(() => getCounty("110101")).toThrow(/没有区划代码为“110101”的县.*岳阳县 430621/);
    try {
      getCounty("");
    } catch (error) {
      expect(error).toMatchObject({ code: "unknown-county" });
    }
  });
});

describe("开关", () => {
  test("低保由乡镇（街道）确认的只有江汉区", () => {
    const delegated = listCounties().filter(
      (c) => switchesOn(c, TODAY).subsistenceConfirmedBy === "township",
    );
    expect(delegated.map((c) => c.name)).toEqual(["江汉区"]);
    expect(listCounties().every((c) => switchesOn(c, TODAY).subsistenceConfirmedBy !== undefined)).toBe(true);
  });

  test("委托之前的案件仍按区级确认", () => {
    const jianghan = getCounty("420103");
    expect(switchesOn(jianghan, "2022-12-31").subsistenceConfirmedBy).toBe("county");
    expect(switchesOn(jianghan, "2023-01-01").subsistenceConfirmedBy).toBe("township");
    expect(switchesOn(jianghan, "2021-06-30")).not.toHaveProperty("subsistenceConfirmedBy");
  });

  test("核查间隔、渐退和发放日", () => {
    for (const county of listCounties()) {
      expect(county.switches.reviewMonths).toEqual({ A: 12, B: 12, C: 6 });
      expect(county.switches.gradualExitMonths).toBe(6);
      expect(county.switches.payDay).toEqual({ day: 10, verified: false });
      expect(county.switches.publicityPlaces.length).toBeGreaterThan(0);
    }
    expect(getCounty("632224").switches.acceptsResidencePermit).toBe(true);
  });

  test("事项按名称取得开关在某日的值", () => {
    expect(switchesOn(getCounty("430621"), TODAY)).toEqual({
      "alertLevel.stop": 1,
      "alertLevel.asset": 2,
      "alertLevel.income": 3,
      "alertLevel.burden": 2,
      "alertLevel.missed": 2,
      checkValidMonths: 6,
      checkPackageWorkingDays: 10,
      "recheckMonths.A": 12,
      "recheckMonths.B": 12,
      "recheckMonths.C": 6,
      "recheckMonths.none": 12,
      listFallPercent: 30,
      indicatorJumpPercent: 20,
      statisticsJumpPercent: 30,
      subsistenceConfirmedBy: "county",
      disabilityAllowanceConfirmedBy: "county",
      ageAllowanceStarts: "next-month",
      awardPublicityDays: 30,
      recoveryMonthlyCapPercent: 20,
      planYellowBelowPercent: 90,
      planRedBelowPercent: 70,
      supervisionRaiseAfterDays: 3,
      measureReturnDays: 30,
      payDay: 10,
      reviewMonthsA: 12,
      reviewMonthsB: 12,
      reviewMonthsC: 6,
      gradualExitMonths: 6,
      acceptsResidencePermit: false,
      commitmentInsteadOfProof: true,
    });
  });

  test("本地渠道只写文件里有的", () => {
    const names = Object.fromEntries(listCounties().map((c) => [c.name, c.localAppName]));
    expect(names).toEqual({
      江汉区: undefined,
      长沙县: "救助通",
      岳阳县: "湘易办",
      海丰县: "善美村居",
      刚察县: undefined,
    });
    expect(getCounty("430121").hotlines.map((h) => h.number)).toEqual(["12345", "96321"]);
  });

  test("救济途径是一句完整的话", () => {
    expect(getCounty("430621").remedies.text).toBe(
      "如不服本决定，可以自收到本决定之日起 60 日内向岳阳县人民政府申请行政复议，也可以自收到本决定之日起 6 个月内向岳阳县人民法院提起行政诉讼。",
    );
  });
});

describe("节假日", () => {
  const cal = workingCalendar(holidayTables());
  const workingDays = (year: number) => {
    let n = 0;
    for (let d = `${year}-01-01`; d.startsWith(`${year}`); d = addDays(d, 1)) if (isWorkingDay(cal, d)) n++;
    return n;
  };

  test("2022 至 2026 年已公布，2027 年没有", () => {
    expect([...cal.publishedYears]).toEqual([2022, 2023, 2024, 2025, 2026]);
    expect(addWorkingDays(cal, "2026-12-31", 1).unpublishedYears).toEqual([2027]);
  });

  test.each([
    [2022, 249],
    [2023, 249],
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])("%i 年有 %i 个工作日", (year, days) => {
    expect(workingDays(year)).toBe(days);
  });

  test("2026 年春节前受理，30 个工作日到 3 月 13 日", () => {
    expect(addWorkingDays(cal, "2026-01-26", 30)).toEqual({ date: "2026-03-13", unpublishedYears: [] });
    expect(holidayTables().at(-1)?.source).toContain("国办发明电〔2025〕7号");
  });
});

describe("新增一个县", () => {
  let root = "";
  const yaml = () => join(root, "430682", "county.yaml");
  const outline = () => join(root, "430682", "outline.geojson");
  const edit = (path: string, from: string | RegExp, to: string) => {
    const text = readFileSync(path, "utf8");
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    writeFileSync(path, changed);
  };
  const complaint = (): string => {
    try {
      loadCounties(root);
    } catch (error) {
      if (error instanceof DomainError && error.code === "bad-county-file") return error.message;
      throw error;
    }
    throw new Error("没有报错");
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "wuxin-county-"));
    const folder = join(root, "430682");
    cpSync(getCounty("430621").folder, folder, { recursive: true });
    edit(yaml(), 'code: "430621"', 'code: "430682"');
    edit(join(folder, "divisions.json"), /430621/g, "430682");
    edit(outline(), /430621/g, "430682");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test("允许到哪些主机取数，内网和明文都要写明", () => {
    edit(
      yaml(),
      "hotlines:",
      "fetchHosts:\n  - { host: data.example.cn }\n  - { host: 10.0.3.8, port: 8080, private: true, plain: true }\nhotlines:",
    );
    expect(loadCounties(root)[0]?.fetchHosts).toEqual([
      { host: "data.example.cn", port: null, private: false, plain: false },
      { host: "10.0.3.8", port: 8080, private: true, plain: true },
    ]);
  });

  test("加一个文件夹就够了", () => {
    const [county] = loadCounties(root);
    expect(county).toMatchObject({ code: "430682", name: "岳阳县" });
    expect(county?.divisions[1]).toEqual({
      code: "430682100",
      name: "荣家湾镇",
      level: "township",
      parentCode: "430682",
    });
  });

  test.each([
    ["文件夹名不符", 'code: "430682"', 'code: "430681"', "与文件夹名 430682 不同"],
    ["代码没加引号", 'code: "430682"', "code: 430682", "带双引号"],
    ["名字拼错", "gradualExitMonths", "gradualExitMonth", "gradualExitMonth不是已知的名称"],
    [
      "少了一项",
      / {2}gradualExitMonths: \d+\n/,
      "",
      "switches.gradualExitMonths应为 0 至 6 之间的整数，没有填写",
    ],
    ["发放日不可能", "day: 10", "day: 32", "switches.payDay.day应为 1 至 28 之间的整数，现在是 32"],
    ["渐退超过国家上限", "gradualExitMonths: 6", "gradualExitMonths: 12", "0 至 6"],
    ["日期不存在", "from: 2021-07-01", "from: 2021-06-31", "写成 2024-03-01 的形式"],
    ["是非写成文字", "acceptsResidencePermit: false", "acceptsResidencePermit: 否", "true 或 false"],
    [
      "外网的取数主机用明文",
      "hotlines:",
      "fetchHosts:\n  - { host: data.example.cn, plain: true }\nhotlines:",
      "fetchHosts[0].plain只能用于内网的主机",
    ],
    [
      "取数主机写成网址",
      "hotlines:",
      'fetchHosts:\n  - { host: "https://data.example.cn/a" }\nhotlines:',
      "只写主机",
    ],
    ["缩进坏了", "  payDay:", " payDay:", "行附近格式有误，读不懂。请检查缩进"],
  ])("%s：说出文件、位置和改法", (_title, from, to, words) => {
    edit(yaml(), from, to);
    const message = complaint();
    expect(message).toContain("430682/county.yaml");
    expect(message).toContain(words);
  });

  test("选择的日期必须从早到晚", () => {
    edit(
      yaml(),
      "- { from: 2021-07-01, value: county",
      "- { from: 2024-01-01, value: township, source: 某文件 }\n      - { from: 2021-07-01, value: county",
    );
    expect(complaint()).toContain("subsistenceConfirmedBy[1].from（2021-07-01）不晚于上一条");
  });

  test("别县的乡镇、重复的代码、缺文件都被指出", () => {
    const divisions = join(root, "430682", "divisions.json");
    edit(divisions, '"430682104"', '"430682100"');
    expect(complaint()).toContain("townships[1].code（430682100）重复");
    edit(divisions, '"430682100", "name": "黄沙街镇"', '"430621104", "name": "黄沙街镇"');
    expect(complaint()).toContain("以 430682 开头的 9 位代码");
    rmSync(divisions);
    expect(complaint()).toContain("缺少文件");
    expect(() => loadCounty(join(root, "430682"))).toThrow(/divisions\.json/);
  });

  test("本县的边界图：每个乡镇一块，放得进画面，名字在里面", () => {
    const [county] = loadCounties(root);
    const towns = county?.divisions.filter((d) => d.level === "township").map((d) => d.code);
    expect(county?.outline?.sketch).toBe(true);
    expect(county?.outline?.areas.map((a) => a.code)).toEqual(towns);
    for (const a of county?.outline?.areas ?? []) {
      const [left, top, right, bottom] = a.box;
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
      expect(Math.max(right, bottom)).toBeLessThanOrEqual(2000);
      expect(a.label.x > left && a.label.x < right && a.label.y > top && a.label.y < bottom).toBe(true);
      expect(a.label.width).toBeGreaterThan(100);
    }
    rmSync(outline());
    expect(loadCounties(root)[0]?.outline).toBeUndefined();
  });

  test.each([
    ["不认识的乡镇", '"430682100"', '"430682999"', "properties.code（430682999）不是本县的乡镇或村"],
    ["重复", '"430682104"', '"430682100"', "（430682100）重复"],
    ["少一个乡镇", /.*"430682104".*\n/, "", "缺少 1 个地方：黄沙街镇 430682104"],
    ["没有闭合", /(\[\[\[)[\d.]+,/, "$1112.5,", "没有闭合"],
    ["不是经纬度", /\[\[\[[\d.]+,/, "[[[3512345.1,", "不是中国境内的经纬度"],
    ["不是面", '"Polygon"', '"LineString"', "（LineString）不是面"],
    [
      "自己相交",
      /"coordinates":.*/,
      '"coordinates":[[[112,30],[112.2,30.2],[112.2,30],[112,30.1],[112,30]]]}},',
      "自己与自己相交",
    ],
    ["没有来源", /"source":"[^"]+",/, "", "source应为文字，没有填写"],
  ])("边界图%s：说出哪一块、怎么改", (_title, from, to, words) => {
    edit(outline(), from, to);
    const message = complaint();
    expect(message).toContain("430682/outline.geojson");
    expect(message).toContain(words);
  });

  test("节假日写在周末会被指出", () => {
    const path = join(root, "holidays.json");
    writeFileSync(
      path,
      JSON.stringify({ years: [{ year: 2027, off: ["2027-01-02"], on: [], source: "某通知" }] }),
    );
    expect(() => loadHolidays(path)).toThrow(/years\[0\]\.off\[0\]（2027-01-02）是周末/);
  });
});
