import type { Token } from "./tokens.ts";

/** Classifiers that may follow a Chinese numeral without making an enumeration of it. */
const COUNTED =
  /^(?:家|所|名|位|户|座|张|间|栋|幢|处|场|辆|台|套|起|例|亩|人|次|遍|顶|床|袋|桶|瓶|盒|块|轮(?!驱动)|份|批次|人次|户次|元|平方米|公里|个月|件|部|箱|对|周岁|岁|%|倍|天|小时|个工作日|个百分点|百分点|吨|成)$/;
const ABSTRACT =
  /^(?:大|特点|方面|维护|意识|自信|确立|体系|阶段|层面|重点|关键|环节|窗口|高地|原则|坚持|维度|领域|问题|要素|任务|工程|行动|机制|系统|板块|文明|转变|结合|统一|导向|目标|定位|优势|注重|突出|强化|提升|聚焦|到位|不|必须|务必|严禁|更|统筹|抓手|着力|支撑|平衡|清单|一|带头|作用|能力|覆盖|规范|标准|清|字|加强|落实|确保|延伸|融合|互|代表|务实|倡|关系|市|省(?![部厅级])|循环|同步|率先|新|环境|格局|牢固|区分|责任|故事|专项|专班|部委|课堂|全面|代|孩|级|类型|维|时期|百年|群体|角度|途径|渠道|模式|理念|思维|重要|主要|基本|中心环节)/;
const CONCRETE_NOUN =
  /(?:点|站|中心|项目|村|社区|镇|乡|街道|机构|组织|院|所|馆|家|人|员|堂|基地|设施|公墓|床位|单位|企业|学校|月|组|支部|试点|床|小区|县|区|部门|团队|协会|基金|家庭|超市|窗口|网点|队|仓库|亭|园|品牌|案例|文件|制度)/;

/** Chinese numerals count only concrete things: 两个示范点 does, 三个方面 and 五年规划 do not. */
export function chineseCounts(
  token: Pick<Token, "unit" | "multiplier">,
  value: string,
  noun: string,
  before: string,
): boolean {
  const unit = token.unit;
  if (token.multiplier || Number(value) >= 20) return unit !== "年" && unit !== "日";
  if (unit === "年")
    return /^(?:建设|时间|内|期)/.test(noun) || /(?:用|经过|历时|为期|连续|满)$/.test(before);
  if (/^(?:化|制|型|式|办|联|合一|行动|计划|规划)/.test(noun)) return false;
  if (unit === "个") return !ABSTRACT.test(noun) && CONCRETE_NOUN.test(noun);
  if (!COUNTED.test(unit)) return false;
  if (unit === "人" || unit === "户" || unit === "家") return !/^(?:行|成|联|小组|一|谈)/.test(noun);
  if (unit === "部" || unit === "对" || unit === "件" || unit === "次")
    return (
      !ABSTRACT.test(noun) &&
      !/^(?:民生)?[实大好小]?事(?!务|件|故|项)/.test(noun) &&
      !/^(?:分配|创业|元)/.test(noun)
    );
  return !ABSTRACT.test(noun);
}
