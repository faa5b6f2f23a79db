import { lastFigure, left } from "./clauses.ts";

/** From the words before a figure to the noun: off with what leads to it and what links it to the figure. */

/** Time, adverbs and links that lead to the noun. */
export const LEAD =
  /^(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[、.](?!\d)|\d{1,2}(?:\.\d{1,2}){1,2} ?(?=[一-龥“]|\d+周?岁)|\([一二三四五六七八九十\d]{1,3}\)|[:、)”]|(?:近|过去)?[一二三四五六七八九十]年(?=累计|内|共|来|安排)|指出|强调|建议(?!案|提案|书)|先后|陆续|相继|并|且|同时|其中|以及|和|及(?!时)|与|确保|力争|争取|力求|努力|实现|做到|或|含|包括|包含|实际(?=完成|达到|$)|累计|共计|合计|总计|共(?!同|享|建|治)|全年|(?:第?[一二三四]|上|下)(?:季度|半年)|目前|已经|已|现有|现(?![金场役行代])|拟|计划|预计|将|要|对|把|使|适时|按时足额|按时|按月|及时|足额|分别(?=.{2})|起(?=将|对|新|,)|按照?(?!时|月|期|季)|以|为|在(?!线|册|校|职|读|园|院|编|岗|建|保)|于|到|达到|了|的|都|还|再|又|我[省州盟市县区旗镇乡村局办]|我街道|(?:春节|元旦|中秋|国庆|五一|端午|清明|重阳|[两双]节|节日|节假日|汛期|冬季|夏季)(?:期间|前夕|前后)|从?\d{0,2}月份?(?:开始|起)|资金来源[为是]|今年以来|今年来|截至目前|截止目前|截至|截止|[一二三四五六七八九十]是|[一二三四五六七八九十]要|每月|每季度|每年|每周|打卡|各(?=新建|改造|建成|建设|培训|新增)|按季|通过“[^”]{1,8}”|全[县区市州省旗镇乡村街]?[共现]?有|(?:年|月)底前?|年内|(?:(?:19|20)\d{2}|今|去|明|全|本)年(?:度|底|末)?(?:前)?|(?:19|20)\d{2}-(?:19|20)?\d{2,4}年?|\d{1,2}(?:(?:-|至|到|~)\d{1,2})?月(?:份|底|末|初)?前?|\d{1,2}日前?|提供(?=[一-龥]{2}$)|\d+(?:-\d+)?周?岁(?:及?以[上下])?(?=每))+/;
/** Verbs of doing: taken off when a whole noun remains behind them. */
const VERB =
  /^(?:[做抓](?:好|实|优)|完成了?|新(?:建成?|增加?|办|设|改扩建|开业|成立|添|发展|认定|登记|培育)|(?:新)?\([^()]{1,6}\)建|建成|建设了?|建立了?|改建|扩建|改扩建|改造(?!后)|提质改造|打造|创建|培育|评选|评定|支持|开展了?|组织|举办了?|召开|设置了?|设立|配备|配置|发放了?|发展|撬动|投入|安排|下拨|拨付|筹集|募集|争取到?|引进|实施|进行|选取|选择并?|培训|服务|走访|慰问(?!金|品|物|资金|款)|救助|帮扶|检查|排查|查处|整治|新(?!生|婚|冠|能源|材料|农|型|区|城|时代|兴|业态|媒体|市民|就业)|推动|推进|加快|加速|指导|淘汰|提高|提升|落实|保障|惠及|覆盖|有|优化|调整|制定|出台|印发|修订|受理|办理|申报|上报|提供|接待|资助|奖励|补助|登记|核查|化解|整改|减免|硬化|修复|招引|销售|取缔|注销|关停|清理|考察|启动|抽查|挖掘|梳理|落地|聘请|招聘|聘用|招募|认定|纳入|新纳入)/;
const TRAIL =
  /(?:,|在(?:原有?|现有|此|上年)的?基础上|确定|折合(?:人民币|资金)?|折款|(?:上年|去年)的?(?=$)|[降升增减]到|[降升增减]至|:|￥|¥|仅|最[长高低多少]|达到|[多高]?达|为|是|共计|合计|共|约需?|需要?|[尚仍还][有需]|有|至少|不少于|不低于|至|提高了?到?|提升了?到?|增长了?到?|增加了?到?|下降了?到?|上升了?到?|上调到?|调整到?|分别|平均|(?<![人户])均|力争|都|已|完成了?|全部|各|(?<!总)投入|发放了?|突破|超|近|从|由|按?每[人生户名床](?:每?[月年])?|每[月年]|[月年]人均|比例达|再|全年|累计|并|按|以|新增|新建|建成|接待(?=用餐)|总数|控制在|不超过|保持在|稳定在|统一|逐步|的|(?<![空协强烹色基单低])调|(?:近|过去)?[一二三四五六七八九十]年(?=累计|共|合计)|实际|年均|年内|连续|基本|每(?:[周日天]|季度|半年|学期)|(?<=[程目局府])计划|同比|比上年|较上年|比去年)+$/;
export const TAIL = /(?:(?<=指标|任务|项目)中|全覆盖|建设步伐|步伐|任务|等工作|工作目标|以上|左右|的)+$/;

const NOT_NOUN = /^(?:率|额|数|金|度|量|员|费|点|人$|站|面|群|次)/;

/** 救助队开展街面巡查, 各地累计举办集体婚礼: who does it, when what is done is a whole phrase. */
const ACTOR =
  /^(?:各地|各级[^,。的]{0,6}?|[^,。、的“”]{2,12}?(?:[局队办]|组织|机构|部门|单位|中心|[站所]|志愿者|社工|委员会))(?:累计|共|先后|积极|共同|联合)?(?=(?:举办|开展|组织|召开|制作|发放|完成|救助|走访|排查|检查)了?[一-龥“]{3,})|^[一-龥]{1,6}(?:局|办|乡镇|街道|部门)(?:每(?:季度|半年|[月年周]))(?=[抽检核巡复]查)|^通过[^,]{2,10}(?:发出|发现|推送|识别|查出)(?=[一-龥]{2})|^.*满[一-龥\d]{1,2}年[且并](?=[一-龥]{2})/;

/** Off with what leads to the noun; verbs only while a whole noun remains. */
export function noun(words: string): string {
  let rest = words;
  for (let round = 0; round < 4; round++) {
    const bare = rest.replace(LEAD, "").replace(ACTOR, "");
    const next = bare.replace(VERB, "").replace(/^(?:了|的|全[县区市](?=.{4}))/, "");
    const whole = next !== bare && (next.length >= 3 || next === "") && !NOT_NOUN.test(next);
    if (!whole) return bare;
    rest = next;
  }
  return rest;
}

const TAIL_SEEN = 20;
/** Without the words that link to the figure. Only the end is looked at: from its start a clause would cost its square. */
export function plainTrail(words: string): string {
  let rest = words;
  for (;;) {
    const tail = rest.slice(-TAIL_SEEN);
    const cut = tail.replace(TRAIL, "").length;
    if (cut === tail.length) return rest;
    rest = rest.slice(0, rest.length - (tail.length - cut));
    if (cut > 0) return rest;
  }
}

export const DEED_WORD =
  /(?:新建|改建|扩建|改扩建|改造|新增|注销|撤销|取消|停发|停保|退出|清退|减员|调出|调入|调进|完成|已完成|建成|完成建设|在建|修复|维修|续建|评选|创建)$/;
export const DEED = new RegExp(`^${DEED_WORD.source}`);

/** The phrase before the figure, without the verbs that lead to it. */
export function before(text: string, to: number): string {
  return phrase(left(text, to));
}

export function phrase(words: string, depth = 0): string {
  let cut = plainTrail(words);
  // Earlier figures of the same clause: keep what stands behind the last of them.
  const last = lastFigure(cut);
  if (last) {
    const rest = cut
      .slice(last.index + last[0].length)
      .replace(/^(?:[/·][人户床月年天日次具张]){1,3}/, "")
      .replace(/^(?:以[上下内])?(?:、|和|及|与|的|以及|,)+|^中$|^以[上下内](?=.)/, "")
      // 6所公办幼儿园、新增学位1980个: a verb opens what is this one's.
      .replace(OPENED, "");
    // 8346户14592人: both count the same.
    // 新建2所、改建3所: only a verb of its own, the noun is that of the one before.
    if ((rest === "" || DEED.test(rest)) && depth < 4) {
      const noun = phrase(cut.slice(0, last.index), depth + 1);
      if (rest === "" || noun.length >= 2) return noun;
    }
    // 21个乡镇仅有民政专干43人: who has them is not what they are.
    cut = rest.replace(/^.{1,8}?(?:仅有|共有|设有|配有|建有|拥有)(?=.{2})/, "");
  }
  const found = plainTrail(noun(cut.replace(HOLDER, "").replace(KEPT, ""))).replace(
    /^(?:\((?:新|改|扩|迁|续)建\)|[,、)”])+/,
    "",
  );
  // 甲院、乙院等产业用地: some of them by name, then what they are.
  const kind = found.includes("、")
    ? /^.*、.*等(?=((?!工作|方面|活动|项目|内容|问题)[一-龥]{3,})$)/.exec(found)?.[1]
    : undefined;
  if (kind) return kind;
  // 月人均补差水平农村达到…: where stands behind.
  return found.replace(/^(.{2,}(?:标准|水平|率|额|人数))(城市|城镇|农村)$/, "$2$1");
}

/** 目前社区共有, 全镇现有: where they are, not what they are. */
const HOLDER =
  /^(?:截?至[^,]{0,6}?[底末日])?(?:目前|现在?)?(?:我|全|本|该)?[一-龥]{0,3}(?:[县区市乡镇村]|社区|街道|辖区)(?:目前|现|已|累计)*共?(?:现?有|设有|建有|申报)(?=[一-龥“]{2})|^[一-龥]{2,6}期间(?:累计)?共?有?(?=[一-龥]{2})/;
/** 县物资库储备棉被: who keeps it; 棉被三千床、帐篷: what was counted before it, in words. */
const KEPT =
  /^[^、,]{2,12}?(?:储备|存有|备有)(?!点|库|中心|物资|金|粮|率|量|标准)(?=[一-龥]{2})(?:[^、]+[一二三四五六七八九十百千万两]+[床顶件套双箱袋台辆吨斤份]、)*|^(?:[^、]+[一二三四五六七八九十百千万两]+[床顶件套双箱袋台辆吨斤份]、)+(?=[一-龥]{2})/;
const OPENED =
  /^.*[、和及](?=(?:新增|新建|改建|扩建|改造|建设|建成|打造|创建|培育|完成|开展|举办|安装|更换|购置|配备)[^、]{2,}$)/;
const PARTED = /[两三四五六]?[个]?[档类级等]+(?:次|别)?(?:每[人月年]*)?(?:分别|各)?$/;
const PARTED_BY = /(?<=、[^、]{1,8})[两三四五六](?=[档类级])/;
const SHORT = 6;
/** 城市、农村低保标准 for the first of two → 城市低保标准; 城乡… → 城市…, 农村…. */
export function share(subject: string, index: number, of: number): string {
  if (of === 2 && /^(?:全[县市区])?城乡/.test(subject))
    return subject.replace("城乡", index === 0 ? "城市" : "农村");
  // 护理费按自理、半护理、全护理三档: what is parted, and then its parts; A、B、C三类补差: three says how many.
  const parted = /^(.{2,})按照?([^按]*、.*)$/.exec(subject);
  if (parted?.[1] && parted[2]) return `${share(parted[2].replace(PARTED, ""), index, of)}${parted[1]}`;
  if (PARTED_BY.test(subject)) return share(subject.replace(PARTED_BY, ""), index, of);
  const split = [/、/, /、|和|与|及/].map((by) => subject.split(by).filter(Boolean));
  const parts = split.find((p) => p.length === of);
  // 一、二类低保人员: one kind of people, no list.
  if (!parts || /^[一二三四五六七八九]$/.test((parts[0] as string).slice(-1))) return subject;
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
