import type { Time } from "./times.ts";

/** Numbers of items; so many that they are not reported. */
export const LIST_NUMBER = "列项序号";

/** Places where numerals are names, not quantities; the reason is told to the person who checks. */
export class Shields {
  readonly #why = [
    "",
    "日期或时间",
    "引号中的名称",
    "书名号中的名称",
    "编号",
    "电话、网址",
    "固定说法",
    LIST_NUMBER,
  ];
  readonly #mask: Uint8Array;

  constructor(length: number) {
    this.#mask = new Uint8Array(length);
  }
  add(from: number, to: number, why: number): void {
    for (let i = from; i < to; i++) if (this.#mask[i] === 0) this.#mask[i] = why;
  }
  /** Why the character may not open a quantity; "" when it may. */
  at(i: number): string {
    return this.#why[this.#mask[i] ?? 0] ?? "";
  }
}

const DATE = 1;
const QUOTED = 2;
const BOOK = 3;
const NUMBER = 4;
const PHONE = 5;
const PHRASE = 6;

/** Longer than this a quotation is speech, and its figures are claims. */
const NAME_LENGTH = 26;

/** “新增180张床位”和“改造3012户”两项任务: what is to be done, quoted as it was promised; “新建100所”工程 is a name. */
const DEED =
  /^(?:新增|新建|建成|建设|完成|改造|改建|培训|救助|开展)[^\d“”]{0,8}\d+(?:\.\d+)?[万亿]?(?:人次|[张户家个所人名处场件条座间套对])[一-龥]{2,}/;
const NAME_BEHIND = /^(?:专项|三年)?(?:工程|行动|计划|活动|品牌|模式)/;

const NUMBERS = [
  // 民发〔2023〕12号, 附件3, 表2, 第12期, No.5
  /\[(?:19|20)\d{2}\]第?\d{1,5}号?/g,
  /(?:附件|附表|(?<![一-龥])(?:表|图|注|式)|[见如][表图]|编号|索引号|文号|邮编|邮政编码|证号|代码|[Nn][Oo]\.?|ISBN|CN)[:.]?[A-Za-z]{0,4}\d[\d\-/]*/g,
  /第(?:\d+(?:[、\-至到]\d+)*|[一二三四五六七八九十百零〇两]+(?:[、\-至到]第?[一二三四五六七八九十百]+)*)/g,
  /(?<=^|[\n:])\d{1,2}\.(?=(?:19|20)\d{2}年)/g,
  /(?<!\d)\d+号(?!召|称)/g,
  /(?<![A-Za-z0-9])[A-Za-z]+[-.]?\d+(?:\.\d+)*[A-Za-z0-9]*/g,
  /(?<![\d.])\d+(?:\.\d+)?[A-Za-z]+(?:级)?(?!²)/g,
  /(?<![\d.])\d+(?:\.\d+)*(?:版|楼|室|路(?!口)|国道|省道|单元|师|局)(?![一-龥]{0,3}建设)/g,
  /(?<=[路号区苑园院里])\d+栋|\d+栋(?=\d|[单楼室])/g,
  /(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9.-]+|https?:[!-~]+|www\.[!-~]+/g,
  /(?<!\d)\d+(?:[+＋]\d+|[+＋][NnXx])+|[NnXx]\+\d+/g,
  /(?<![\d.])\d+(?:\.\d+)?[×*xX]\d+|(?<!\d)\d+[xX×*]+\d*|(?<![xX×*])[xX×*]+\d+/g,
  /\d{1,3}(?:\.\d{1,3}){2,}/g,
  /(?<!\d)\d+[:/]\d+(?![\d人])/g,
  /(?<!\d)\d+[./·]\d+(?=[一-龥“]{0,6}(?:日|节|活动|大调研|讲话|案|事件|事故))/g,
];
const PHONES = [
  /(?<!\d)1[3-9]\d[-]?\d{4}[-]?\d{4}(?!\d)/g,
  /(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3}[-~]?)\d{7,8}(?!\d)/g,
  /(?<!\d)[48]00-?\d{3}-?\d{4}(?!\d)/g,
  /(?<!\d)\d{3,6}(?=(?:政务|市民|殡葬|养老|社会救助|便民|服务|救助|惠民|公益|法律援助|未成年人保护){0,3}(?:热线|专线|平台|电话|服务热线))/g,
  /(?:电话|热线|邮箱|QQ|微信|传真|专线)[:号]?[\d\-()转、]+/g,
  /(?<!\d)\d{17}[\dXx](?![\dA-Za-z])/g,
];
const PHRASES = [
  // 民政部等16个部门《关于…的意见》: who signed what is cited.
  /(?<=[部局委会厅办]等)\d{1,2}个?(?:部门|部委|单位)(?=(?:联合)?(?:印发|制定|出台|下发)?的?《)/g,
  /\([一-龥]{0,4}\d+篇\)/g,
  /(?<=会)\(第?\d+次\)/g,
  /(?:\d{1,3}(?:-\d{1,3})?|[一二三五十两]{1,3})(?:分钟|公里|小时)(?=[一-龥()“”、]{0,14}圈|充分就业|生活圈)/g,
  /(?<!\d|超过?|[多少低高]于|[缩降][短减到至低]{0,2}|控制在|提速[到至])24小时(?!以?内|之内)/g,
  /(?:\d{1,2}[×x*])?\d{1,2}小时(?=(?:不间断|全天候|不打烊|在线|热线|值班|值守|值勤|巡|服务|响应|监控|专人|轮班|开放|自助|照护|照料|预约|畅通|接听|受理|救助|保障|备勤|应急))/g,
  /[一二三四五六七八九十]{1,3}次(?=全会|会议|全体会|党代会|代表大会|常委会|党员大会)|\d{1,3}周年|[二三]次(?=供水|产业|分配|创业|开发|利用|污染|装修|元|能源|报销|复核|核查)|(?:位列|位居|列|排名|名列|排在)(?:全[国省市县区州])?第?\d+位|千家万户|百家争鸣|千方百计|万无一失|千头万绪|百姓|万众|千百|百日|万人|十佳|十全|三五[个年]|[一二三四五六七八九十]{1,2}级(?:联|管|网|体系|服务|养老)/g,
  /(?:VIP|会员|积分|下载|阅读|浏览|点击|访问|收藏|字数|字号)(?:次数|量|数|价格?|价)?[::]?\d+(?:\.\d+)?(?:次|元|分|页|字|K|KB|MB)?/g,
  /(?<![\d.])\d+(?:\.\d+)?(?:元|积分|下载券|页|KB|MB)(?=下载|阅读|开通|购买|[一-龥]{0,2}(?:VIP|会员))/g,
];

export function shieldsOf(text: string, times: readonly Time[]): Shields {
  const shields = new Shields(text.length);
  for (const t of times) shields.add(t.from, t.to, DATE);
  for (const m of text.matchAll(/《[^《》\n]{1,90}》/g)) shields.add(m.index, m.index + m[0].length, BOOK);
  for (const m of text.matchAll(/[“‘]([^“”\n]{1,60}?)[”’]/g))
    if (
      (m[1] ?? "").length <= NAME_LENGTH &&
      !(
        DEED.test(m[1] ?? "") &&
        !NAME_BEHIND.test(text.slice(m.index + m[0].length, m.index + m[0].length + 4))
      )
    )
      shields.add(m.index, m.index + m[0].length, QUOTED);
  for (const [patterns, why] of [
    [PHONES, PHONE],
    [NUMBERS, NUMBER],
    [PHRASES, PHRASE],
  ] as const)
    for (const pattern of patterns)
      for (const m of text.matchAll(pattern)) shields.add(m.index, m.index + m[0].length, why);
  return shields;
}
