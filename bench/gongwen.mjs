// npm run bench:gongwen: one megabyte of official text (UTF-8) to tasks and quantities; and worst cases of the grammar.
// Writes bench/results/gongwen.json.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { readText } from "@wuxin/gongwen";

const PARAGRAPH = `（一）提高困难群体救助标准。城市低保标准由每人每月680元提高到720元，农村低保标准由每人每年5600元提高到6000元；城乡特困人员供养标准分别从每人每月1479元、1095元提高到1538元、1172元。
（二）提升养老服务。新建老年助餐点18个，完成620户特殊困难老年人家庭适老化改造，2024年6月底前新增家庭养老床位200张，护理型床位占比达到62%以上，探访率不低于95%，深入落实“三会一课”，拨打12345热线。
（三）加强基层治理。完善党建引领社区服务体系，健全基层减负长效机制，补齐服务短板，全方位提升基层政权建设和城乡社区服务水平，推动村（居）民议事协商、村（居）务公开等工作制度化、规范化运行，加强城乡社区工作者队伍建设，充分发挥示范引领作用，推动基层自治水平不断提高。严格落实意识形态工作责任制，加强风险研判和正面宣传，弘扬优秀民政文化，推进党建与业务深度融合，提升工作质效。
一是加强监管，开展检查27次，整改隐患136处；二是办理结婚登记2,318对，救助流浪乞讨人员1.2万人次，支出资金860余万元。
`;
const megabyte = (unit) => unit.repeat(Math.ceil(1_000_000 / Buffer.byteLength(unit)));
const CASES = {
  document: megabyte(PARAGRAPH),
  oneLine: megabyte(PARAGRAPH.replaceAll("\n", "")),
  // One paragraph without end in which no figure says what it is about.
  parts: megabyte("床位5张。"),
  digits: megabyte("12、34元和56%到78个，").slice(0, 60_000),
  chineseNumerals: megabyte("三百二十万个").slice(0, 60_000),
  brackets: megabyte("（《“"),
  table: megabyte("指标 | 单位 | 目标值 | 2023年完成 |\n床位 | 张 | 120 | 98 |\n"),
  shortLines: megabyte("一\n1\n个\n"),
};
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const seconds = {};
const cpuSeconds = {};
for (const [name, text] of Object.entries(CASES)) {
  const runs = [];
  const busy = [];
  for (let i = 0; i < 3; i++) {
    const began = performance.now();
    const used = process.cpuUsage();
    readText(text);
    runs.push((performance.now() - began) / 1000);
    busy.push(process.cpuUsage(used).user / 1_000_000);
  }
  seconds[name] = Number(median(runs).toFixed(3));
  // On a machine that others use too, the time of this process says more than the clock.
  cpuSeconds[name] = Number(median(busy).toFixed(3));
  console.log(`${name}: ${seconds[name]} s, cpu ${cpuSeconds[name]} s`);
}
const result = {
  megabytes: 1,
  seconds,
  runs: 3,
  node: process.version,
  cpus: os.cpus().length,
  cpu: os.cpus()[0]?.model ?? "",
};
fs.writeFileSync(
  path.join(import.meta.dirname, "results", "gongwen.json"),
  `${JSON.stringify(result, null, 2)}\n`,
);
