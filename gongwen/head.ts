import { type Flow, spanOf } from "./flow.ts";
import { issuerOf } from "./issuer.ts";
import type { Item } from "./outline.ts";
import type { DocumentKind } from "./types.ts";
import { yearsOf } from "./years.ts";

/** Title, issuer, year and kind, from the head and the foot of the document. */
export interface Head {
  readonly title: string | null;
  readonly issuer: string | null;
  readonly year: number | null;
  readonly kind: DocumentKind;
  readonly news: boolean;
  /** Opens as news do, though it tells only what was done. */
  readonly reported: boolean;
  /** Which way the text looks before anything in it says otherwise. */
  readonly looks: "plan" | "review";
  readonly planPeriod: string | null;
  readonly summaryPeriod: string | null;
  /** Flow offset behind the title block. */
  readonly bodyFrom: number;
}

/** …的通知 ( 2025-01-27 ): when it was put up. */
const STAMPED = /\s*[(（[]?\s*(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}\s*[)）\]]?\s*$/;

interface HeadLine {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly blankBefore: boolean;
}

const PLAN_WORD = /计划|谋划|规划|要点|思路|意见|方案|安排|打算|清单|目标|任务|部署|工作重点|责任|通知|实事/;
const SUMMARY_WORD =
  /总结|(?:完成|执行)情况|落实情况|进展情况|工作情况|情况(?:的)?(?:汇报|报告|通报|说明)|回顾|工作报告|述职|完成$|情况$|亮点|成效|公报|统计(?:数据|报表|季报|月报|年报|表|结果)|(?:事业|服务)统计|报表$|季报|年报|纪实|综述|(?:调研|评估|自评|评价)报告|成绩单|答卷/;
const TITLE_WORD = new RegExp(`${PLAN_WORD.source}|${SUMMARY_WORD.source}|报告|公报|通报|公告|决定`);
const META =
  /^(?:[-•·*]\s*)?(?:索\s*引\s*号|文\s*号|文件编号|公开方式|公开时限|成文日期|发文字号|发文日期|发布日期|成文日期|发布时间|发布机构|发文机关|发文单位|有\s*效\s*性|信息来源|消息来源|来源|转自|转载|作者|编辑|浏览|点击|字体|【|>|组配分类|主题分类|名\s*称|标\s*题|字号|分享|打印|日期|时间|生成日期|公开|责任编辑|当前位置|首页|-{3,})/;
export function headOf(flow: Flow, items: readonly Item[]): Head {
  const { text } = flow;
  const firstItem = items[0]?.from ?? text.length;
  const lines = headLines(text, firstItem);
  const block = titleBlock(lines);
  const title =
    block
      ?.map((l) => verbatim(flow, l.from, l.to))
      .join("")
      .replace(STAMPED, "")
      .replace(/^[—–-]{2,}\s*/, "") ?? metaTitle(lines, flow);
  const bodyFrom = block ? (block.at(-1) as HeadLine).to : (lines[0]?.from ?? 0);
  const opening = text.slice(0, 4000);
  const issuer = issuerOf(title, lines, text);
  const years = yearsOf(title, opening, text);
  const named = title
    ? kindByWords(title.replace(/\s/g, ""), /\n[^\n]*[|\t]/.test(opening))
    : kindByOpening(opening);
  const base = named === "summary" && /工作报告/.test(title ?? "") && bothWays(text, items) ? "mixed" : named;
  const content = looksOf(text.slice(0, 20_000));
  const reported = /\d{1,2}月\d{1,2}日(?:电|讯)|记者|通讯员|了解到|获悉/.test(text.slice(0, 1500));
  const told = MEETING.test(text.slice(0, 300));
  const news =
    reported ||
    (base === undefined && content === "plan" && (title !== null || told)) ||
    (base === undefined &&
      told &&
      (title === null || MEETING_TITLE.test(title)) &&
      /提出|强调|要求|要对标/.test(text.slice(0, 800)));
  const kind = base ?? (content === "plan" || news ? "plan" : "summary");
  const looks = base === undefined ? content : base === "plan" ? "plan" : "review";
  return {
    title,
    issuer,
    ...years(kind),
    kind,
    news,
    reported: base === undefined && NEWS_OPENING.test(text.slice(0, 300)),
    looks,
    bodyFrom,
  };
}

const AHEAD_CUE =
  /将(?!.{0,2}纳入)|力争|确保|争取|(?<!年度|[比与按]|全年|投资)计划(?!生育|投资)|(?<!模)拟|预计|下一步|(?<![需只主重必摘])要(?!求|闻|素|点)|不低于|不少于|到20\d\d年底?前?,|着力|加快|(?:^|\n|。)(?:推进|加强|完善|健全|强化|深化|优化)/g;
const BACK_CUE =
  /已(?!有.{0,4}基础)|累计|共(?!同|享|建|治|识|产|青|和国)|完成了|目前|截至|截止|同比|比上年|较上年|比去年|发放[^,。;]{2,16}\d|惠及|受益|投入使用|获[评得]|荣获|圆满(?!完成)|(?<!上)取得|实现了|得到|救助[^,。;]{0,12}\d|(?:全面|全部|圆满|超额)完成(?!的)|完工|竣工投用|建成投用|完成投资|一年来|这一年|今年以来|今年来|成立(?!\d+周年)|主体完工|[一-龥]了/g;

/** A text whose title does not say so: does it tell what was done, or what is to be done? */
export function looksOf(text: string): "plan" | "review" {
  const count = (cue: RegExp) => text.match(cue)?.length ?? 0;
  const [ahead, back] = [count(AHEAD_CUE), count(BACK_CUE)];
  return back >= 2 && back > ahead * 1.3 ? "review" : "plan";
}

const verbatim = (flow: Flow, from: number, to: number) => {
  const { start, end } = spanOf(flow, from, to);
  return flow.source
    .slice(start, end)
    .replace(/\s*\r?\n\s*/g, "")
    .trim();
};

/** …工作总结2022年,县民政局…: copied without its line ends, the title runs into the text. */
const RUN_IN_TITLE =
  /^[^。,;:\n]{2,50}(?:总结|计划|要点|思路|打算|安排|规划|方案|汇报|报告)(?=(?:19|20)\d{2}年(?!度?(?:工作|重点|民政|计划))|今年|近年|一年来|上半年,|为(?:了|深入|全面|切实|进一步|贯彻|认真|扎实|加快|推动)|按照|根据|一、|\(一\))/;

function headLines(text: string, firstItem: number): HeadLine[] {
  const lines: HeadLine[] = [];
  let i = 0;
  let blank = false;
  while (i < Math.min(text.length, 6000) && lines.length < 14) {
    let j = text.indexOf("\n", i);
    if (j < 0) j = text.length;
    if (j > i) {
      if (i >= firstItem) break;
      // | 统计月报表 | ||: one cell alone is a line.
      const [from, to] = aloneIn(text, i, j);
      const title =
        lines.length === 0 && to - from > 60 ? RUN_IN_TITLE.exec(text.slice(from, from + 80)) : null;
      if (title) {
        const end = from + title[0].length;
        lines.push({ from, to: end, text: title[0], blankBefore: false });
        i = end;
        continue;
      }
      lines.push({ from, to, text: text.slice(from, to), blankBefore: blank });
      blank = false;
    } else blank = true;
    i = j + 1;
  }
  // A text with an empty line between all lines parts nothing by them.
  return lines.length > 2 && lines.slice(1).every((l) => l.blankBefore)
    ? lines.map((l) => ({ ...l, blankBefore: false }))
    : lines;
}

/** The one cell of a row that has no other; else the whole line. */
function aloneIn(text: string, from: number, to: number): [number, number] {
  const m = /^([|\t ]*\|[|\t ]*)([^|\t]+?)[|\t ]*$/.exec(text.slice(from, to));
  return m
    ? [from + (m[1] as string).length, from + (m[1] as string).length + (m[2] as string).length]
    : [from, to];
}

/** 时报特稿 | 构建…: the column of the paper before the headline. */
const COLUMN = /^[^|\t。;:]{2,10} ?\| ?[^|\t。;:]{8,48}$/;
const short = (l: HeadLine) =>
  l.text.length <= 60 &&
  !/[。;]/.test(l.text) &&
  !META.test(l.text) &&
  !/\|\s*$/.test(l.text) &&
  !/:$/.test(l.text) &&
  !/[\t|]/.test(l.text) &&
  !/^\(?\d{4}(?:[-./]\d|年\d{1,2}月\d{1,2}日)/.test(l.text);

/** 海丰县民政局 / 关于…的: the title goes on below. */
const ABOVE_TITLE = /(?:局|府|办公室|委员会|的|关于.*|会|厅)$/;
/** The lines of the title: the first short lines, up to and including the one that says what it is. */
function titleBlock(lines: readonly HeadLine[]): HeadLine[] | undefined {
  const at = lines.findIndex(
    (l, i) =>
      short(l) &&
      TITLE_WORD.test(l.text) &&
      lines.slice(0, i).every((p) => p.text.length <= 60 || META.test(p.text)),
  );
  if (at >= 0) {
    const block = [lines[at] as HeadLine];
    // 海丰县民政局 / 关于…的 above, a headline above its ——…; 和2024年工作计划 below.
    const above = lines[at - 1];
    if (
      above &&
      short(above) &&
      (/^[—-]{2}/.test((block[0] as HeadLine).text) ||
        (!block[0]?.blankBefore && above.text.length < 30 && ABOVE_TITLE.test(above.text))) &&
      !(block[0] as HeadLine).text.startsWith(above.text)
    )
      block.unshift(above);
    const below = lines[at + 1];
    if (
      below &&
      !below.blankBefore &&
      below.text.length <= 40 &&
      /^(?:和|及|暨|与|以及|并|的|、)|^[^,。]{2,20}的通知$/.test(below.text) &&
      !/[。;]/.test(below.text)
    )
      block.push(below);
    return block;
  }
  const first = lines[0];
  const next = lines[1];
  if (
    first &&
    (short(first) || (COLUMN.test(first.text) && !/[|\t]/.test(next?.text ?? ""))) &&
    (first.text.length >= 6 || (/^[一-龥]{4,5}$/.test(first.text) && (next?.text.length ?? 0) > 40)) &&
    next &&
    !META.test(first.text) &&
    !/[,:]$/.test(first.text)
  )
    return [first];
  return undefined;
}

function metaTitle(lines: readonly HeadLine[], flow: Flow): string | null {
  for (const l of lines) {
    const m = /(?:^|[|\t])\s*(?:[-•·*]\s*)?(?:标\s*题|名\s*称)\s*[:|]\s*([^|\n]{4,60}?)\s*(?:\||$)/.exec(
      l.text,
    );
    if (m?.[1]) {
      const at = l.from + m.index + m[0].indexOf(m[1]);
      return verbatim(flow, at, at + m[1].length);
    }
  }
  return null;
}

/** 一、2024年工作回顾 and 二、2025年工作安排 in one report. */
function bothWays(text: string, items: readonly Item[]): boolean {
  const heads = items.map((i) => text.slice(i.markerTo, i.headTo));
  return (
    heads.some((h) => /回顾|总结|完成情况/.test(h)) &&
    heads.some(
      (h) =>
        /(?:目标|20\d{2}年|今年|明年|今后|下一?步).{0,14}(?:工作|任务|安排|打算|重点|目标)/.test(h) &&
        !/回顾|总结|完成情况/.test(h),
    )
  );
}

/** 《政府工作报告》确定的目标任务: only where they were set. */
const OF_REPORT = /《?政府工作报告》?(?=[^情]{0,4}(?:确定|提出|明确|目标|重点|主要|任务|责任|分解))/;
/** 召开2025年工作总结会: a meeting, whatever it was about. */
const MET = /(?:总结|计划|部署|安排|要点)[一-龥\d]{0,16}会议?$/;
function kindByWords(title: string, table: boolean): DocumentKind | undefined {
  if (/召开|举行/.test(title) && MET.test(title)) return undefined;
  const summary = SUMMARY_WORD.test(title.replace(OF_REPORT, ""));
  const plan = PLAN_WORD.test(
    title
      .replace(OF_REPORT, "")
      .replace(
        /(?:计划|规划|目标|任务|方案|意见|要点|实事|安排)[一-龥、]{0,10}?(?:(?:落实|完成|执行|进展)?情况|(?:全面|圆满|全部|超额|提前)完成)/g,
        "情况",
      ),
  );
  // A progress table holds the targets that are still open.
  if ((summary && (plan || /进度/.test(title))) || (table && /进度|进展|推进情况/.test(title)))
    return "mixed";
  if (summary) return "summary";
  return plan ? "plan" : undefined;
}

function kindByOpening(opening: string): DocumentKind | undefined {
  const first = opening.slice(0, 500);
  // 现将上半年工作开展情况和下半年工作计划汇报如下
  if (/(?:情况|总结)[^。\n]{0,24}(?:计划|打算|安排|思路)(?:汇报|报告|总结)?如下/.test(first)) return "mixed";
  if (/总结(?:汇报)?如下|情况(?:总结|汇报|报告)如下/.test(first))
    return /(?:计划|打算|安排|思路)(?:汇报|报告)?如下/.test(first) ? "mixed" : "summary";
  if (/(?:制定|编制)(?:了|本)?[^。,]{0,24}(?:规划|计划|方案)/.test(first)) return "plan";
  return /(?:(?<!工)作|做|进行)(?:简要|简单|如下)?(?:汇报|报告)/.test(first) ? "summary" : undefined;
}

/** 近日,全市民政工作会议召开; …到市民政局调研. */
const MEETING =
  /(?:近日|日前|昨[天日]|今[天日]|月\d{1,2}日|上午|下午)[^。]{0,60}(?:会议|座谈|召开|举行|调研)|会议[^。]{0,12}(?:召开|举行)/;

/** 12月26日,某区妇联组织开展关爱活动. */
const NEWS_OPENING =
  /(?:^|\n)(?:近日|日前|连日来|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:上午|下午)?),?[^。\n]{0,60}(?:开展|召开|举行|举办|走访|慰问|调研|深入|启动)/;
const MEETING_TITLE = /召开[^,。]{0,24}(?:会|会议)$|会议(?:召开|举行)$/;
