import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { DomainError } from "@wuxin/kernel";
import { parse, YAMLParseError } from "yaml";
import { Node } from "./check.ts";
import type {
  County,
  CountySwitches,
  DatedChoice,
  Division,
  FetchHost,
  Monitoring,
  Remedies,
} from "./county.ts";
import { loadOutline } from "./outline.ts";

/** Reads a data file; a syntax error names the file. */
export function readData(path: string, parseText: (text: string) => unknown): Node {
  const file = path.split("/").slice(-3).join("/");
  if (!existsSync(path)) {
    throw new DomainError(
      "bad-county-file",
      `缺少文件 ${file}。新增一个县需要它，写法见 counties/README.md。`,
    );
  }
  try {
    return new Node(parseText(readFileSync(path, "utf8")), file);
  } catch (cause) {
    const line = cause instanceof YAMLParseError ? cause.linePos?.[0].line : undefined;
    const where = line === undefined ? "" : `第 ${line} 行附近`;
    throw new DomainError(
      "bad-county-file",
      `${file} ${where}格式有误，读不懂。请检查缩进、冒号、逗号和引号。`,
      { cause },
    );
  }
}

function readChoices(node: Node): Record<string, DatedChoice[]> {
  const choices: Record<string, DatedChoice[]> = {};
  for (const name of Object.keys(node.record())) {
    const entries = node.get(name).list();
    if (entries.length === 0) node.get(name).fail("是空的", "请至少写一条 from、value、source。");
    let previous = "";
    choices[name] = entries.map((entry) => {
      entry.only("from", "value", "source");
      const from = entry.get("from").date();
      if (from <= previous) entry.get("from").fail(`（${from}）不晚于上一条`, "请按日期从早到晚排列。");
      previous = from;
      return { from, value: entry.get("value").scalar(), source: entry.get("source").text() };
    });
  }
  return choices;
}

/** Spent in this order where the county says nothing else. */
const FUND_SOURCES = ["中央", "省", "市", "县", "福彩公益金", "捐赠"];
const readSource = (node: Node): string =>
  FUND_SOURCES.includes(node.text())
    ? node.text()
    : node.fail(`（${node.text()}）不是已知的资金来源`, `可用的有：${FUND_SOURCES.join("、")}。`);

function readSwitches(node: Node): CountySwitches {
  node.only(
    "payDay",
    "publicityPlaces",
    "reviewMonths",
    "gradualExitMonths",
    "fundSources",
    "bankLayouts",
    "acceptsResidencePermit",
    "commitmentInsteadOfProof",
    "choices",
  );
  const payDay = node.get("payDay").only("day", "verified");
  const review = node.get("reviewMonths").only("A", "B", "C");
  const sources = node.get("fundSources");
  const layouts = node.get("bankLayouts");
  const places = node.get("publicityPlaces");
  if (places.list().length === 0) places.fail("是空的", "请写明在哪里张贴公示。");
  return {
    // No later than the 28th: a later day does not exist in every month.
    payDay: { day: payDay.get("day").integer(1, 28), verified: payDay.get("verified").flag() },
    publicityPlaces: places.list().map((place) => place.text()),
    reviewMonths: {
      A: review.get("A").integer(1, 12),
      B: review.get("B").integer(1, 12),
      C: review.get("C").integer(1, 12),
    },
    bankLayouts: layouts.absent ? ["csv", "xlsx"] : layouts.list().map((l) => l.text()),
    gradualExitMonths: node.get("gradualExitMonths").integer(0, 6),
    fundSources: sources.absent ? [...FUND_SOURCES] : sources.list().map((s) => readSource(s)),
    acceptsResidencePermit: node.get("acceptsResidencePermit").flag(),
    commitmentInsteadOfProof: node.get("commitmentInsteadOfProof").flag(),
    choices: withRechecks(node.get("choices")),
  };
}

function readRemedies(node: Node): Remedies {
  node.only("reconsideration", "litigation");
  const r = node.get("reconsideration").only("organ", "withinDays", "source");
  const l = node.get("litigation").only("court", "withinMonths", "source", "verified");
  const reconsideration = {
    organ: r.get("organ").text(),
    withinDays: r.get("withinDays").integer(1, 365),
    source: r.get("source").text(),
  };
  const litigation = {
    court: l.get("court").text(),
    withinMonths: l.get("withinMonths").integer(1, 24),
    source: l.get("source").text(),
    verified: l.get("verified").flag(),
  };
  const text =
    `如不服本决定，可以自收到本决定之日起 ${reconsideration.withinDays} 日内向${reconsideration.organ}申请行政复议，` +
    `也可以自收到本决定之日起 ${litigation.withinMonths} 个月内向${litigation.court}提起行政诉讼。`;
  return { reconsideration, litigation, text };
}

/** How often who draws is checked again has no default: an interval that nobody wrote down would be one that nobody answers for. */
function withRechecks(node: Node): Record<string, DatedChoice[]> {
  const choices = readChoices(node);
  for (const of of ["A", "B", "C", "none"]) {
    const months = node.get(`recheckMonths.${of}`);
    if (!choices[`recheckMonths.${of}`])
      months.fail(
        "没有填写",
        "请写明这一类在享对象隔几个月再核对一次（none 是没有分类的待遇），并注明依据。",
      );
  }
  for (const [name, entries] of Object.entries(choices))
    if (
      name.startsWith("recheckMonths.") &&
      entries.some((e) => !(Number(e.value) >= 1 && Number(e.value) <= 12))
    )
      node.get(name).fail("应为 1 至 12 的月数", "57号第三十一条：至少每年核查一次，请改正。");
  return choices;
}

/** Where the county says nothing: our own numbers, told as unverified. */
const MONITORING: Monitoring = {
  dispatchDay: 5,
  levels: [
    { code: "red", label: "红色", atOnce: true },
    { code: "orange", label: "橙色", atOnce: false },
    { code: "yellow", label: "黄色", atOnce: false },
  ],
  assignDays: 2,
  visitDays: 7,
  judgeDays: 3,
  referralDays: 15,
  escalateDays: 3,
  verified: false,
};

function readMonitoring(node: Node): Monitoring {
  if (node.absent) return MONITORING;
  const days = ["assignDays", "visitDays", "judgeDays", "referralDays", "escalateDays"] as const;
  node.only("dispatchDay", "levels", ...days, "verified");
  const levels = node.get("levels");
  if (levels.list().length === 0) levels.fail("是空的", "请至少写一级，最紧急的在前。");
  return {
    dispatchDay: node.get("dispatchDay").integer(1, 28),
    levels: levels.list().map((l) => {
      l.only("code", "label", "atOnce");
      return { code: l.get("code").text(), label: l.get("label").text(), atOnce: l.get("atOnce").flag() };
    }),
    ...(Object.fromEntries(days.map((d) => [d, node.get(d).integer(1, 90)])) as Pick<
      Monitoring,
      (typeof days)[number]
    >),
    verified: node.get("verified").flag(),
  };
}

function readFetchHosts(node: Node): FetchHost[] {
  const flag = (n: Node) => (n.absent ? false : n.flag());
  return (node.absent ? [] : node.list()).map((h) => {
    h.only("host", "port", "private", "plain");
    const [port, inner, plain] = [h.get("port"), flag(h.get("private")), flag(h.get("plain"))];
    if (plain && !inner)
      h.get("plain").fail("只能用于内网的主机", "外网一律用 https；内网的同时写 private: true。");
    return {
      host: h
        .get("host")
        .matching(/^[a-z0-9.:-]+$/, "小写的主机名或地址", "只写主机，不写 https:// 和路径，端口写在 port。"),
      port: port.absent ? null : port.integer(1, 65_535),
      ...{ private: inner, plain },
    };
  });
}

/** The county itself, then every township followed by its villages. */
function readDivisions(node: Node, code: string, name: string): Division[] {
  const divisions: Division[] = [{ code, name, level: "county", parentCode: code.slice(0, 4) }];
  const seen = new Set<string>();
  const add = (entry: Node, level: Division["level"], parentCode: string, length: number) => {
    const own = entry
      .get("code")
      .matching(
        new RegExp(`^${parentCode}\\d{${length - parentCode.length}}$`),
        `以 ${parentCode} 开头的 ${length} 位代码`,
        "请对照统计用区划代码核对，代码加双引号。",
      );
    if (seen.has(own)) entry.get("code").fail(`（${own}）重复`, "请删去重复的一条。");
    seen.add(own);
    divisions.push({ code: own, name: entry.get("name").text(), level, parentCode });
    return own;
  };
  for (const township of node.get("townships").list()) {
    const townshipCode = add(township, "township", code, 9);
    for (const village of township.get("villages").list()) add(village, "village", townshipCode, 12);
  }
  if (divisions.length === 1)
    node.get("townships").fail("是空的", "请用 counties/extract.mjs 生成本县区划。");
  return divisions;
}

/** Reads and checks one county folder. Throws `bad-county-file` naming the file, the place and the mend. */
export function loadCounty(folder: string): County {
  const node = readData(join(folder, "county.yaml"), parse).only(
    ..."code name fullName province city bureau localApp languages hotlines switches remedies monitoring fetchHosts excludedDivisions".split(
      " ",
    ),
  );
  const code = node.get("code").matching(/^\d{6}$/, "六位县级区划代码", '请写成 code: "430621"，带双引号。');
  if (code !== basename(folder)) {
    node
      .get("code")
      .fail(`（${code}）与文件夹名 ${basename(folder)} 不同`, "请把文件夹改成区划代码，或改正代码。");
  }
  const name = node.get("name").text();
  const divisionFile = readData(join(folder, "divisions.json"), JSON.parse);
  const all = readDivisions(divisionFile, code, name);

  const excludedNode = node.get("excludedDivisions");
  const excludedDivisions = (excludedNode.absent ? [] : excludedNode.list()).map((entry) => {
    entry.only("code", "reason");
    const own = entry.get("code").text();
    const division = all.find((d) => d.code === own && d.level !== "county");
    if (!division)
      return entry.get("code").fail(`（${own}）不在 divisions.json 里`, "请核对代码，或删去这一条。");
    return { code: own, name: division.name, reason: entry.get("reason").text() };
  });
  const divisions = all.filter((d) => !excludedDivisions.some((out) => d.code.startsWith(out.code)));
  const outside = excludedDivisions.map((d) => d.code);
  const outline = loadOutline(folder, divisions, outside, readData);
  const localApp = node.get("localApp");
  if (!localApp.absent) localApp.only("name", "source").get("source").text();

  return {
    code,
    name,
    fullName: node.get("fullName").text(),
    provinceName: node.get("province").text(),
    cityName: node.get("city").text(),
    bureauName: node.get("bureau").text(),
    ...(localApp.absent ? {} : { localAppName: localApp.get("name").text() }),
    languages: node
      .get("languages")
      .list()
      .map((tag) => tag.matching(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, "语言代码", "请写 zh、bo 这样的代码。")),
    hotlines: node
      .get("hotlines")
      .list()
      .map((line) => {
        line.only("name", "number", "source");
        return {
          name: line.get("name").text(),
          number: line.get("number").matching(/^[\d-]{3,20}$/, "电话号码", '请加双引号，如 "12345"。'),
          source: line.get("source").text(),
        };
      }),
    switches: readSwitches(node.get("switches")),
    remedies: readRemedies(node.get("remedies")),
    monitoring: readMonitoring(node.get("monitoring")),
    fetchHosts: readFetchHosts(node.get("fetchHosts")),
    ...(outline ? { outline } : {}),
    divisions,
    excludedDivisions,
    divisionSource: divisionFile.get("source").text(),
    folder,
    standardsPath: join(folder, "standards.yaml"),
  };
}

/** Every county folder under `root`, found by its six-digit name, in order of code. */
export function loadCounties(root: string): County[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d{6}$/.test(entry.name))
    .map((entry) => entry.name)
    .sort()
    .map((folder) => loadCounty(join(root, folder)));
}
