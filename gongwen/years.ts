import { YEAR_IN_TITLE } from "./times.ts";
import type { DocumentKind } from "./types.ts";

const PLAN_FIVE: Record<string, number> = {
  十一五: 2006,
  十二五: 2011,
  十三五: 2016,
  十四五: 2021,
  十五五: 2026,
  十六五: 2031,
};

/** 二〇二五年 → 2025年, 第十三个五年规划 → 十三五规划. */
const latinYears = (text: string) =>
  text
    .replace(/第?(十[一二三四五六])个五年(?=[^,。]{0,6}(?:规划|计划))/g, "$1五")
    .replace(/[二一][〇零九○O0][〇零○O0一二三四五六七八九]{2}(?=年)/g, (y) =>
      [...y].map((c) => Math.max(0, "〇一二三四五六七八九".indexOf(c))).join(""),
    );
const willIn = (year: number, text: string) =>
  new RegExp(
    `(?:^|[\\n。,])${year}年,?[^,。\\n]{0,16}(?:将|计划|要)|(?:部署|安排|谋划|研究|[对就])(?:了)?${year}年[^,。\\n]{0,8}(?:工作|任务)`,
  ).test(text.slice(0, 4000));

/** Years by the title, else by the opening words. */
export function yearsOf(title: string | null, opening: string, text: string) {
  const head = title ? latinYears(title.replace(/\s/g, "").replace(/[—–－]/g, "-")) : "";
  const where =
    head.search(YEAR_IN_TITLE) >= 0 || /十[一二三四五六]五/.test(head)
      ? head
      : `${head}${latinYears(opening.slice(0, 600))}`;
  return (kind: DocumentKind) => {
    const span = /((?:19|20)\d{2})年?(?:-+|至|到)((?:19|20)\d{2})年?/.exec(where);
    const five =
      /十[一二三四五六]五/.exec(head)?.[0] ??
      (/规划/.test(head) ||
      (head === "" && !/(?:19|20)\d{2}年.*十[一二三四五六]五/s.test(where.slice(0, 400)))
        ? /十[一二三四五六]五/.exec(where.slice(0, 400))?.[0]
        : undefined);
    const all = [...where.matchAll(/((?:19|20)\d{2})(?=年(?!前后|代|远景|左右))/g)].map((m) => Number(m[1]));
    let year: number | null;
    let plan: string | null = null;
    if (five && (/规划|思路|发展|目标/.test(head) || head === "") && !/(?:19|20)\d{2}年/.test(head)) {
      year = PLAN_FIVE[five] ?? null;
      plan = year === null ? null : `${year}/${year + 4}`;
    } else if (span && kind === "plan") {
      year = Number(span[1]);
      plan = `${span[1]}/${span[2]}`;
    } else {
      const inTitle = [...head.matchAll(YEAR_IN_TITLE)].map((m) => Number(m[1]));
      const seen = inTitle.length > 0 ? inTitle : all.slice(0, 3);
      year = seen.length === 0 ? null : kind === "mixed" ? Math.max(...seen) : (seen[0] as number);
      // 2024年，该县…。2025年，县民政局将…: a report is of the year that it looks to.
      if (
        kind === "plan" &&
        (inTitle.length === 0 || /召开|举行/.test(head)) &&
        year !== null &&
        willIn(year + 1, text)
      )
        year++;
      if (
        kind === "mixed" &&
        year !== null &&
        inTitle.length === 1 &&
        /总结|完成情况|工作情况/.test(head.slice(head.indexOf(String(year)), head.indexOf(String(year)) + 14))
      )
        year = inTitle.length === 1 && /(?:下一?年|来年|明年)/.test(head) ? year + 1 : year;
    }
    if (year === null) {
      const any = /((?:19|20)\d{2})年(?!前后|代|远景|左右)/.exec(text.slice(0, 20000));
      const stamp = /((?:19|20)\d{2})[-./]\d{1,2}(?!\d)/.exec(text.slice(0, 600));
      year = any ? Number(any[1]) : stamp ? Number(stamp[1]) : null;
    }
    if (year === null) return { year, planPeriod: null, summaryPeriod: null };
    // …工作总结及下一年工作打算 without a year in the title: the year found is the one that is told of.
    if (kind === "mixed" && !/\d{4}/.test(head) && /下一?年|来年|明年/.test(head)) year++;
    // 上半年总结, 第一季度情况: what is to come is of the same year.
    const within = /半年|季度|\d{1,2}月/.test(head);
    if (kind === "summary")
      return { year, planPeriod: String(within ? year : year + 1), summaryPeriod: String(year) };
    const past = [
      ...head.matchAll(/((?:19|20)\d{2})年?[^\d]{0,12}?(?:总结|完成情况|工作情况|回顾|进展|进度)/g),
    ].map((m) => Number(m[1]))[0];
    return {
      year,
      planPeriod: plan ?? String(year),
      // A five-year plan assessed: what is told and what is to come both lie in it.
      summaryPeriod: kind === "mixed" ? (plan ?? String(past ?? year - 1)) : null,
    };
  };
}
