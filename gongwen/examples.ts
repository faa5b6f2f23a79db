/**
 * Invented sentences in the manners of many counties, with what must come out. None is taken from a real document.
 * Each figure: value, unit, comparator, kind, words that the object must hold; then what else must be so.
 */
export interface Expected {
  readonly v: number;
  readonly u: string;
  readonly c?: ">=" | "<=" | ">" | "<";
  readonly k: "target" | "result" | "standard" | "other";
  readonly o?: string;
  readonly from?: number;
  readonly max?: number;
  readonly p?: string;
  readonly q?: string;
  readonly approx?: true;
}
export interface Example {
  readonly in: "plan" | "review";
  readonly text: string;
  readonly out: readonly Expected[];
}

const plan = (text: string, ...out: Expected[]): Example => ({ in: "plan", text, out });
const review = (text: string, ...out: Expected[]): Example => ({ in: "review", text, out });

export const EXAMPLES: readonly Example[] = [
  // 单位与量词
  plan(
    "新建农村互助养老点18个、城市日间照料中心3家。",
    { v: 18, u: "个", k: "target", o: "农村互助养老点", q: "18个" },
    { v: 3, u: "家", k: "target", o: "城市日间照料中心" },
  ),
  plan(
    "年内完成620户困难老年人家庭适老化改造，确保满意率不低于98％。",
    { v: 620, u: "户", k: "target", o: "适老化改造", q: "620户" },
    { v: 98, u: "%", c: ">=", k: "target", o: "满意率", q: "不低于98％" },
  ),
  plan("全县养老机构护理型床位占比达到62%以上。", {
    v: 62,
    u: "%",
    c: ">=",
    k: "target",
    o: "护理型床位占比",
    q: "达到62%以上",
  }),
  plan(
    "开展养老护理员培训 300 人次，培训合格率 95 %。",
    { v: 300, u: "人次", k: "target", o: "培训" },
    { v: 95, u: "%", k: "target", o: "合格率" },
  ),
  plan(
    "筹集慈善款物３２０万元以上，实施助学项目５个。",
    { v: 320, u: "万元", c: ">=", k: "target", o: "慈善款物", q: "３２０万元以上" },
    { v: 5, u: "个", k: "target", o: "助学项目" },
  ),
  plan("力争全年福利彩票销量突破1.2亿元。", {
    v: 1.2,
    u: "亿元",
    c: ">",
    k: "target",
    o: "福利彩票销量",
    q: "突破1.2亿元",
  }),
  plan("将办理时限压缩至8个工作日以内。", { v: 8, u: "个工作日", c: "<=", k: "standard" }),
  plan("每个乡镇至少配备2名儿童督导员。", {
    v: 2,
    u: "名",
    c: ">=",
    k: "target",
    o: "儿童督导员",
    q: "至少配备2名".slice(-2),
  }),
  plan("培育社区社会组织30至40个。", {
    v: 30,
    u: "个",
    c: ">=",
    max: 40,
    k: "target",
    o: "社区社会组织",
    q: "30至40个",
  }),
  plan("选取2～3个村开展试点。", { v: 2, u: "个", c: ">=", max: 3, k: "target", o: "村" }),
  plan("新增助餐点10-15处。", { v: 10, u: "处", c: ">=", max: 15, k: "target", o: "助餐点" }),
  plan("对全县近400座散坟进行摸排。", { v: 400, u: "座", c: "<", k: "target", o: "散坟", q: "近400座" }),
  plan("到2026年，社会救助信息化覆盖率达到百分之九十五。", {
    v: 95,
    u: "%",
    k: "target",
    o: "覆盖率",
    p: "2026",
  }),
  plan("建成标准化婚姻登记处一个，改造四所敬老院。", { v: 4, u: "所", k: "target", o: "敬老院", q: "四所" }),
  plan("组织二十三名社工参加培训。", { v: 23, u: "名", k: "target", o: "社工" }),
  // 标准与前后值
  plan(
    "城市低保标准由每人每月680元提高到720元，农村低保标准由每人每年5600元提高到6000元。",
    { v: 720, u: "元/月", from: 680, k: "standard", o: "城市低保标准" },
    { v: 6000, u: "元/年", from: 5600, k: "standard", o: "农村低保标准" },
  ),
  plan(
    "城市、农村低保平均保障标准分别达到820元/人·月和640元/人·月。",
    { v: 820, u: "元/月", k: "standard", o: "城市低保平均保障标准" },
    { v: 640, u: "元/月", k: "standard", o: "农村低保平均保障标准" },
  ),
  review(
    "城乡低保标准分别由710元/月、5500元/年提高到760元/月、6200元/年。",
    { v: 760, u: "元/月", from: 710, k: "standard", o: "城市低保标准" },
    { v: 6200, u: "元/年", from: 5500, k: "standard", o: "农村低保标准" },
  ),
  review(
    "集中供养和社会散居孤儿基本生活费分别从每人每月1500元、1100元提高到1650元、1250元。",
    { v: 1650, u: "元/月", from: 1500, k: "standard", o: "孤儿" },
    { v: 1250, u: "元/月", from: 1100, k: "standard" },
  ),
  review(
    "城市低保标准提高到每人每月850元，比上年的800元提高了50元。",
    { v: 850, u: "元/月", from: 800, k: "standard" },
    { v: 50, u: "元", k: "standard" },
  ),
  plan(
    "对80周岁以上老年人按每人每月60元发放高龄津贴。",
    { v: 80, u: "周岁", c: ">=", k: "standard" },
    { v: 60, u: "元/月", k: "standard" },
  ),
  plan("经营性公墓墓穴价格控制在3万元以内。", { v: 3, u: "万元", c: "<=", k: "standard", o: "墓穴价格" }),
  plan("特困人员基本生活标准不低于当地低保标准的1.3倍。", { v: 1.3, u: "倍", c: ">=", k: "standard" }),
  review("月人均补差412元。", { v: 412, u: "元/月", k: "standard" }),
  // 回顾
  review(
    "截至12月底，全县共有城乡低保对象8346户14592人，累计发放低保金7213.6万元。",
    { v: 8346, u: "户", k: "result", o: "低保对象", p: "2023-12" },
    { v: 14592, u: "人", k: "result", o: "低保对象" },
    { v: 7213.6, u: "万元", k: "result", o: "低保金" },
  ),
  review(
    "实施临时救助1.2万人次，支出资金860余万元。",
    { v: 1.2, u: "万人次", k: "result", o: "临时救助" },
    { v: 860, u: "万元", c: ">", k: "result", o: "资金", q: "860余万元" },
  ),
  review(
    "办理结婚登记2,318对，离婚登记947对，合格率100%。",
    { v: 2318, u: "对", k: "result", o: "结婚登记", q: "2,318对" },
    { v: 947, u: "对", k: "result", o: "离婚登记" },
    { v: 100, u: "%", k: "result", o: "合格率" },
  ),
  review("惠及3.5万困难残疾人，为历年最多。", { v: 3.5, u: "万人", k: "result", o: "困难残疾人" }),
  review(
    "争取上级资金约2400万元，同比增长12.5%。",
    { v: 2400, u: "万元", k: "result", approx: true, q: "约2400万元" },
    { v: 12.5, u: "%", k: "result" },
  ),
  review(
    "2022年1-9月救助流浪乞讨人员86人次，其中站外救助17人次。",
    { v: 86, u: "人次", k: "result", p: "2022-01/2022-09" },
    { v: 17, u: "人次", k: "result", o: "站外救助" },
  ),
  review(
    "第三季度新登记社会组织十二家，注销五家。",
    { v: 12, u: "家", k: "result", o: "社会组织", p: "2023-Q3" },
    { v: 5, u: "家", k: "result" },
  ),
  review("共走访慰问老党员、困难群众1 260户。", { v: 1260, u: "户", k: "result" }),
  review(
    "发放价格临时补贴三百二十万元，受益群众二万三千人。",
    { v: 320, u: "万元", k: "result" },
    { v: 23000, u: "人", k: "result" },
  ),
  review(
    "排查安全隐患136处，完成整改136处，整改率达100%。",
    { v: 136, u: "处", k: "result", o: "安全隐患" },
    { v: 136, u: "处", k: "result" },
    { v: 100, u: "%", k: "result", o: "整改率" },
  ),
  review("投资3亿2000万元的康养中心主体完工。", { v: 3.2, u: "亿元", k: "result" }),
  review(
    "全县60岁以上老年人口达9.8万人，占总人口的21.3%。",
    { v: 60, u: "岁", c: ">=", k: "standard" },
    { v: 9.8, u: "万人", k: "result", o: "老年人口" },
    { v: 21.3, u: "%", k: "result" },
  ),
  review("县养老服务指导中心正在施工，9月底前可建成床位120张。", {
    v: 120,
    u: "张",
    k: "target",
    o: "床位",
    p: "2023-09",
  }),
  // 断行
  plan(
    "建设社区食堂1\n2家，新增家庭养老床\n位200\n张，实现街道全覆盖。",
    { v: 12, u: "家", k: "target", q: "1\n2家" },
    { v: 200, u: "张", k: "target" },
  ),
  // 缺单位
  plan(
    "新建 4 老年助餐点，低保对象人数稳定在 5200。",
    { v: 4, u: "个", k: "target" },
    { v: 5200, u: "人", k: "target" },
  ),
  // 不是数量
  plan("深入学习贯彻党的二十大精神，增强“四个意识”，落实“三会一课”，拨打12345热线。"),
  plan("根据民发〔2023〕15号文件，联系电话0731-88886666，手机13800001111，办公地址人民路108号3楼302室。"),
  plan("建设15分钟养老服务圈，落实24小时值班制度，创建3A级婚姻登记机关，推行“1+6+N”模式。"),
  plan("实施三年行动，抓好六项重点工作，健全三大体系，落实两项补贴，突出五个方面。"),
  plan("迎接第七次全国人口普查，做好12月4日国家宪法日宣传，2024年6月15日前上报。"),
  plan("压实县、乡、村三级责任，开展“3·15”“6.19”宣传，推广5G应用。"),
  plan("落实中央八项规定，加强一老一小服务，办好一批实事，组建一支队伍。"),
  plan("支持4A级以上社会组织12家承接政府购买服务。", { v: 12, u: "家", k: "target" }),
  plan("不少于全区特困老人的10%纳入探访。", { v: 10, u: "%", c: ">=", k: "target" }),
  plan(
    "每季度开展联合检查不少于1次，全年培训4期200人。",
    { v: 1, u: "次", c: ">=", k: "target" },
    { v: 4, u: "期", k: "target" },
    { v: 200, u: "人", k: "target" },
  ),
  plan(
    "低保、特困、孤儿复核率分别达到95%、98%、100%。",
    { v: 95, u: "%", k: "target", o: "低保" },
    { v: 98, u: "%", k: "target", o: "特困" },
    { v: 100, u: "%", k: "target", o: "孤儿复核率" },
  ),
  plan("将老年助餐服务点由26个增加到40个。", {
    v: 40,
    u: "个",
    from: 26,
    k: "target",
    o: "老年助餐服务点",
    q: "由26个增加到40个",
  }),
  plan("村级养老设施覆盖率从2023年的45%提升至60%。", {
    v: 60,
    u: "%",
    from: 45,
    k: "target",
    o: "村级养老设施覆盖率",
  }),
  plan("全市下辖14个乡镇、2个街道。", { v: 14, u: "个", k: "other" }, { v: 2, u: "个", k: "other" }),
  review(
    "总投资500多万，受益2000余人，办件1345件。",
    { v: 500, u: "万元", c: ">", k: "result" },
    { v: 2000, u: "人", c: ">", k: "result" },
    { v: 1345, u: "件", k: "result" },
  ),
  plan(
    "补助标准：一级500元/床·年，二级300元/床·年。",
    { v: 500, u: "元/年", k: "standard" },
    { v: 300, u: "元/年", k: "standard" },
  ),
  plan(
    "谋划三个项目，慰问两位领导，经过两年建设，推进两个重要窗口建设，提供四项基本服务。",
    { v: 3, u: "个", k: "target" },
    { v: 2, u: "位", k: "target" },
    { v: 2, u: "年", k: "other" },
  ),
  plan("共XX人，20xx9人，×户，召开第75次会议。"),
];
