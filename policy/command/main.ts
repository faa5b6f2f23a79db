// npm run -s policy -- check|explain|simulate|bench|docs|schema …  The policy room by itself, for authors.
import { addMonths, isMonth, type Month, systemClock } from "@wuxin/kernel";
import { compileColumns, typedColumn } from "../columns/index.ts";
import { decide } from "../decide.ts";
import { formatProblem, PolicyError } from "../errors.ts";
import { runExamples, type Situation, situationsIn } from "../examples.ts";
import { explainText } from "../explain.ts";
import { sourceFromFile } from "../files.ts";
import { compareReform, type ReformTally, withReform } from "../reform.ts";
import { schemaOf } from "../schema.ts";
import type { Facts, RuleSet } from "../types.ts";
import { moneyText } from "../words.ts";
import { type Given, load, parse, required, sourcesOf, Usage } from "./files.ts";
import { page } from "./page.ts";
import { randomHouseholds } from "./random.ts";

const HELP = `用法：npm run -s policy -- 命令 规则文件夹 [选项]

  check    检查规则、参数和例子    --standards counties/430621/standards.yaml --county 430621 --from 2021-07 --to 2025-12
  explain  解释一个例子            --example 名字（默认第一个）--wanted 低保金,分类施保金 --standards …
  simulate 试算一项改动            --reform 改动.yaml --amount 低保金 --month 2024-03 --standards …
           （改动.yaml 与 parameters.yaml 写法一样；人群取 examples.yaml，或用 --random 户数）
  bench    这套规则一秒算多少户    --month 2024-03 --households 100000
  docs     打印成可读的一页（Markdown）
  schema   打印 JSON Schema        rules | parameters | examples
`;

async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  const given = parse(rest);
  switch (command) {
    case "check":
      return check(given);
    case "explain":
      return explain(given);
    case "simulate":
      return simulate(given);
    case "bench":
      return bench(given);
    case "docs":
      console.log(page(load(sourcesOf(given))));
      return 0;
    case "schema": {
      const [kind] = given.words;
      if (kind !== "rules" && kind !== "parameters" && kind !== "examples")
        throw new Usage("请写 rules、parameters 或 examples。");
      console.log(JSON.stringify(schemaOf(kind), null, 2));
      return 0;
    }
    default:
      console.log(HELP);
      return command === undefined || command === "help" ? 0 : 2;
  }
}

function check(given: Given): number {
  const sources = sourcesOf(given);
  const ruleSet = load(sources);
  console.log(
    `规则可用：${ruleSet.inputs.length} 项事实，${ruleSet.variables.size} 个计算量，${ruleSet.parameters.size} 个参数。版本 ${ruleSet.version.slice(0, 16)}`,
  );
  let faults = 0;
  const thisMonth = systemClock.today().slice(0, 7);
  const dated = [...ruleSet.variables.values(), ...ruleSet.parameters.values()];
  const first = dated.map((v) => v.versions[0]?.since.slice(0, 7) ?? thisMonth);
  const from = given.options.get("from") ?? first.reduce((a, b) => (a > b ? a : b), "0001-01");
  const to = given.options.get("to") ?? addMonths(thisMonth, 12);
  for (const gap of from <= to ? ruleSet.coverage(from, to) : []) {
    faults++;
    console.log(formatProblem(gap));
  }
  if (sources.examples) {
    const county = given.options.get("county");
    const results = runExamples(ruleSet, sources.examples, county ? { county } : {});
    for (const r of results.filter((x) => !x.ok)) {
      faults++;
      console.log(`例子“${r.name}”：${r.problems.join("；")}`);
    }
    console.log(`例子 ${results.length} 个，${results.filter((r) => r.ok).length} 个通过。`);
  }
  return faults > 0 ? 1 : 0;
}

function examplesOf(given: Given, ruleSet: RuleSet): Situation[] {
  const sources = sourcesOf(given);
  if (!sources.examples) throw new Usage(`${sources.folder} 里没有 examples.yaml。`);
  const county = given.options.get("county");
  return situationsIn(ruleSet, sources.examples, county ? { county } : {});
}

function explain(given: Given): number {
  const ruleSet = load(sourcesOf(given));
  const situations = examplesOf(given, ruleSet);
  const name = given.options.get("example");
  const chosen = name === undefined ? situations[0] : situations.find((s) => s.name === name);
  if (!chosen) throw new Usage(`没有这个例子。可选：${situations.map((s) => s.name).join("、")}`);
  const wanted = given.options.get("wanted")?.split(/[,，]/) ?? chosen.wanted;
  const decision = decide(ruleSet, { ...chosen, wanted });
  console.log(explainText(decision, wanted).join("\n"));
  return 0;
}

function monthOf(given: Given): Month {
  const month = given.options.get("month") ?? systemClock.today().slice(0, 7);
  if (!isMonth(month)) throw new Usage("--month 写成 2024-03");
  return month;
}

function simulate(given: Given): number {
  const sources = sourcesOf(given);
  const before = load(sources);
  const reform = sourceFromFile(required(given, "reform", "改动.yaml"));
  const after = load(withReform(sources, { parameters: reform }));
  const amount = required(given, "amount", "低保金");
  const month = monthOf(given);
  const random = given.options.get("random");
  const households = random
    ? randomHouseholds(before, Number(random))
    : typed(before, examplesOf(given, before));
  const impact = compareReform(before, after, { month, amount, households, townships: [] });
  console.log(tallyText(impact.total));
  console.log(`一年合计 ${moneyText(impact.yearlyDifferenceFen)} 元。`);
  return 0;
}

function tallyText(t: ReformTally): string {
  const money = (fen: number) => `${moneyText(fen)} 元`;
  return [
    `${t.households} 户：新进 ${t.enter}，退出 ${t.leave}，增加 ${t.gain}，减少 ${t.lose}，不变 ${t.same}，不能确定 ${t.undetermined}。`,
    `每月 ${money(t.beforeFen)} → ${money(t.afterFen)}，相差 ${money(t.differenceFen)}。`,
  ].join("\n");
}

function typed(ruleSet: RuleSet, situations: readonly Situation[]) {
  const members = situations.flatMap((s) => s.members);
  const offsets = [0];
  for (const s of situations) offsets.push(offsets.at(-1)! + s.members.length);
  const columns = (entity: "家庭" | "成员", holders: readonly Facts[]) =>
    Object.fromEntries(
      ruleSet.inputs
        .filter((i) => i.entity === entity)
        .map((i) => [
          i.name,
          typedColumn(
            i,
            holders.map((f) => f[i.name]?.value),
          ),
        ]),
    );
  return {
    count: situations.length,
    offsets: Int32Array.from(offsets),
    household: columns(
      "家庭",
      situations.map((s) => s.household),
    ),
    members: columns("成员", members),
  };
}

function bench(given: Given): number {
  const began = performance.now();
  const ruleSet = load(sourcesOf(given));
  const loaded = performance.now();
  const count = Number(given.options.get("households") ?? 100_000);
  if (!Number.isInteger(count) || count < 1 || count > 2_000_000)
    throw new Usage("--households 写 1 到 2000000");
  const households = randomHouseholds(ruleSet, count);
  const machine = compileColumns(ruleSet, { month: monthOf(given), wanted: [...ruleSet.variables.keys()] });
  const into = machine.allocate(households);
  const reason = machine.reasonForRows(households);
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    machine.evaluate(households, into);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const rate = Math.round((count / times[2]!) * 1000);
  console.log(
    `读入检查 ${(loaded - began).toFixed(0)} 毫秒。随机 ${count} 户，全部 ${ruleSet.variables.size} 个量：每秒 ${rate.toLocaleString("en")} 户。`,
  );
  if (reason) console.log(`逐户计算：${reason}`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof PolicyError) console.error(error.message);
  else console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof Usage ? 2 : 1;
}
