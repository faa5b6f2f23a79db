import { type Flow, spanOf } from "./flow.ts";
import type { Head } from "./head.ts";
import type { Item } from "./outline.ts";
import type { Sections } from "./sections.ts";
import { workRowsOf } from "./tables.ts";
import type { Task } from "./types.ts";

/** Things to be done: leaf items of the parts that look ahead; without numbers, headed paragraphs; else sentences. */
const NEVER =
  /^(?:指导思想|基本原则|总体要求|总体思路|指导原则|工作原则|面临形势|形势分析|发展环境|发展基础|发展形势|规划背景|编制背景|存在(?:的)?(?:主要)?问题|主要(?:存在)?问题)/;
/** 存在问题及下步打算 holds both. */
const YET_WORK = /打算|计划|下一?步|措施|对策|建议|安排/;
const NOT_WORK = /(?:报送|联系人|联系电话|附件|抄送|主送|印发)/;

export function tasksOf(flow: Flow, items: readonly Item[], sections: Sections, head: Head): readonly Task[] {
  const { text } = flow;
  const numbered: Task[] = [];
  const add = (item: Item, path: readonly Item[], to: number) => {
    // A notice has the title of what it sends out once more above the text: no heading.
    const divider = sections.dividers
      .filter((d) => d.from < item.from && !head.title?.includes(`《${verbatim(flow, d.from, d.to)}》`))
      .at(-1);
    const names = path.map((p) => verbatim(flow, p.from, p.headTo));
    if (divider && divider.about === "plan" && !(path[0] && path[0].from < divider.from))
      names.unshift(verbatim(flow, divider.from, divider.to));
    const next = sections.dividers.find((d) => d.from > item.from)?.from ?? to;
    numbered.push({
      ...spanOf(flow, item.from, Math.min(to, itemEnd(text, item, next))),
      path: names,
      title: titleOf(flow, item),
    });
  };
  const visit = (list: readonly Item[], path: readonly Item[]) => {
    for (const item of list) {
      const heading = text.slice(item.markerTo, item.headTo);
      const never = NEVER.test(heading) && !YET_WORK.test(heading);
      if (never || sections.of.get(item) === "review") {
        // Items below may still look ahead.
        if (!never) visit(item.children, [...path, item]);
        continue;
      }
      const groups = item.children.length > 0 && item.children.every((c) => c.rank === 6);
      // Only …方面 groups below: what stands before them is a task of its own, a heading alone is not.
      const first = item.children[0];
      const own = groups && first !== undefined && /[一-龥]/.test(text.slice(item.headTo, first.from));
      if (own) add(item, path, (item.children[0] as Item).from);
      if (item.children.length > 0) {
        visit(item.children, own ? path : [...path, item]);
        continue;
      }
      if (item.to - item.markerTo < 2) continue;
      const headed = SECTION_NAME.test(heading) ? headedWithin(flow, item) : [];
      if (headed.length < 2) add(item, path, item.to);
      const names = [...path, item].map((p) => verbatim(flow, p.from, p.headTo));
      if (headed.length >= 2) for (const h of headed) numbered.push({ ...h, path: names });
    }
  };
  visit(items, []);
  if (numbered.length > 0 && items.every((i) => i.rank === 7))
    return underLeads(flow, numbered, head, sections);
  const rows = head.kind === "summary" ? [] : rowTasks(flow);
  const [first, last] = [rows[0], rows.at(-1)];
  // Numbers within the cells of a table count steps of its rows.
  const inRows = first && last && numbered.every((t) => t.start >= first.start && t.start <= last.end);
  if (rows.length >= 2 && inRows) return rows;
  if (numbered.length > 0 || items.length > 1) return numbered;
  const headed = headedTasks(flow, head, sections);
  return headed.length >= 2 ? headed : sentenceTasks(flow, head, sections);
}

/** 坚持“一个目标”：… beside 突出“两个重点”：一是…二是…: the first is a task itself, the second the path of its own. */
function underLeads(flow: Flow, numbered: readonly Task[], head: Head, sections: Sections): readonly Task[] {
  const leads = headedTasks(flow, head, sections);
  if (leads.length < 2) return numbered;
  const within = (t: Task, lead: Task) => t.start >= lead.start && t.start < lead.end;
  return [
    ...leads.filter((lead) => !numbered.some((t) => within(t, lead))),
    ...numbered.map((t) => {
      const lead = leads.find((l) => within(t, l));
      return lead ? { ...t, end: Math.min(t.end, lead.end), path: [...lead.path, lead.title, ...t.path] } : t;
    }),
  ].sort((a, b) => a.start - b.start);
}

/** 二、2024年工作安排 names a part; what is to be done stands in the headed paragraphs below. */
const SECTION_NAME = /^[^,。;:]{0,18}(?:计划|打算|安排|思路|谋划|重点|任务|举措|部署)$/;
/** 养老服务方面, 社会救助工作: a heading without a verb. */
const NOUN_HEAD =
  /^[一-龥、“”]{2,14}(?:方面|工作|服务|救助|管理|建设|治理|保障|福利|事务|组织|事业|体系|党建|改革)$/;
function headedWithin(flow: Flow, item: Item): Omit<Task, "path">[] {
  const list = paragraphs(flow.text.slice(0, item.to), item.headTo);
  return list.flatMap((p, i) => {
    const next = list[i + 1];
    const alone = (NOUN_HEAD.test(p.text) || LEAD_PHRASE.test(p.text)) && next && next.text.length > 20;
    if (alone) return [{ ...spanOf(flow, p.from, bodyTo(list, i)), title: verbatim(flow, p.from, p.to) }];
    const opening = OPENING.exec(p.text)?.[1];
    return opening
      ? [{ ...spanOf(flow, p.from, p.to), title: verbatim(flow, p.from, p.from + opening.length) }]
      : [];
  });
}

/** The last item does not swallow the signature, the date and the attachments behind it. */
function itemEnd(text: string, item: Item, before: number): number {
  const end = Math.min(item.to, before);
  const body = text.slice(item.from, end);
  // 会上强调,一要…二要…三要…。: what the next paragraph says is no part of the third.
  const line = item.rank === 7 && item.inline && item.parent === undefined ? body.indexOf("\n") : -1;
  if (line > 0) return item.from + line;
  const m =
    /\n(?:附件|附:|附表|抄送|联系人|[^\n。,;:]{2,24}(?:局|办公室|委员会|政府|厅)\s*(?:\n|$)|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日|二〇|【|\(此件|关键词|扫一扫|分享)/.exec(
      body,
    );
  let to = m ? item.from + m.index : end;
  while (to > item.markerTo + 1 && /\s/.test(text[to - 1] as string)) to--;
  return to;
}

const verbatim = (flow: Flow, from: number, to: number) => {
  const { start, end } = spanOf(flow, from, to);
  return flow.source
    .slice(start, end)
    .replace(/\s*\r?\n\s*/g, "")
    .trim();
};

/** The text behind the marker up to the first stop; a long one up to its comma, at most 40 characters. */
function titleOf(flow: Flow, item: Item): string {
  // …方面 has no marker: it belongs to the title.
  const from = item.rank === 6 ? item.from : item.markerTo;
  const body = flow.text.slice(from, Math.min(item.to, from + 400));
  const stop = body.search(/[。;:!\n]/);
  let to = stop < 0 ? body.length : stop;
  if (to > 40) {
    const comma = body.search(/[,]/);
    to = Math.min(comma > 0 && comma < to ? comma : to, 40);
  }
  return to === 0 ? "" : verbatim(flow, from, from + to);
}

/** One task for each row of a table that lists things to do. */
function rowTasks(flow: Flow): Task[] {
  return workRowsOf(flow.text).map((row) => ({
    ...spanOf(flow, row.from, row.to),
    path: [],
    title: verbatim(flow, row.titleFrom, row.titleTo),
  }));
}

interface Paragraph {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function paragraphs(text: string, from: number): Paragraph[] {
  const list: Paragraph[] = [];
  for (const m of text.slice(from).matchAll(/[^\n]+/g))
    list.push({ from: from + m.index, to: from + m.index + m[0].length, text: m[0] });
  return list;
}

/** Where what stands below a heading ends: before the next short line that heads another. */
function bodyTo(list: readonly Paragraph[], i: number): number {
  let j = i + 1;
  while (j + 1 < list.length && !(list[j + 1] as Paragraph).text.match(/^[^。;:,|]{2,42}$/)) j++;
  return (list[j] ?? (list[i] as Paragraph)).to;
}

const LEAD_PHRASE =
  /^(?:突出|聚焦|围绕|坚持|强化|夯实|筑牢|推进|推动|加强|提升|打造|抓实|做好|做实|做优|优化|深化|健全|完善|落实|构建|兜牢|着力|加快|持续|用心|全力)[^。;\n]{2,38}$/;

/** 兜底保障更加有力。健全… : a short sentence that heads its paragraph, */
const OPENING = /^(?![一二三四五六七八九十]{1,3}[是要、])([一-龥“”、]{4,18})。(?=[^\n]{12})/;
/** 1—3月：… : what is to be done when; */
const WHEN =
  /^(\d{1,2}(?:[-至、]\d{1,2}){0,11}月(?:份|底|[上中下]旬)?|第?[一二三四]季度|[上下]半年):(?=[^\n]{6})/;
/** ● 提标准：… : a bullet with what it is about; */
const BULLET = /^(?:[●•▲◆■★☆◎○►▶✦·]\s*)([^。;,:\n]{2,16}):(?=[^\n]{4})/;
/** three paragraphs running or more. */
function openedAlike(list: readonly Paragraph[]): ReadonlySet<Paragraph> {
  const opened = new Set<Paragraph>();
  let run: Paragraph[] = [];
  for (const p of [...list, undefined]) {
    if (p && [OPENING, BULLET, WHEN].some((by) => by.test(p.text))) run.push(p);
    else {
      if (run.length >= 3) for (const r of run) opened.add(r);
      run = [];
    }
  }
  return opened;
}

/** Headings on a line of their own with a paragraph below, or 坚持“一个目标”：… at the head of one. */
function headedTasks(flow: Flow, head: Head, sections: Sections): Task[] {
  const { text } = flow;
  if (head.kind === "summary") return [];
  const list = paragraphs(text, head.bodyFrom);
  const tasks: Task[] = [];
  const opening = openedAlike(list);
  let above: Paragraph | undefined;
  list.forEach((p, i) => {
    const next = list[i + 1];
    const isHead =
      p.text.length <= 42 &&
      !/[。;:,]$/.test(p.text) &&
      !/[。;|]/.test(p.text) &&
      next !== undefined &&
      next.text.length > 40;
    const heads = LEAD_PHRASE.test(p.text) || (head.kind !== "summary" && NOUN_HEAD.test(p.text));
    if (isHead && !heads) above = p;
    const deck = next !== undefined && /^[^。]{0,30}(?:讯|电)[(:,（]?|^[^。]{0,20}记者/.test(next.text);
    if (isHead && next && !deck && heads && sections.aboutAt(p.from) === "plan") {
      tasks.push({
        ...spanOf(flow, p.from, bodyTo(list, i)),
        path: above ? [verbatim(flow, above.from, above.to)] : [],
        title: verbatim(flow, p.from, p.to),
      });
    }
    const lead =
      /^((?:坚持|突出|聚焦|围绕|实施|抓好|做到)[^。;,:\n]{2,28}):(?=[^\n]{20})/.exec(p.text) ??
      (opening.has(p) ? (OPENING.exec(p.text) ?? BULLET.exec(p.text) ?? WHEN.exec(p.text)) : null);
    if (!isHead && lead?.[1] && sections.aboutAt(p.from) === "plan")
      tasks.push({
        ...spanOf(flow, p.from, p.to),
        path: above ? [verbatim(flow, above.from, above.to)] : [],
        title: verbatim(
          flow,
          p.from + lead[0].indexOf(lead[1]),
          p.from + lead[0].indexOf(lead[1]) + lead[1].length,
        ),
      });
  });
  return tasks;
}

const DEPLOY =
  /^(?:[^,。;]{0,18}(?:将|要|计划|继续|着力|进一步|持续|全面|深入|大力|积极)|(?:加强|推进|推动|完善|落实|开展|实施|建设|提升|优化|强化|深化|健全|规范|做好|抓好|加快|加大|打造|新建|确保|力争|聚焦|建立|提高|保障|组织|引导|培育|推行|持续|全面|深入|大力|积极|继续|进一步|着力))/;

/** Sentences that end in 。 or ;, in one pass. */
function sentences(text: string): { index: number; text: string }[] {
  const list: { index: number; text: string }[] = [];
  let from = 0;
  for (let i = 0; i < text.length; i++)
    if (text[i] === "。" || text[i] === ";") {
      if (i > from) list.push({ index: from, text: text.slice(from, i + 1) });
      from = i + 1;
    }
  return list;
}

function sentenceTasks(flow: Flow, head: Head, sections: Sections): Task[] {
  const { text } = flow;
  if (head.kind === "summary") return [];
  const tasks: Task[] = [];
  for (const p of paragraphs(text, head.bodyFrom)) {
    if (p.text.length < 24 || NOT_WORK.test(p.text.slice(0, 10))) continue;
    for (const m of sentences(p.text)) {
      const from = p.from + m.index;
      if (
        !DEPLOY.test(m.text) ||
        m.text.length < 10 ||
        sections.aboutAt(from) !== "plan" ||
        /^(?:坚持以|以习近平|全面贯彻)|制定本|特制定|现(?:将|就)|如下。$/.test(m.text)
      )
        continue;
      const words = m.text.replace(/[。;]$/, "");
      const comma = words.indexOf(",");
      const title = words.length > 40 && comma > 0 ? words.slice(0, comma) : words;
      tasks.push({ ...spanOf(flow, from, from + m.text.length), path: [], title: title.slice(0, 40) });
    }
  }
  return tasks;
}
