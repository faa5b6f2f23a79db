/** Whole invented documents: head, outline, tasks, tables. */
import { describe, expect, it } from "vitest";
import { readText } from "./read.ts";

describe("head", () => {
  const head = (text: string) => {
    const r = readText(text);
    return [r.title, r.issuer, r.year, r.kind];
  };
  it("plan, summary, both", () => {
    expect(head("云溪县民政局2024年工作要点\n一、加强救助\n1.甲。")).toEqual([
      "云溪县民政局2024年工作要点",
      "云溪县民政局",
      2024,
      "plan",
    ]);
    expect(head("云溪县民政局2023年工作总结\n一、加强救助\n1.甲。")).toEqual([
      "云溪县民政局2023年工作总结",
      "云溪县民政局",
      2023,
      "summary",
    ]);
    expect(head("云溪县民政局2023年工作总结及2024年工作打算\n2023年，我局…\n一、甲")).toEqual([
      "云溪县民政局2023年工作总结及2024年工作打算",
      "云溪县民政局",
      2024,
      "mixed",
    ]);
  });
  it("a title on two lines, a signature below, a metadata table above", () => {
    expect(head("云溪县民政局\n关于2024年工作计划\n\n一、加强救助。做好。")[0]).toBe(
      "云溪县民政局关于2024年工作计划",
    );
    expect(head("2024年民政工作思路\n一、加强救助。做好工作。\n云溪县民政局\n2024年1月3日")[1]).toBe(
      "云溪县民政局",
    );
    expect(
      head(
        "索 引 号 | 0012 | 发文日期 | 2024-01-05 |\n---|---|---|---|\n发布机构 | 云溪县民政局 |\n标 题 | 2024年民政工作要点 |\n2024年民政工作要点\n一、加强救助。做好。",
      ),
    ).toEqual(["2024年民政工作要点", "云溪县民政局", 2024, "plan"]);
  });
  it("a title twice, with what the page says of it between; a report without a title", () => {
    const r = readText(
      "字体大小:【大】 【中】 【小】\n名 称: 2024年全县民政工作要点 发布日期: 2024年01月12日\n发文单位: 云溪县民政局\n2024年全县民政工作要点\n2024年，全县民政工作要提质。\n一、兜底\n1.提标，衔接。提高标准。\n2.核对，比对。加强核对。",
    );
    expect(r.title).toBe("2024年全县民政工作要点");
    expect(r.tasks.map((t) => t.path)).toEqual([["一、兜底"], ["一、兜底"]]);
    expect(head("尊敬的区长:\n现将全区民政工作情况作简要汇报:\n一、基本情况\n2024年，下属4个单位。")[3]).toBe(
      "summary",
    );
  });
  it("a five-year plan begins with its first year", () => {
    const r = readText(
      "云溪县“十五五”民政事业发展规划\n一、发展基础\n“十四五”期间新建养老床位900张。\n二、重点任务\n（一）甲。建设床位1200张。\n（二）乙。做好。",
    );
    expect([r.year, r.planPeriod]).toEqual([2026, "2026/2030"]);
    expect(r.quantities.map((q) => [q.value, q.kind, q.period])).toEqual([
      [900, "result", "2021/2025"],
      [1200, "target", "2026/2030"],
    ]);
  });
});

describe("outline and tasks", () => {
  it("all levels, with the whole path; only the leaves are tasks", () => {
    const r = readText(
      "甲县2024年民政工作计划\n一、社会救助\n（一）提标。\n1.城市。提高标准。\n2.农村。提高标准。\n（二）核对。一是建机制；二是强比对。\n二、养老服务\n（1）食堂。新建。\n（2）床位。新增。",
    );
    expect(r.tasks.map((t) => [...t.path, t.title])).toEqual([
      ["一、社会救助", "（一）提标。", "城市"],
      ["一、社会救助", "（一）提标。", "农村"],
      ["一、社会救助", "（二）核对", "建机制"],
      ["一、社会救助", "（二）核对", "强比对"],
      ["二、养老服务", "食堂"],
      ["二、养老服务", "床位"],
    ]);
  });
  it("pasted without line ends", () => {
    const r = readText(
      "甲县2024年民政工作计划\n一、社会救助。1.城市。提高标准。2.农村。提高标准。二、养老服务。1.食堂。新建5家。2.床位。新增。",
    );
    expect(r.tasks.map((t) => t.title)).toEqual(["城市", "农村", "食堂", "床位"]);
  });
  it("review, principles and dates are no tasks", () => {
    const r = readText(
      "甲县民政局2023年工作总结和2024年工作计划\n一、2023年工作总结\n（一）救助。发放3万元。\n（二）养老。建成2家。\n二、存在的问题\n（一）人少。\n三、2024年工作计划\n（一）指导思想。坚持。\n（二）救助。新建2家。\n（三）养老。新建3家。",
    );
    expect(r.tasks.map((t) => t.title)).toEqual(["救助", "养老"]);
    expect(r.quantities.map((q) => [q.kind, q.period])).toEqual([
      ["result", "2023"],
      ["result", "2023"],
      ["target", "2024"],
      ["target", "2024"],
    ]);
  });
  it("rows of a work table are tasks, their figures take the header's meaning", () => {
    const r = readText(
      "2024年民生实事任务表\n序号\t项目\t单位\t目标任务\t完成数\n1\t老年食堂\t家\t12\t7\n2\t适老化改造\t户\t300\t280\n",
    );
    expect(r.tasks.map((t) => t.title)).toEqual(["老年食堂", "适老化改造"]);
    expect(r.quantities.map((q) => [q.object, q.value, q.unit, q.kind])).toEqual([
      ["老年食堂", 12, "家", "target"],
      ["老年食堂", 7, "家", "result"],
      ["适老化改造", 300, "户", "target"],
      ["适老化改造", 280, "户", "result"],
    ]);
  });
});

it("words without a figure are kept apart, with the measure they mean", () => {
  const r = readText(
    "甲县2024年民政工作计划\n一、救助\n1.扩面。实现低保人数较上年度稳中有升。\n2.覆盖。街道社工站全覆盖，养老机构安全零事故。",
  );
  expect(r.quantities).toEqual([]);
  expect(r.aims.map((a) => [a.quote, a.comparator])).toEqual([
    ["稳中有升", "rising"],
    ["全覆盖", "full"],
    ["零事故", "zero"],
  ]);
});

it("an aim in words has an object: behind it when it opens its clause, without an open quotation mark", () => {
  const r = readText(
    "甲县2024年民政工作计划\n一、救助\n1.持续提升社会救助服务效能。兜底保障“不漏一户、不漏一人”。\n2.稳步提升婚姻家庭辅导服务质量；推动火化率稳步提升。",
  );
  expect(r.aims.map((a) => [a.object, a.quote])).toEqual([
    ["社会救助服务效能", "持续提升"],
    ["兜底保障", "不漏一户、不漏一人"],
    ["婚姻家庭辅导服务质量", "稳步提升"],
    ["火化率", "稳步提升"],
  ]);
});

it("says why a number is no quantity", () => {
  const r = readText("拨打12345热线，落实“三会一课”，2024年3月5日前报送。");
  expect(r.quantities).toEqual([]);
  expect(r.skipped.map((s) => s.text)).toContain("12345");
  expect(r.skipped.every((s) => s.why.length > 1)).toBe(true);
});

describe("texts without numbers", () => {
  const tasks = (text: string) => readText(text).tasks.map((t) => [...t.path, t.title]);
  it("paragraphs that open alike are tasks; one that looks back does not turn the next", () => {
    const text =
      "守正创新 再上台阶\n——云溪县民政局2025年工作部署\n会议指出，2024年全县共发放救助金1.1亿元，惠及困难群众2.6万人。\n救助网络更加严密。健全发现机制，全年临时救助不少于2000人次，城乡特困集中供养率达到30%以上。\n养老服务更加可及。新建综合服务中心3个，完成适老化改造180户，护理型床位占比达到58%。\n基层治理更加有序。培育示范社区6个，新增持证社工40名，每个站点至少配备2名社工。\n会议强调，要守牢安全底线。";
    const r = readText(text);
    expect(r.title).toBe("守正创新 再上台阶——云溪县民政局2025年工作部署");
    expect(tasks(text)).toEqual([["救助网络更加严密"], ["养老服务更加可及"], ["基层治理更加有序"]]);
    expect(r.quantities.map((q) => [q.value, q.kind])).toEqual([
      [1.1, "result"],
      [2.6, "result"],
      ...[2000, 30, 3, 180, 58, 6, 40, 2].map((v) => [v, "target"]),
    ]);
  });
  it("坚持…：, 突出…：一是…二是…: a lead is a task, or the path of the items in it", () => {
    expect(
      tasks(
        "云溪区民政局2026年工作思路\n坚持“一条主线”：做强基层，群众满意度不低于96%，全年不出安全事故。\n突出“两个支点”：一是养老，新增床位300张；二是儿童，建成关爱站12所。\n实施“三项行动”：改造行动投入210万元，助餐行动新增网点9家，安心行动安装报警器600台。",
      ),
    ).toEqual([
      ["坚持“一条主线”"],
      ["突出“两个支点”", "养老，新增床位300张"],
      ["突出“两个支点”", "儿童，建成关爱站12所"],
      ["实施“三项行动”"],
    ]);
  });
  it("bullets with what they are about are tasks", () => {
    expect(
      tasks(
        "2026年全县民政工作要点\n● 提标准：城乡低保标准提高5%以上\n● 建机构：新建区域养老中心2个\n● 强队伍：全年培训4期500人次",
      ),
    ).toEqual([["提标准"], ["建机构"], ["强队伍"]]);
  });
  it("a notice sends out a text: its title above the text is no heading", () => {
    expect(
      tasks(
        "云溪县民政局关于印发《2025年民政工作要点》的通知\n各乡镇：\n现将《2025年民政工作要点》印发给你们。\n云溪县民政局\n2025年2月1日\n\n2025年民政工作要点\n一、救助\n（一）扩围。推动增效。\n（二）监测。按月推送。",
      ),
    ).toEqual([
      ["一、救助", "扩围"],
      ["一、救助", "监测"],
    ]);
  });
});

describe("which years", () => {
  const head = (text: string) => {
    const r = readText(text);
    return [r.kind, r.year, r.planPeriod, r.summaryPeriod];
  };
  it("a progress table holds targets that are open; a plan assessed is told of and goes on; a report is of the year it looks to", () => {
    const table =
      "2025年云溪县为民实事进度表\n项目 | 单位 | 年度目标 | 1-9月完成\n适老化改造 | 户 | 310 | 260\n低保提标 | 元/月 | 690 | 700";
    expect(head(table)).toEqual(["mixed", 2025, "2025", "2025"]);
    expect(readText(table).quantities.map((q) => [q.value, q.object, q.kind])).toEqual([
      [310, "适老化改造", "target"],
      [260, "适老化改造", "result"],
      [690, "低保提标", "standard"],
      [700, "低保提标", "standard"],
    ]);
    expect(
      head(
        "云溪市“十四五”民政事业发展规划中期评估报告\n一、指标完成情况\n（一）床位。新增900张。\n（二）站点。新建8个。\n二、下一步打算\n（一）补短板。新增床位200张。",
      ),
    ).toEqual(["mixed", 2021, "2021/2025", "2021/2025"]);
    expect(
      head(
        "云溪：把清单变账单\n3月2日讯（通讯员 甲）2024年，该县累计发放救助金1.2亿元，惠及1.9万人。\n2025年，县民政局将新建服务中心3所，培训护理员500人次。",
      ),
    ).toEqual(["mixed", 2025, "2025", "2024"]);
  });
});

it("an item that mentions a plan is still of the review it stands in; 谋划 is a plan", () => {
  const r = readText(
    "云溪县2023年民政主要指标完成情况\n1、低保：2023年计划月人均救助440元，实际完成455元。\n2、福彩：销售5100万元。",
  );
  expect([r.kind, r.tasks, r.quantities.map((q) => [q.value, q.unit, q.kind])]).toEqual([
    "summary",
    [],
    [
      [440, "元/月", "standard"],
      [455, "元/月", "standard"],
      [5100, "万元", "result"],
    ],
  ]);
  const both = readText(
    "云溪县民政局2024年工作总结暨2025年工作谋划\n第一部分 2024年工作总结\n一、做了。新增9个站点。\n第二部分 2025年工作谋划\n一、要做。新增8个站点。",
  );
  expect([both.kind, both.year, both.tasks.length]).toEqual(["mixed", 2025, 1]);
});

it("主要指标 above a table in a text that looks back is no plan; the year may be in Chinese figures", () => {
  const r = readText(
    "云溪县民政局二〇二五年三季度重点工作推进情况通报\n一、主要指标\n序号|指标|全年目标|三季度末|完成比例\n1|新增护理型床位（张）|150|120|80%\n二、下步打算\n加快改造，结余率降到9%以下。",
  );
  expect([r.kind, r.year, r.tasks.map((t) => t.title)]).toEqual(["mixed", 2025, ["下步打算"]]);
  expect(r.quantities.map((q) => [q.value, q.object, q.kind])).toEqual([
    [150, "新增护理型床位", "target"],
    [120, "新增护理型床位", "result"],
    [80, "新增护理型床位完成比例", "result"],
    [9, "结余率", "target"],
  ]);
});

describe("a table of words", () => {
  it("cells say nothing of each other; the column says which way a figure looks, the row what it is about", () => {
    const r = readText(
      "2024年度云溪县民政局为民实事进展情况表\n序号\t项目\t年度目标任务\t进展情况\n1\t提高低保标准\t城市低保标准提高到每人每月690元，农村提高到每人每年5600元\t城市低保标准已提高到每人每月700元\n2\t适老化改造\t完成适老化改造210户\t已完成170户，完成率81%\n3\t新建幸福食堂\t新建12个\t建成9个，在建3个",
    );
    expect([r.issuer, r.kind]).toEqual(["云溪县民政局", "mixed"]);
    expect(r.tasks.map((t) => t.title)).toEqual(["提高低保标准", "适老化改造", "新建幸福食堂"]);
    expect(r.quantities.map((q) => [q.value, q.unit, q.from, q.kind, q.object])).toEqual([
      [690, "元/月", null, "standard", "城市低保标准"],
      [5600, "元/年", null, "standard", "农村低保标准"],
      [700, "元/月", null, "standard", "城市低保标准"],
      [210, "户", null, "target", "适老化改造"],
      [170, "户", null, "result", "适老化改造"],
      [81, "%", null, "result", "适老化改造完成率"],
      [12, "个", null, "target", "幸福食堂"],
      [9, "个", null, "result", "幸福食堂"],
      [3, "个", null, "result", "幸福食堂"],
    ]);
  });

  it("a table copied cell by cell: merged and empty cells leave out heads, what cells say puts them back", () => {
    const r = readText(
      "云溪县民政局2024年民生实事实施进度表\n序号 |\n实施内容 |\n牵头单位 |\n分管领导 |\n完成时限 |\n最新进度(8月24日) |\n是否达序时 |\n1 |\n新增养老机构不少于2家，完成居家适老化改造300户。 |\n民政局 |\n11月底前 |\n已新增云溪康养院1家；300户适老化改造正在施工，9月底前完成。 |\n是 |\n2 |\n开展为老服务活动200场次 |\n目前已开展73场次 |\n是 |",
    );
    expect([r.kind, r.tasks.length]).toEqual(["mixed", 2]);
    expect(r.quantities.map((q) => [q.value, q.unit, q.kind, q.period])).toEqual([
      [2, "家", "target", "2024"],
      [300, "户", "target", "2024"],
      [1, "家", "result", "2024"],
      [300, "户", "target", "2024-09"],
      [200, "场次", "target", "2024"],
      [73, "场次", "result", "2024"],
    ]);
  });
  it("the caption in the first row, groups in rows of their own, figures with thousands", () => {
    const r = readText(
      "| 民政事业统计月报表 | ||\n| 2024年度 1月 | ||\n| 指标名称 | 单位 | 数量 | \n| 一、综合 | ||\n| 民政事业费累计支出 | 万元 | 23,894.7 | \n| 二、社会工作 | ||\n| 城市低保人数 | 人 | 31,185 | ",
    );
    expect([r.title, r.kind]).toEqual(["民政事业统计月报表", "summary"]);
    expect(r.quantities.map((q) => [q.baseValue, q.baseUnit, q.object, q.kind])).toEqual([
      [238947000, "元", "民政事业费累计支出", "result"],
      [31185, "人", "城市低保人数", "result"],
    ]);
  });
  it("set as text: the numbered headings promise, the lines below tell", () => {
    const r = readText(
      "2024年民政实事项目完成情况（五月）\n一、新建养老院，新增养老床位300张\n主体完成。\n二、新建日间中心1所，助餐点2个\n城北助餐点完成改造，已开业1个。\n三、改造老年活动室20个\n15个活动室完成改造。",
    );
    expect(r.quantities.map((q) => [q.value, q.kind])).toEqual([
      [300, "target"],
      [1, "target"],
      [2, "target"],
      [1, "result"],
      [20, "target"],
      [15, "result"],
    ]);
  });
});
