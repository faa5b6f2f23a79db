import { describe, expect, it } from "vitest";
import { readText } from "./read.ts";

const titles = (text: string) => readText(text).tasks.map((t) => t.title);

describe("news of a meeting", () => {
  it("what a leader asks for is to be done, though the text opens with what was reported", () => {
    const reading = readText(
      "近日，副县长到云溪县民政局调研，听取2023年重点工作完成情况和2024年工作思路的汇报，充分肯定取得的成效。对2024年工作，她提出三点意见。一是聚焦重点抓落实。推进助餐。二是围绕改革谋划。深化改革。三是以人为本。优化服务。",
    );
    expect(reading.kind).toBe("plan");
    expect(reading.year).toBe(2024);
    expect(reading.tasks.map((t) => t.title)).toEqual(["聚焦重点抓落实", "围绕改革谋划", "以人为本"]);
  });

  it("今年 behind a paragraph on last year looks ahead again; the last of 一要…三要 ends with its paragraph", () => {
    expect(
      titles(
        "本报讯 记者张某报道：3月9日，全县民政工作会议召开。会议提出，今年工作要开好局。\n2025年，全县办成了一批实事，成效明显。\n今年，将重点推进两项工作：一是发展老龄事业，提升水平；二是推动社会救助提质增效。",
      ),
    ).toEqual(["发展老龄事业,提升水平", "推动社会救助提质增效"].map((t) => t.replace(",", "，")));
    const text =
      "10月8日，某镇召开民政工作会议，安排近期工作。会上强调，一要提高站位。要深入学习。二要尽职履责。办好实事。三要压实责任，形成合力。\n会议要求，要增强紧迫感，把群众放在心上。";
    const last = readText(text).tasks.at(-1);
    expect(text.slice(last?.start, last?.end)).toBe("三要压实责任，形成合力。");
  });

  it("a meeting by its headline asks for what comes; an activity by its first line tells what was done", () => {
    const meeting = readText(
      "青河区某局召开全区工作会议\n为总结工作、凝聚共识，1月26日，区某局召开全区工作会议。会议指出，过去一年，取得了一定成绩，完成了任务。\n2024年是中华人民共和国成立75周年。全区要对标对表，谋划好全年工作。一是在融入大局上取得新突破；二是在促进安置上取得新突破。\n会上还作出部署。",
    );
    expect(meeting.kind).toBe("plan");
    expect(meeting.tasks.map((t) => t.title)).toEqual(["在融入大局上取得新突破", "在促进安置上取得新突破"]);
    const activity = readText(
      "青河区妇联开展关爱活动\n12月26日，青河区妇联组织开展关爱困难妇女活动，共慰问困难妇女21人，发放了慰问品。",
    );
    expect(activity.kind).toBe("mixed");
    expect(activity.tasks).toEqual([]);
  });

  it("what was done at the meeting itself is no review", () => {
    const { kind, quantities } = readText(
      "某市召开2025年全市民政工作会议\n3月11日，市政府召开2025年全市民政工作会议。会上对14家获得星级评定的养老机构授牌。\n会议强调，2025年重点抓好两方面工作：一是加强养老服务。推进试点。二是加强救助。织密网。",
    );
    expect(kind).toBe("plan");
    expect(quantities.map((q) => [q.value, q.kind])).toEqual([[14, "result"]]);
  });
});

describe("notices and tables", () => {
  it("完成情况 under each item answers the promise above it, of the same year", () => {
    const { kind, quantities } = readText(
      "某市2024年民生实事完成情况\n一、省实事\n1.全年培训4.7万人次以上。\n责任单位：人社局\n完成情况：全市培训10万人次。\n2.改造4所学校。\n责任单位：教育局\n完成情况：已改造5所学校。",
    );
    expect(kind).toBe("summary");
    expect(quantities.map((q) => [q.value, q.kind, q.period])).toEqual([
      [4.7, "target", "2024"],
      [10, "result", "2024"],
      [4, "target", "2024"],
      [5, "result", "2024"],
    ]);
  });

  it("rows of a table copied cell by cell are the tasks, not the steps numbered inside them", () => {
    const cells = (n: number, what: string) =>
      `| ${n} |\n区民政局 |\n${what} |\n①1-3月份，完成审核；②4-6月份，完成发放。 |\n2025年12月底 |`;
    expect(
      titles(
        `2025年重点工作任务分解\n| 序号 |\n责任单位 |\n考核指标 |\n分月进度 |\n完成时限 |\n${cells(1, "按月完成临时救助的审核。")}\n${cells(2, "按月完成低保对象的动态调整。")}`,
      ),
    ).toEqual(["按月完成临时救助的审核。", "按月完成低保对象的动态调整。"]);
  });

  it("责任单位 below an item is its end; the place is in the signature, the date no part of the title", () => {
    const text =
      "区政府办公室关于印发2025年《政府工作报告》确定的主要目标任务分解方案的通知 ( 2025-01-27 )\n各部门：\n现印发给你们。\n云溪区政府办公室\n一、主要目标\n（一）生产总值增长7%以上\n责任单位：区发展和改革局\n（二）投资增长10%以上\n责任单位：区发展和改革局";
    const reading = readText(text);
    expect(reading.kind).toBe("plan");
    expect(reading.title).toMatch(/通知$/);
    expect(reading.issuer).toBe("云溪区政府办公室");
    expect(reading.tasks.map((t) => text.slice(t.start, t.end).split("\n").at(-1))).toEqual([
      "责任单位：区发展和改革局",
      "责任单位：区发展和改革局",
    ]);
  });

  it("rows of nothing but lines above the head of a table hide neither its head nor its units", () => {
    const { quantities } = readText(
      "某市民政统计季报\n编制单位：某市 |\n|\n|\n指 标 | 单 位 | 数 量 |\n一、民政事业费累计支出 | 万元 | 9,644.9 |\n二、机构 |\n|\n养老机构 | 个 | 34 |\n临时救助 | 人次 | 513 |",
    );
    expect(quantities.map((q) => [q.value, q.unit, q.object])).toEqual([
      [9644.9, "万元", "民政事业费累计支出"],
      [34, "个", "养老机构"],
      [513, "人次", "临时救助"],
    ]);
  });

  it("what is called …布局 is no bureau; 现将…工作情况和…计划汇报如下 tells both", () => {
    expect(readText("某市出台养老服务设施布局\n近日，某市出台规划，新建30处设施。").issuer).toBeNull();
    expect(
      readText("现将2025年上半年工作情况和下半年工作计划汇报如下：\n一、上半年工作\n发放资金30万元。").kind,
    ).toBe("mixed");
  });
});
