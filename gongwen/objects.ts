import type { Claim } from "./pairs.ts";
import { isClassifier, isMoney } from "./units.ts";

/** What a figure is about, by the structure of its clause: the noun after a classifier, else the words before. */

const MAX_SCAN = 90;

/** Time, adverbs and links that lead to the noun. */
const LEAD =
  /^(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[、.](?!\d)|\([一二三四五六七八九十\d]{1,3}\)|[:、)”]|(?:近|过去)?[一二三四五六七八九十]年(?=累计|内|共|来|安排)|并|且|同时|其中|以及|和|及|与|确保|力争|争取|力求|努力|实现|做到|或|含|包括|包含|实际(?=完成|达到|$)|累计|共计|合计|总计|共(?!同|享|建|治)|全年|(?:第?[一二三四]|上|下)(?:季度|半年)|目前|已经|已|现有|现|拟|计划|预计|将|要|对|把|使|按时足额|按时|按月|及时|足额|分别(?=.{2})|起(?=将|对|新|,)|按照?(?!时|月|期|季)|以|为|在(?!线|册|校|职|读|园|院|编|岗|建|保)|于|到|达到|了|的|都|还|再|又|我[县区市局]|(?:春节|元旦|中秋|国庆|五一|端午|清明|重阳|[两双]节|节日|节假日|汛期|冬季|夏季)(?:期间|前夕|前后)|从?\d{0,2}月份?(?:开始|起)|今年以来|今年来|截至目前|截止目前|截至|截止|[一二三四五六七八九十]是|[一二三四五六七八九十]要|每月|每季度|每年|每周|全[县区市州省]有|(?:年|月)底前?|年内|(?:(?:19|20)\d{2}|今|去|明|全|本)年(?:度|底|末)?(?:前)?|(?:19|20)\d{2}-(?:19|20)?\d{2,4}年?|\d{1,2}(?:(?:-|至|到|~)\d{1,2})?月(?:份|底|末|初)?前?|\d{1,2}日前?)+/;
/** Verbs of doing: taken off when a whole noun remains behind them. */
const VERB =
  /^(?:完成了?|新(?:建成?|增加?|办|设|改扩建|开业|成立|添|发展|认定|登记|培育)|(?:新)?\([^()]{1,6}\)建|建成|建设了?|建立了?|改建|扩建|改扩建|改造|提质改造|打造|创建|培育|评选|评定|支持|开展了?|组织|举办了?|召开|设置了?|设立|配备|配置|发放了?|发展|撬动|投入|安排|下拨|拨付|筹集|募集|争取到?|引进|实施|进行|选取|选择并?|培训|服务|走访|慰问|救助|帮扶|检查|排查|查处|整治|新(?!农|型|区|城|时代|兴|业态|媒体|市民|就业)|推动|推进|加快|指导|淘汰|提高|提升|落实|保障|惠及|覆盖|有|优化|调整|制定|出台|印发|修订|受理|办理|接待|资助|奖励|补助|登记|核查|化解|整改|减免|硬化|修复|招引|销售|取缔|注销|关停|清理|聘请|招聘|聘用|招募|认定|纳入|新纳入)/;
const TRAIL =
  /(?:,|(?:上年|去年)的?(?=$)|[降升增减]到|[降升增减]至|:|￥|¥|仅|达到|达|为|是|共计|合计|共|约|有|至少|不少于|不低于|至|提高了?到?|提升了?到?|增长了?到?|增加了?到?|下降了?到?|上升了?到?|上调到?|调整到?|分别|(?<!人)均|都|已|完成了?|全部|各|投入|发放了?|突破|超|近|从|由|每人每?[月年]|每[月年]|[月年]人均|比例达|再|全年|累计|并|按|以|新增|新建|建成|接待(?=用餐)|总数|控制在|不超过|保持在|稳定在|统一|逐步|的|调|(?:近|过去)?[一二三四五六七八九十]年(?=累计|共|合计)|实际|年均|年内|(?<=[程目局府])计划|同比|比上年|较上年|比去年)+$/;
const TAIL = /(?:(?<=指标|任务|项目)中|全覆盖|建设步伐|步伐|任务|等工作|工作目标|以上|左右|的)+$/;

const [OPEN, CLOSE, QUOTE, UNQUOTE, STOP, LINE] = [1, 2, 3, 4, 5, 6];
const CLASS = new Uint8Array(65536);
for (const c of ",。;:!?\t|") CLASS[c.charCodeAt(0)] = STOP;
CLASS[40] = OPEN;
CLASS[41] = CLOSE;
CLASS[0x201c] = QUOTE;
CLASS[0x201d] = UNQUOTE;
CLASS[10] = LINE;

/** Words between the last break and `to`; brackets and quotations closed on the way belong to them. */
export function left(text: string, to: number): string {
  let i = to;
  let depth = 0;
  let quoted = 0;
  for (; i > 0 && to - i < MAX_SCAN; i--) {
    const c = CLASS[text.charCodeAt(i - 1)];
    if (c === 0) continue;
    if (c === LINE || (c === OPEN && depth === 0) || (c === STOP && depth === 0 && quoted <= 0)) break;
    if (c === CLOSE) depth++;
    else if (c === OPEN) depth--;
    else if (c === UNQUOTE) quoted++;
    else if (c === QUOTE) quoted--;
  }
  return text.slice(i, to);
}

/** Words from `from` to the next break. */
function right(text: string, from: number): string {
  let i = from;
  let depth = 0;
  let quoted = 0;
  for (; i < text.length && i - from < MAX_SCAN; i++) {
    const c = CLASS[text.charCodeAt(i)];
    if (c === 0) continue;
    if (c === LINE || (c === CLOSE && depth === 0) || (c === STOP && depth === 0 && quoted === 0)) break;
    // “完成3012户改造”两项任务: a figure within a quotation is about what stands in it.
    if (c === UNQUOTE && quoted === 0) break;
    if (c === OPEN) depth++;
    else if (c === CLOSE) depth--;
    else if (c === QUOTE) quoted++;
    else if (c === UNQUOTE) quoted--;
  }
  return text.slice(from, i);
}

const FIGURE =
  /\d+(?:,\d{3})*(?:\.\d+)?(?:[多余])?[万亿]?(?:人次|场次|平方米|[个家所户人名位张座处场次条份期件批套台元%辆]|(?<=[万亿])(?=[一-龥]{2}))/;

const FIGURES = new RegExp(FIGURE, "g");
const EARLIER_FIGURE = new RegExp(`${FIGURE.source}(?!$)`);
/** …人员和174名…: the next of a list. */
const NEXT_IN_LIST = new RegExp(`(?<=.{2})(?:、|和|及|与|以及)(?:新建|新增)?${FIGURE.source}`);

/** 记者近日从市民政局获悉: who says it. */
const REPORTER = /(?:讯|电|记者|通讯员|获悉|了解)$/;

const ACTS =
  /^(?:[^\d,。;、“(]{0,10}?(?:支部|单位|机构|组织|社区|乡镇|街道|部门)|[^\d,。;、“(]{1,10}?[人员者童户民众])(?=(?:开展|举办|召开|组织|发放|提供|办理|实施|缴纳|安装|配备|落实)(?!.{0,6}的))/;
const DONE_OR_PAID = /\d[余多]?[万亿]?[余多]?(?:元|人次|[次场期])/;
/** The noun phrase that a classifier counts; "" when none follows. */
function after(text: string, to: number, front: string): string {
  // 1200平方米的社区: one 的 is spent, a second one is not looked for.
  const led = text[to] === "的";
  let words = right(text, to)
    .replace(/^(?:的|多|余)/, "")
    .replace(/的基础上.*$/, "")
    .replace(
      /(?<=.{2})(?:现?[已己]|陆续|(?<![人年月户平日])均|全部|分别|足额|按时|按月|正在|现在|目前|得到|受益|按计划|选址|实施了|进行了|开展了|以不同|通过|投入使用|投入运营|进度|于(?=\d)|纳入|获评|被评为|(?:成立|建立|设立|购置|取得)了|遭受|遭遇|享受(?!.{1,8}(?:人|者|的|对象)))(?!.{0,3}的).*$/,
      "",
    );
  // 6.13万人(其中…): a bracket says more about the figure, it is not what is counted.
  if (words.startsWith("(")) return "";
  if (/^[一二三四五六七八九十]是/.test(words)) return "";
  if (/^(?:以上|以下|以内|左右|上下|中$|中,|和|及|、|与|元|的?[,。;]|,)/.test(words)) return "";
  // 养老床位、新建…中心70个: a verb opens the next thing.
  words = words.replace(
    /(?<=.{2})[、和及](?:新建|建设|改建|扩建|改造|打造|创建|培育|完成|开展|举办|新增|建成|推进|实施).*$/,
    "",
  );
  // 5个支部开展活动73次, 9万重度残疾人发放补贴…: who does it or gets it is counted, the deed is the next figure's.
  const actor = ACTS.exec(words);
  if (actor && DONE_OR_PAID.test(words)) return actor[0].replace(TAIL, "");
  // 21个部门为成员的领导小组: the members are counted.
  const members = /^(?:部门|(?:成员)?单位|科室)(?=为成员)/.exec(words);
  if (members) return members[0];
  const listed = NEXT_IN_LIST.exec(words);
  if (listed) words = words.slice(0, listed.index);
  const of = led ? -1 : words.lastIndexOf("的");
  const figure = FIGURE.exec(words);
  const figureAt = figure?.index ?? -1;
  if (figureAt === 0) return "";
  if (figureAt > 0 && (of < 0 || of < figureAt)) {
    // “…示范点和4个…”: the next figure opens its own phrase; “面积800平方米以上的…” is still this one.
    words = words
      .slice(0, figureAt)
      .replace(
        /(?:、|和|及|与|以及|达到?|新增|新建|共|完成|仅?有|各?配备|各|每|对|为|给|将|开展|进行|组织|举办|实施)+$/,
        "",
      );
    words = words.replace(/(?<=.{2})(?:仅有|共有|设有|配有|建有|拥有).*$/, "");
    // 享受人员950户 拨款金额9万元: what stands before the next figure is that one's.
    if (front.length >= 2 && !GENERIC.test(front) && !EVERYWHERE.test(front)) return "";
  } else if (of > 0 && of < words.length - 2) words = words.slice(of + 1);
  return words
    .replace(/\([^()]*\)$/, "")
    .replace(TAIL, "")
    .trim();
}

const VERB_ONLY =
  /^(?:以上|左右|用于|开展|进行|正在|已|全部|完成|均|投入|正式|被|将|到|在|为|是|达|等|可|能|其中|比|较|同比|增|减|覆盖率|任务)/;

const NOT_NOUN = /^(?:率|额|数|金|度|量|员|费|点|人$|站|面|群|次)/;

/** Off with what leads to the noun; verbs only while a whole noun remains. */
export function noun(words: string): string {
  let rest = words;
  for (let round = 0; round < 4; round++) {
    const bare = rest.replace(LEAD, "");
    const next = bare.replace(VERB, "").replace(/^(?:了|的|全[县区市](?=.{4}))/, "");
    const whole = next !== bare && (next.length >= 3 || next === "") && !NOT_NOUN.test(next);
    if (!whole) return bare;
    rest = next;
  }
  return rest;
}

const plainTrail = (words: string) => words.replace(TRAIL, "");

export const TASK = /(?:全年|年度)(?:目标|任务|计划)+(?:数|量)?$/;
/** 8个(其中城区5个、乡镇3个); 城市低保标准…,农村…: where, of the thing before. */
const WHERE = /^(?:城区|城市|城镇|县城|农村|乡镇|街道|社区|[省市县区镇村]级)/;
const IN_BRACKET = /\((?:其中|含|包括)?[^()。]{0,40}$/;

/** 全县36家养老机构: where it is, not what it is. */
const EVERYWHERE = /^(?:我|全|本)[县区市州省镇乡旗局]$/;
/** Two characters that say nothing without the noun before them. */
const GENERIC =
  /^(?:占地|[省市县区]级|国家级|连续|运行|历时|为期|提前|金额|资金|其中|面积|总数|人数|户数|数量|占比|占|合格|投资|建成|覆盖|达到|扩建|改建|新建|注销|支出|收入|经费|比例|合计|总计|累计|本级|完成|增加|减少|新增|取消|调进|调出|退出|清退|停发|造成|筹资|其余|剩余|救助|惠及|受益|下降|上升|增长)$/;
const DEED_WORD =
  /(?:新建|改建|扩建|改扩建|改造|新增|注销|撤销|取消|停发|停保|退出|清退|减员|调出|调入|调进|完成|已完成|建成|完成建设|在建|修复|维修|续建|评选|创建)$/;
export const DEED = new RegExp(`^${DEED_WORD.source}`);

/** The phrase before the figure, without the verbs that lead to it. */
function before(text: string, to: number): string {
  return phrase(left(text, to));
}

function phrase(words: string, depth = 0): string {
  let cut = plainTrail(words);
  // Earlier figures of the same clause: keep what stands behind the last of them.
  const last = [...cut.matchAll(FIGURES)].at(-1);
  if (last) {
    const rest = cut
      .slice(last.index + last[0].length)
      .replace(/^(?:[/·][人户床月年天日次具张]){1,3}/, "")
      .replace(/^(?:、|和|及|与|的|以及|,)+/, "");
    // 8346户14592人: both count the same.
    // 新建2所、改建3所: only a verb of its own, the noun is that of the one before.
    if ((rest === "" || DEED.test(rest)) && depth < 4) {
      const noun = phrase(cut.slice(0, last.index), depth + 1);
      if (rest === "" || noun.length >= 2) return noun;
    }
    // 21个乡镇仅有民政专干43人: who has them is not what they are.
    cut = rest.replace(/^.{1,8}?(?:仅有|共有|设有|配有|建有|拥有)(?=.{2})/, "");
  }
  const found = plainTrail(noun(cut)).replace(/^(?:\((?:新|改|扩|迁|续)建\)|[,、)”])+/, "");
  // 月人均补差水平农村达到…: where stands behind.
  return found.replace(/^(.{2,}(?:标准|水平|率|额|人数))(城市|城镇|农村)$/, "$2$1");
}

const SHORT = 6;
/** 城市、农村低保标准 for the first of two → 城市低保标准; 城乡… → 城市…, 农村…. */
export function share(subject: string, index: number, of: number): string {
  if (of === 2 && /^(?:全[县市区])?城乡/.test(subject))
    return subject.replace("城乡", index === 0 ? "城市" : "农村");
  const split = [/、/, /、|和|与|及/].map((by) => subject.split(by).filter(Boolean));
  const parts = split.find((p) => p.length === of);
  if (!parts) return subject;
  const whole = parts.at(-1) as string;
  const mine = parts[index] as string;
  // 集中养育、分散养育标准: what both are said of stands at the end of the last.
  const kind = /(?:标准|水平|床位|人数|资金)$/.exec(whole)?.[0];
  if (kind && index < of - 1 && mine.length >= 4 && !/(?:标准|水平|床位|人数|资金|率)$/.test(mine))
    return mine + kind;
  // 火化率、安葬率: each is whole already.
  if (index === of - 1 || mine.length > SHORT || mine.length >= whole.length || mine.at(-1) === whole.at(-1))
    return mine;
  const first = parts[0] as string;
  return mine + whole.slice(Math.min(first.length, whole.length - 1));
}

/** The noun of the clauses before, within the sentence; “床位(已建成200张)” and “…66家，其中20家” refer back. */
export function clauseBefore(text: string, to: number): string {
  let i = to - left(text, to).length - 1;
  for (let hop = 0; hop < 3 && i > 0 && !/[。\n!?]/.test(text[i] ?? "\n"); hop++) {
    const clause = left(text, i);
    if (REPORTER.test(clause)) return "";
    const figure = [...clause.matchAll(FIGURES)].at(-1);
    const behind = figure ? after(text, i - clause.length + figure.index + figure[0].length, "") : "";
    const words =
      behind.length >= 2 ? behind : figure ? phrase(clause.slice(0, figure.index)) : phrase(clause);
    if (words.length >= 2) return words;
    i -= clause.length + 1;
  }
  return "";
}

/** The noun of the clause right before, when that clause opens a part of the sentence and holds no figure. */
function openedClause(text: string, to: number): string {
  const at = to - left(text, to).length - 1;
  if (text[at] !== ",") return "";
  const clause = left(text, at);
  if (text[at - clause.length - 1] !== ";" || /\d/.test(clause)) return "";
  const words = phrase(clause);
  return words.length >= 3 ? words : "";
}

const GIVEN =
  /^的?(?:标准)?(?:给予|予以|发放)([一-龥]{0,10}?(?:补助|补贴|奖励|资助|补偿|津贴))(?![一-龥]*\d)/;
const BUILT = /^的?标准(?:配建|配套建设|配置|配备|建设)([一-龥]{2,14}?)(?=[,。;、\n]|$)/;
/** 每季度走访不少于1次: the deed itself is counted. */
const ACT = /(?:走访|探访|巡访|巡查|检查|排查|培训|宣传|演练|体检|督导|暗访|慰问)$/;

const PAIRED = /^[,、]?\d+(?:\.\d+)?[万亿]?[人户名](?=[一-龥])/;
const MOVES = "退出|清退|停发|调出|调入|调进|注销|取消";
const MOVED = new RegExp(`^(?:${MOVES})$`);
const MOVED_FIRST = new RegExp(`^(?:新增|${MOVES})`);
const MOVED_WITH = new RegExp(`^(?:新增|${MOVES})|(?:新增|${MOVES})$`);
const PLACE = /^(?:[一-龥]{0,4}(?:县市区|县区|城区|市区|县市|乡镇|地区|片区)|其他县)$/;

const BUILDING = /^(?:新建|续建|改建|扩建|改扩建|在建|建成|维修|修复|已?完成|完成建设)$/;
const INVESTED = /(?:概算|计划|完成)?(?:总|年度)?投资额?$/;

/** Object of a claim by its own clause and what the figure before it was about. */
export function bareObject(
  text: string,
  claim: Claim,
  said: string | undefined,
): { object: string; pattern: string } {
  const { token } = claim;
  const counted =
    isClassifier(token.unit) ||
    token.unit === "人" ||
    token.unit === "部门" ||
    (token.unit === "" && !token.multiplier);
  const ahead = before(text, claim.subjectTo);
  // Words behind an earlier figure of the clause may be that one's: they do not settle whose the noun behind is.
  const own = EARLIER_FIGURE.test(left(text, claim.subjectTo)) ? "" : ahead;
  const behind =
    token.to === token.unitTo || isClassifier(token.unit) || /^的/.test(text.slice(token.to, token.to + 1))
      ? after(text, token.to, own)
      : "";
  // 80周岁以上老年人: the age belongs to the people behind it.
  if (/岁$/.test(token.unit)) {
    const people = after(text, token.to, "").replace(/(?:发放|每[人周月季年]|按|给予|提供).*$/, "");
    if (people.length >= 2) return { object: people, pattern: "object.after" };
  }
  const usable = behind !== "" && !VERB_ONLY.test(behind);
  if (counted && usable && !claim.before) return { object: behind, pattern: "object.after-classifier" };
  // …240户,占全年任务…: the task of the same thing.
  const task = ahead.startsWith("占") && TASK.test(ahead);
  if (task && said) {
    const whole = said.replace(TASK, "");
    return {
      object: token.unit === "%" ? `${whole}${ahead}比例` : whole + ahead.slice(1),
      pattern: "object.part-of",
    };
  }
  // 比上年提高…, 高出全省…: said of what came before.
  const front = /^(?:比|较|同比|高出|高于|低于)/.test(ahead) ? "" : ahead;
  // 按每张床位1万元给予建设补助; 每百户不少于30平方米标准配建养老用房: what it is given for, what is built by it.
  if (front === "" || /每[一-龥]|、$/.test(front)) {
    const given = (isMoney(token.unit) ? GIVEN : BUILT).exec(text.slice(token.to, token.to + 40))?.[1];
    if (given && given.length >= 3) return { object: given, pattern: "object.after" };
  }
  // 全市1403户2555人享受城乡低保: both are about what follows the second.
  const pair = counted && behind === "" ? PAIRED.exec(text.slice(token.to, token.to + 14))?.[0] : undefined;
  if (pair && (front === "" || EVERYWHERE.test(front))) {
    const both = noun(after(text, token.to + pair.length, ""));
    if (both.length >= 3 && !VERB_ONLY.test(both)) return { object: both, pattern: "object.after" };
  }
  // 新增276户,退出374户: another thing done with the same.
  if (said && MOVED.test(front)) {
    const whole = said.replace(MOVED_WITH, "");
    return { object: whole.length >= 2 ? front + whole : said, pattern: "object.part-of" };
  }
  // 标准为城区每人每月100元,其他县区80元: the place changes, the standard does not.
  if (said && /^元\//.test(token.unit) && PLACE.test(front) && /标准|补贴|补助|津贴/.test(said))
    return { object: said, pattern: "object.same" };
  // 一级200元、二级150元: the degree changes, the thing does not.
  if (said && /^[一二三四五]{1,3}级$/.test(front) && /[一二三四五]+级/.test(said))
    return { object: said.replace(/[一二三四五]+级/, front), pattern: "object.same" };
  if (
    said &&
    WHERE.exec(front)?.[0] === front &&
    (WHERE.test(said) || IN_BRACKET.test(text.slice(Math.max(0, claim.subjectTo - 42), claim.subjectTo)))
  )
    return { object: front + said.replace(WHERE, ""), pattern: "object.part-of" };
  // 7个(其中续建3个): what is done, of the same thing.
  const onlyDeed = said !== undefined && BUILDING.test(front);
  if (
    !onlyDeed &&
    (front.length >= 3 || (front.length === 2 && !GENERIC.test(front)) || /^[镇乡村县]$/.test(front))
  ) {
    const shared =
      claim.order && claim.order.of > 1 ? share(front, claim.order.index, claim.order.of) : front;
    return { object: shared, pattern: shared === front ? "object.before" : "object.shared-list" };
  }
  if (usable)
    return { object: behind, pattern: isMoney(token.unit) ? "object.after-amount" : "object.after" };
  // “…床位(已建成200张)”, “,共330个”: the clause before says what is counted. 调出9户、新增3户: not what is done to it.
  if (/^每.?$/.test(front) && said) return { object: said, pattern: "object.same" };
  const clause = plainTrail(left(text, claim.subjectTo));
  const act = front === "" ? ACT.exec(clause)?.[0] : undefined;
  const counts =
    /^[轮场]?次$/.test(token.unit) ||
    (/^(?:期|人次|场)$/.test(token.unit) && clause.replace(LEAD, "") === act);
  if (act && counts && !said?.endsWith(act)) {
    const whole = clauseBefore(text, claim.subjectTo);
    return { object: whole.endsWith(act) ? whole : act, pattern: "object.deed" };
  }
  if ((front === "" || onlyDeed) && said && said.length >= 2) {
    // …400户;幸福食堂工程,由35家增至60家: a clause that opens after a semicolon names a thing of its own.
    const opened = openedClause(text, claim.subjectTo);
    if (opened) return { object: opened, pattern: "object.clause-before" };
    const deed = DEED_WORD.exec(left(text, claim.subjectTo))?.[0];
    // 完成适老化改造260户，已完成198户: that it is done changes nothing about the thing.
    const changed = deed !== undefined && !/完成|建成/.test(deed);
    const done = said.replace(MOVED_FIRST, "");
    if (changed && done !== said) return { object: deed + done, pattern: "object.same" };
    return { object: changed ? said.replace(DEED_WORD, deed) : said, pattern: "object.same" };
  }
  // …项目,概算投资1.2亿元,占地86亩: the project has both.
  const named = clauseBefore(text, claim.subjectTo);
  const host = (said && INVESTED.test(named) ? said : named).replace(INVESTED, "");
  if (host) return { object: front && host !== front ? host + front : host, pattern: "object.clause-before" };
  // 共救助986人次: the verb is all there is.
  const lead = left(text, claim.subjectTo);
  const deed = (plainTrail(lead).replace(LEAD, "") || lead.replace(LEAD, "")).replace(FIGURES, "");
  return {
    object: front || behind.replace(/^(?:专项|全部)?用于/, "") || deed,
    pattern: deed ? "object.deed" : "object.none",
  };
}

export const clauseAround = (text: string, from: number, to: number) => ({
  left: left(text, from),
  right: right(text, to),
});
