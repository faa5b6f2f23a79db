import { describe, expect, it } from "vitest";
import { readText } from "./read.ts";

/** Whole invented documents: how their parts hang together. */
const tasks = (text: string) => readText(text).tasks.map((t) => [t.title, ...t.path]);
const told = (text: string) =>
  readText(text).quantities.map((q) => `${q.value}${q.unit} ${q.object} ${q.kind}`);

describe("documents as a whole", () => {
  it("copied without its line ends: the title runs into the text, a heading into the first item below it", () => {
    const text =
      "2022年工作总结及2023年工作计划2022年，青河县民政局扎实开展各项工作。现将情况报告如下：一、2022年工作总结（一）社会救助工作。发放资金572.4万元。（二）养老服务工作。新建幸福院12所。二、2023年工作计划（一）抓好社会救助。一是提高低保标准。二是加强动态管理。（二）抓好养老服务。改造床位120张。";
    const { title, kind, year } = readText(text);
    expect({ title, kind, year }).toEqual({
      title: "2022年工作总结及2023年工作计划",
      kind: "mixed",
      year: 2023,
    });
    expect(tasks(text)).toEqual([
      ["提高低保标准", "二、2023年工作计划", "（一）抓好社会救助"],
      ["加强动态管理", "二、2023年工作计划", "（一）抓好社会救助"],
      ["抓好养老服务", "二、2023年工作计划"],
    ]);
  });

  it("下一步,我局将… leaves what was done: items below it are to be done, and belong to nothing above", () => {
    const text =
      "西河市民政局2024年上半年工作总结\n一、社会救助有力有效。城市低保1200户。\n二、养老服务稳步推进。新增床位300张。\n下一步，我局将重点做好以下工作：一是完善救助体系，核查低收入家庭5000户；二是提升养老服务，开设助餐点20个。";
    expect(tasks(text)).toEqual([["完善救助体系，核查低收入家庭5000户"], ["提升养老服务，开设助餐点20个"]]);
    expect(told(text)).toEqual([
      "1200户 城市低保 result",
      "300张 新增床位 result",
      "5000户 低收入家庭 target",
      "20个 开设助餐点 target",
    ]);
  });

  it("counting that starts again below 2024年,…以下工作: is the part to come", () => {
    const text =
      "县民政局2023年工作总结暨2024年工作谋划\n今年以来，我局全力以赴。\n（一）社会救助。发放救助金3000万元。\n（二）养老服务。建成机构4家。\n2024年，我局将重点抓好以下工作：\n（一）强化兜底保障。开展排查4次。\n（二）提升养老服务。改造敬老院6家。";
    expect(tasks(text)).toEqual([["强化兜底保障"], ["提升养老服务"]]);
    expect(readText(text).quantities.map((q) => q.kind)).toEqual(["result", "result", "target", "target"]);
  });

  it("下一步 within each item of a report leaves the items behind it where they are", () => {
    const { quantities } = readText(
      "云溪县民政局2023年工作总结\n一、主要工作\n（一）救助。发放救助金30万元。\n下一步，将新增救助点5个。\n（二）养老。建成助餐点8个。\n下一步，将新增床位60张。",
    );
    expect(quantities.map((q) => q.kind)).toEqual(["result", "target", "result", "target"]);
  });

  it("第一,第二,第三 number tasks; headings without a verb part the section of the plan", () => {
    expect(
      tasks(
        "东山区民政局2024年工作计划\n第一，织密救助网。新增救助站点5个。\n第二，做优养老服务。建成助餐点12个。\n第三，规范社会组织。抽查30家。",
      ),
    ).toEqual([["织密救助网"], ["做优养老服务"], ["规范社会组织"]]);
    expect(
      tasks(
        "南湖县民政局2023年工作总结和2024年工作安排\n一、2023年工作情况\n全年保障低保对象3200户。\n二、2024年工作安排\n社会救助方面\n持续推进分层分类社会救助体系建设，完善低收入人口动态监测。\n养老服务方面\n新建区域性养老服务中心2个，改造敬老院5所，实现全覆盖。",
      ),
    ).toEqual([
      ["社会救助方面", "二、2024年工作安排"],
      ["养老服务方面", "二、2024年工作安排"],
    ]);
  });

  it("…方面 right below a heading is under it; the title said twice heads nothing; (2篇) counts no work", () => {
    const text =
      "区民政局2024年工作计划（2篇）\n区民政局2024年工作计划\n（一）聚焦救助。落实政策。\n（二）聚焦老龄化国家战略，构建服务格局。养老服务方面。一是推进改革。二是培训人才。儿童福利方面，落实保障政策。";
    expect(tasks(text)).toEqual([
      ["聚焦救助"],
      ["推进改革", "（二）聚焦老龄化国家战略，构建服务格局", "养老服务方面"],
      ["培训人才", "（二）聚焦老龄化国家战略，构建服务格局", "养老服务方面"],
      ["儿童福利方面，落实保障政策", "（二）聚焦老龄化国家战略，构建服务格局"],
    ]);
    expect(told(text)).toEqual([]);
  });

  it("the item a figure stands in names it, not the title above the paragraph", () => {
    const text =
      "2020年上半年工作总结\n2020年上半年，民政工作取得良好成效。一、主要工作（一）社会救助工作1.做好特困供养。累计救助306人次，25.9万元。2.做好医疗救助。资助参保118人。";
    expect(told(text)).toEqual([
      "306人次 特困供养救助 result",
      "25.9万元 特困供养救助 result",
      "118人 资助参保 result",
    ]);
  });

  it("…将做好以下工作: below the heading of the part to come belongs to it; a chapter is said once in a path", () => {
    expect(
      tasks(
        "云河县民政局2023年工作总结及2024年工作打算\n一、2023年工作\n1、社会救助。保障816户。\n2、养老服务。建成21家。\n二、2024年工作打算\n2024年，我局将重点做好以下几个方面的工作：\n1、抓好兜底保障。提高标准。\n2、推进养老服务。新建8家。",
      ),
    ).toEqual([
      ["抓好兜底保障", "二、2024年工作打算"],
      ["推进养老服务", "二、2024年工作打算"],
    ]);
    expect(
      tasks(
        "北山区民政事业发展规划（2021—2025年）\n第一章 主要任务\n第一节 社会救助\n一、提高标准。逐步提高。\n二、强化救助。全覆盖。",
      ),
    ).toEqual([
      ["提高标准", "第一章 主要任务", "第一节 社会救助"],
      ["强化救助", "第一章 主要任务", "第一节 社会救助"],
    ]);
  });

  it("1.3月底前 opens with a month, 2.1 65岁 with an age; items numbered 1.1 lie below their section", () => {
    const text =
      "关于2026年民政重点工作的通知\n一、社会救助\n1.3月底前完成复核，核查率100%。\n2.走访不少于4次。\n二、老龄工作\n2.1 65岁以上老年人健康体检率不低于70%。\n2.2 举办活动10场。";
    expect(tasks(text)).toEqual([
      ["3月底前完成复核，核查率100%", "一、社会救助"],
      ["走访不少于4次", "一、社会救助"],
      ["65岁以上老年人健康体检率不低于70%", "二、老龄工作"],
      ["举办活动10场", "二、老龄工作"],
    ]);
    expect(readText(text).quantities.map((q) => [q.value, q.unit, q.period])).toEqual([
      [100, "%", "2026-03"],
      [4, "次", "2026"],
      [65, "岁", "2026"],
      [70, "%", "2026"],
      [10, "场", "2026"],
    ]);
  });

  it("a meeting that looks back on a year and deploys the next is a plan too", () => {
    const reading = readText(
      "县民政局召开2025年工作总结会\n2026年1月15日，县民政局召开工作总结暨部署会，共45人参加会议。\n会议指出，2025年发放救助金2.16亿元，建成助餐点26个。\n会议强调，2026年要抓好以下工作：一要兜牢底线，新增低保对象600人；二要办好实事，建成10个互助养老点。",
    );
    expect([reading.kind, reading.year]).toEqual(["mixed", 2026]);
    expect(reading.tasks.map((t) => t.title)).toEqual([
      "兜牢底线，新增低保对象600人",
      "办好实事，建成10个互助养老点",
    ]);
    expect(reading.quantities.map((q) => q.kind)).toEqual(["result", "result", "result", "target", "target"]);
  });

  it("old and new values each with their year; levels by age; what is to be reached said in another way", () => {
    const read = (text: string) =>
      readText(text).quantities.map((q) => [q.value, q.from, q.period, q.object, q.kind]);
    expect(
      read(
        "县民政局2025年工作总结\n城乡低保标准分别由2020年的每人每月540元、380元提高到2025年的每人每月720元、560元。",
      ),
    ).toEqual([
      [720, 540, "2025", "城市低保标准", "standard"],
      [560, 380, "2025", "农村低保标准", "standard"],
    ]);
    expect(
      read("县民政局2026年工作计划\n高龄补贴分档发放：80—84岁每月50元，85岁以上每月100元。")
        .filter(([, , , , kind]) => kind === "standard")
        .map(([value, , , object]) => [value, object]),
    ).toContainEqual([100, "85岁以上高龄补贴"]);
    expect(read("县民政局2026年工作计划\n火化率达到45%，比上年提高5个百分点。").map((q) => q[4])).toEqual([
      "target",
      "target",
    ]);
  });
});
