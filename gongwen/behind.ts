import { FIGURE, right } from "./clauses.ts";
import { TAIL } from "./nouns.ts";

/** 全县36家养老机构: where it is, not what it is. */
export const EVERYWHERE = /^(?:[我全本]|(?!示范|试点|中心|重点|幸福)[一-龥]{2,3})[县区市州省镇乡旗局]$/;
/** Two characters that say nothing without the noun before them. */
export const GENERIC =
  /^(?:占地|[省市县区]级|国家级|连续|运行|历时|为期|提前|金额|资金|其中|面积|总数|人数|户数|数量|占比|占|单笔|整合|涉及|联合|协调|合格|投资|建成|覆盖|达到|扩建|改建|新建|注销|支出|收入|经费|比例|合计|总计|累计|本级|完成|增加|减少|新增|取消|调进|调出|退出|清退|停发|造成|筹资|其余|剩余|救助|惠及|受益|下降|上升|增长)$/;
/** 补贴对全镇1146名残疾人…: whom it is done to stands behind. */
const TO_WHOM = /(?:对|为|向|给|将|把)(?:[我全本][县区市州省镇乡旗村])?$/;
/** …人员和174名…: the next of a list. */
const NEXT_IN_LIST = new RegExp(`(?<=.{2})(?:、|和|及|与|以及)(?:新建|新增)?${FIGURE.source}`);

const ACTS =
  /^(?:[^\d,。;、“(]{0,10}?(?:支部|单位|机构|组织|社区|乡镇|街道|部门)|[^\d,。;、“(]{1,10}?[人员者童户民众])(?=(?:开展|举办|召开|组织|发放|提供|办理|实施|缴纳|安装|配备|落实)(?!.{0,6}的))/;
const DIVISION =
  /^((?:乡镇|镇街|街道|行政村|社区|[乡镇村])(?:\([^()]*\))?)(?=[一-龥]{2,8}(?:仅|只|共)(?:有|配备)?\d)/;
const DONE_OR_PAID = /\d[余多]?[万亿]?[余多]?(?:元|人次|[次场期])/;
/** The noun phrase that a classifier counts; "" when none follows. */
export function after(text: string, to: number, front: string): string {
  // 1200平方米的社区: one 的 is spent, a second one is not looked for.
  const led = text[to] === "的";
  let words = right(text, to)
    .replace(/^(?:的|多|余)/, "")
    .replace(/的基础上.*$/, "")
    .replace(
      /(?<=.{2})(?:年内|(?:为期|历时|(?:概算)?(?:总|年度)?投资|占地|总?建筑面积)(?=[约近达]?\d)|[能应][一-龥]尽[一-龥]|可(?=实现|完成|建成|享受)|现?[已己]|陆续|(?<![人年月户平日])均|全部|分别|足额|按时|按月|正在|现在|目前|得到|受益|按计划|选址|实施了|进行了|进行(?=[一-龥、]{2,20}$)|逐[一个户家]|开展了|以不同|通过|投入使用|投入运营|进度|于(?=\d)|纳入|获评|被评为|(?:成立|建立|设立|购置|取得)了|遭受|遭遇|被(?=表彰|授予|命名)|享受(?!.{1,8}(?:人|者|的|对象))|中(?=[不未]))(?!.{0,3}的).*$/,
      "",
    );
  // 6.13万人(其中…): a bracket says more about the figure, it is not what is counted.
  if (words.startsWith("(")) return "";
  if (/^[一二三四五六七八九十]是/.test(words)) return "";
  if (/^(?:以上|以下|以内|左右|上下|中$|中,|和|及|、|与|元|的?[,。;]|,)/.test(words)) return "";
  // 20件重点民生实事是…的庄严承诺: what it is said to be is not what it is called.
  words = words.replace(/^([^的,、是]{2,14})是(?!否|非|的).*$/, "$1");
  // 养老床位、新建…中心70个: a verb opens the next thing.
  words = words.replace(
    /(?<=.{2})[、和及](?:新建|建设|改建|扩建|改造|打造|创建|培育|完成|开展|举办|新增|建成|推进|实施).*$/,
    "",
  );
  // 5个支部开展活动73次, 9万重度残疾人发放补贴…: who does it or gets it is counted, the deed is the next figure's.
  const actor = ACTS.exec(words);
  if (actor && DONE_OR_PAID.test(words)) return actor[0].replace(TAIL, "");
  // 14个乡镇民政专干仅19人: the townships, and then who is in them.
  const division = DIVISION.exec(words)?.[1];
  if (division) return division;
  // 21个部门为成员的领导小组: the members are counted.
  const members = /^(?:部门|(?:成员)?单位|科室)(?=为成员)/.exec(words);
  if (members) return members[0];
  const listed = NEXT_IN_LIST.exec(words);
  if (listed) words = words.slice(0, listed.index);
  const of = led ? -1 : words.lastIndexOf("的");
  const figure = FIGURE.exec(words);
  const figureAt = figure?.index ?? -1;
  if (figureAt === 0) return "";
  const own = figure ? words.slice(figureAt + figure[0].length) : "";
  // 31个团队124名人员…的培训 and not 3家床位50张以上的机构: the next figure counts a thing of its own.
  const next = /^[一-龥]{2}/.test(own) && !/^(?:以上|以下|以内|左右|及以上)/.test(own);
  if (figureAt > 0 && (of < 0 || of < figureAt || next)) {
    // “…示范点和4个…”: the next figure opens its own phrase; “面积800平方米以上的…” is still this one.
    words = words
      .slice(0, figureAt)
      .replace(
        /(?:、|和|及|与|以及|达到?|新增|新建|改建|扩建|改造|建设|建成|共|完成|仅?有|各?配备|各|每|对|为|给|将|开展|进行|组织|举办|实施)+$/,
        "",
      );
    // 省重点实事和全市承诺办好的10件…: what ends in 的 describes the next.
    if (words.endsWith("的")) words = words.replace(/(?<=.{2})(?:、|和|及|与|以及).*$/, "");
    words = words.replace(/(?<=.{2})(?:仅有|共有|设有|配有|建有|拥有).*$/, "");
    // 享受人员950户 拨款金额9万元: what stands before the next figure is that one's.
    if (front.length >= 2 && !GENERIC.test(front) && !EVERYWHERE.test(front) && !TO_WHOM.test(front))
      return "";
  } else if (of > 0 && of < words.length - 2) words = words.slice(of + 1);
  return words
    .replace(/\([^()]*\)$/, "")
    .replace(TAIL, "")
    .trim();
}

export const VERB_ONLY =
  /^(?:以上|左右|提标|提质|扩面|未(?:完成|落实|达|开工|整改|办结|到位|通过|启动)|用于|由(?=每|原|$|.{2,10}(?:审批|办理|承担|负责|解决|统筹|支付|列支))|开展|进行|正在|已|再|预计|每[月年人天季次]|全部|完成|均|投入|正式|被|将|到|在(?![院册校职岗读园线家外村编住])|为(?!老|民)|是|达|等|可|能|其中|比|较|同比|增|减|覆盖率|任务)/;
