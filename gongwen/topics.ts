import { noun } from "./nouns.ts";

/** What stands at the head: of the paragraph, of a part of it, above it, before a colon; the level told of last. */

/** 四、精简退职老职工生活补助发放情况 on a line of its own, right above. */
const HEADING =
  /(?:^|\n)((?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、])?[^。:,;\n\t|]{4,})\n$/;
const PART =
  /(?<=^|[。;])(?:[一二三四五六七八九十]{1,2}是|\([一二三四五六七八九十]{1,2}\)|\d{1,2}[.、])([^。:,;\d]{4,20})。|(?<=[作况设理务障])1[.、]([^。:,;\d]{4,20})。/g;
/** 2023年工作总结 above the first paragraph says nothing of a figure. */
const TITLE_LIKE = /(?:总结|计划|要点|思路|打算|安排|规划|方案|汇报|报告|通知)$/;
const TOPIC_MAX = 24;
/** So far back the head of a paragraph still speaks for a figure; farther, looking would cost the square of the text. */
const FARTHEST = 1000;
/** Where the line of `to` begins; undefined when that is farther back than a head can speak for. */
function lineFrom(text: string, to: number): number | undefined {
  const seen = Math.max(0, to - FARTHEST);
  const line = text.slice(seen, to).lastIndexOf("\n");
  return line < 0 && seen > 0 ? undefined : seen + line + 1;
}

/** 一、殡葬改革。…: the words at the head of the paragraph, when the figure's own sentence names nothing. */
export function topicOf(text: string, to: number, above = ""): string {
  const from = lineFrom(text, to);
  if (from === undefined) return "";
  // 二是流浪乞讨人员救助有力。累计救助…: the part that the figure stands in has a head of its own.
  const last = [...text.slice(from, to).matchAll(PART)].at(-1);
  const part = last?.[1] ?? last?.[2];
  const words =
    part ?? /^[^。:,;]{4,}(?=[。:])/.exec(text.slice(from, Math.min(to, from + TOPIC_MAX + 8)))?.[0] ?? above;
  const topic = noun(words.replace(/^[一二三四五六七八九十]+是/, "")).replace(
    /(?:(?:开展|发放|推进|完成)?(?:工作|制度|情况|任务)+|(?:规范)?有[力序效]|扩面提标|提标扩面|优化惠民|到位|扎实)$/,
    "",
  );
  return topic.length >= 2 && topic.length <= TOPIC_MAX && !/\d/.test(topic) ? topic : "";
}

/** The same, with the heading on the line right above where the paragraph has no head. */
export const topicOrHeading = (text: string, to: number): string => topicOf(text, to, headingAbove(text, to));

function headingAbove(text: string, to: number): string {
  const from = lineFrom(text, to);
  const heading =
    from === undefined ? undefined : HEADING.exec(text.slice(Math.max(0, from - TOPIC_MAX - 12), from))?.[1];
  return heading === undefined || TITLE_LIKE.test(heading) ? "" : heading;
}

/** 3.特困供养:集中311人: what stands before the colon. */
export function labelBefore(text: string, to: number): string {
  const words =
    /(?:^|[。;\n.、)])([一-龥“”]{2,10}):[^。;:\n,]{0,12}$/.exec(text.slice(Math.max(0, to - 30), to))?.[1] ??
    "";
  return LABEL.test(words) ? "" : words;
}
const LABEL =
  /(?:内容|单位|时限|任务|目标|情况|如下|措施|要求|方面|指标|包括|其中|时间|地点|备注|做法|成效)$/;

const LEVEL = /[一-龥]{2,8}(?:补贴|津贴|补助)(?:标准)?/g;
export function levelBefore(text: string, to: number): string {
  const seen = text.slice(Math.max(0, to - 120), to);
  return noun([...seen.slice(seen.lastIndexOf("。") + 1).matchAll(LEVEL)].at(-1)?.[0] ?? "");
}

/** (一)2026年。改造800户: the year that heads an item is that of all in it. */
export function yearAtHead(text: string, at: number): string | undefined {
  const from = lineFrom(text, at);
  const line = from === undefined ? "" : text.slice(from, from + 20);
  return /^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、])?(20\d{2})年度?[。:]/.exec(
    line,
  )?.[1];
}
