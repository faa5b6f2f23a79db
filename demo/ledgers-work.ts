/** Invented entries of the ledgers of communities, safety and the bureau's own work. */
import type { Ledgers } from "./ledgers.ts";

/** Of the townships of 岳阳县, invented. */
const POPULATION = [
  62_400, 41_300, 38_900, 35_200, 33_800, 31_500, 30_100, 28_700, 27_300, 26_000, 24_800, 23_100, 21_900,
  19_600, 17_200,
];

/** Feeds of the demo that were asked for and agreed: code, name, department, columns. */
const AGREED_FEEDS = [
  ["police-deaths", "死亡注销人员", "县公安局", "身份证号码、姓名、注销日期"],
  ["police-migration", "户籍迁移人员", "县公安局", "身份证号码、姓名、迁出日期、迁往地"],
  ["police-custody", "服刑和羁押人员", "县公安局、县司法局", "身份证号码、姓名、起止日期"],
  ["real-estate", "不动产登记", "县自然资源局", "身份证号码、姓名、坐落、面积"],
  ["market-entities", "市场主体登记", "县市场监督管理局", "身份证号码、姓名、名称、注册资本"],
  ["insurance-contributions", "社会保险缴费", "县人力资源和社会保障局", "身份证号码、姓名、缴费月份、基数"],
  ["pensions", "养老金发放", "县人力资源和社会保障局", "身份证号码、姓名、月发放额"],
  ["medical-costs", "医保大额自付", "县医疗保障局", "身份证号码、姓名、自付金额"],
  ["students", "在校学生", "县教育局", "身份证号码、姓名、学校、学段"],
  ["taxes", "纳税申报", "县税务局", "身份证号码、姓名、申报收入"],
  ["rural-monitoring", "防止返贫监测对象", "县农业农村局", "身份证号码、姓名、监测类型"],
] as const;

export const WORK: Ledgers = {
  "registered-population": (place) =>
    POPULATION.map((persons, town) => ({
      town,
      values: {
        ...{ name: `${place(town)}户籍人口（演示）`, level: "乡镇（街道）", asOn: "2025-12-31", persons },
        source: "演示数据，编造的数，不是统计公报",
      },
    })),
  "governance-pilot": (place) => [
    { town: 0, values: { name: "解放路社区", topic: "居民议事协商", state: "基本完成" } },
    { town: 1, values: { name: `${place(1)}老街社区`, topic: "物业联席", state: "建设中" } },
  ],
  "group-demonstration": (place) => [
    {
      town: 1,
      values: { name: `${place(1)}三组`, state: "已完成" },
      lines: [
        ["progress", 3, { step: "选定" }],
        ["progress", 1, { step: "完成" }],
      ],
    },
    {
      town: 2,
      values: { name: `${place(2)}七组`, state: "创建中" },
      lines: [["progress", 2, { step: "选定" }]],
    },
  ],
  "community-federation": (place) => [
    { town: 0, values: { name: `${place(0)}社区社会组织联合会`, state: "成立登记" } },
    { town: 1, values: { name: `${place(1)}社区社会组织联合会`, state: "预先核名" } },
  ],
  "service-site": (place) => [
    {
      town: 0,
      values: { name: "县社会福利中心", kind: "养老机构" },
      lines: [
        ["inspections", 2, { inspectors: "养老服务股", result: "合格" }],
        ["drills", 2, { people: 58, subject: "消防疏散" }],
        ["publicity", 1, { leaflets: 120, subject: "用电安全" }],
      ],
    },
    {
      town: 1,
      values: { name: `${place(1)}敬老院`, kind: "养老机构" },
      lines: [
        ["inspections", 2, { inspectors: "养老服务股", result: "限期整改", problems: "应急灯两处不亮" }],
        ["inspections", 1, { inspectors: "养老服务股", result: "合格" }],
      ],
    },
    {
      town: 0,
      values: { name: "县殡仪馆", kind: "殡葬服务机构" },
      lines: [["inspections", 1, { inspectors: "社会事务股", result: "合格" }]],
    },
    { town: 0, values: { name: "县救助管理站", kind: "救助管理站" } },
  ],
  "policy-document": (_, day) => [
    {
      town: -1,
      values: {
        ...{ name: "临时救助备用金管理办法（演示）", kind: "办法细则", work: "修订", owner: "社会救助股" },
        ...{ due: day(3, 20), stage: "已印发", issued: day(4, 18), document: "演民发〔1〕号" },
        ...{ validTo: day(-20, 17), review: "县司法局：同意印发。" },
        openness: "主动公开",
        reading: "遇到急难，乡镇当天可以先行救助。备用金怎样拨、怎样用、怎样公开，都写在这里。",
      },
    },
    {
      town: -1,
      values: {
        ...{ name: "老年助餐服务实施方案（演示）", kind: "实施方案", work: "制定", owner: "养老服务股" },
        ...{
          due: day(4, 28),
          stage: "已印发",
          issued: day(4, 9),
          document: "演民发〔2〕号",
          validTo: day(-2, 8),
        },
        openness: "主动公开",
        reading: "六十岁以上老人在助餐点吃饭，谁补、补多少、在哪里吃。",
      },
    },
    {
      town: -1,
      values: {
        ...{ name: "公益性公墓管理办法（演示）", kind: "规范性文件", work: "制定", owner: "社会事务股" },
        ...{ due: day(-1, 25), stage: "合法性审查", review: "已送县司法局，等待意见。" },
      },
    },
  ],
  "research-topic": (_, day) => [
    {
      town: -1,
      values: {
        ...{ name: "农村独居老人探访怎样不落一户", place: "两个乡镇、六个村", owner: "养老服务股" },
        ...{ due: day(3, 25), state: "已成文", finished: day(4, 22) },
        result: "访谈 64 户。建议把探访和助餐送餐合在一次上门，已写入年度计划。",
      },
    },
    {
      town: -1,
      values: { name: "低保家庭就业意愿调查", owner: "社会救助股", due: day(-1, 20), state: "在调研" },
    },
  ],
  "data-request": (_, day) => {
    const ground = "社会救助暂行办法第五十八条";
    const owner = "社会救助股";
    const columns = "身份证号码、姓名、状态、估值";
    return [
      {
        town: -1,
        values: {
          ...{ list: "机动车登记", feed: "vehicles", department: "县公安局交警大队", ground, owner, columns },
          ...{
            purpose: "核对申请和在享家庭的机动车",
            state: "交付中",
            frequency: "每月",
            until: day(-12, 28),
          },
          ...{ sentNumber: "民函〔2026〕3号", sentOn: day(5, 8) },
          ...{ answerNumber: "公交函〔2026〕11号", answeredOn: day(5, 20), firstOn: day(4, 10) },
        },
        lines: [["papers", 4, { kind: "变更", number: "民函〔2026〕9号", about: "加「估值」一列" }]],
      },
      {
        town: -1,
        values: {
          ...{ list: "死亡医学证明", feed: "medical-deaths", department: "县卫生健康局", ground, owner },
          ...{ columns: "身份证号码、姓名、死亡日期", purpose: "死亡次日提出停发", frequency: "每月" },
          ...{ sentNumber: "民函〔2026〕21号", sentOn: day(4, 12), state: "交付中", until: day(-12, 12) },
          ...{ answerNumber: "卫函〔2026〕17号", answeredOn: day(4, 26), firstOn: day(3, 5) },
        },
      },
      {
        town: -1,
        values: {
          ...{
            list: "残疾人证",
            feed: "disability-certificates",
            department: "县残疾人联合会",
            ground,
            owner,
          },
          ...{ columns: "身份证号码、姓名、类别、等级、有效期", purpose: "残疾人两项补贴和低保的核对" },
          ...{ frequency: "每月", sentNumber: "民函〔2026〕30号", sentOn: day(3, 1), state: "已发函" },
        },
      },
      ...AGREED_FEEDS.map(([feed, list, department, asked], i) => ({
        town: -1,
        values: {
          ...{ list, feed, department, ground, owner, columns: asked, frequency: "每月" },
          purpose: "低收入人口动态监测和申请核对",
          ...{
            sentNumber: `民函〔2026〕${40 + i}号`,
            sentOn: day(5, 10),
            state: "交付中",
            until: day(-12, 10),
          },
          ...{ answerNumber: `复函〔2026〕${60 + i}号`, answeredOn: day(5, 24), firstOn: day(4, 6) },
        },
      })),
    ];
  },
  "joint-matter": () => [
    {
      town: -1,
      values: {
        ...{ name: "流浪乞讨人员街面救助", owner: "社会事务股" },
        parties: ["police", "health", "urban-management"],
        ...{ duty: "公安护送和查人，卫健收治，城管巡查报告，民政接收和送返。", state: "进行中" },
        contacts: "公安局治安大队、县人民医院急诊科值班电话见联络表",
      },
      lines: [
        [
          "meetings",
          2,
          {
            present: "公安局、卫健局、城管局",
            agreed: "夜间护送由巡警负责，到站二十分钟内交接。",
            open: "精神障碍患者的收治费用由谁先垫付",
          },
        ],
        [
          "reports",
          1,
          {
            department: "health",
            progress: "县人民医院腾出四张留观床位，夜间收治流程已印发。",
            open: "没有身份的病人出院后送到哪里，请民政明确",
          },
        ],
      ],
    },
    {
      town: -1,
      values: {
        ...{
          name: "死亡信息按月共享",
          parties: ["police", "health", "medical-insurance"],
          owner: "社会救助股",
        },
        ...{ duty: "三家每月 5 日前交换上月死亡名单，民政比对后停发。", shared: "死亡名单", state: "已办结" },
        result: "名单每月按时交换，多发的月份由平均两个月减到一个月以内。",
      },
    },
  ],
  "linkage-problem": (_, day) => [
    {
      town: 1,
      values: {
        ...{ problem: "两户监测对象没有按月走访", level: "省", fedBack: day(4, 6), owner: "社会救助股" },
        ...{ sample: "两户四人", due: day(3, 28), state: "已举证" },
        ...{ measure: "补走访两户，走访清单每月一日派到村。" },
      },
      closed: { state: "已销号", closed: day(4, 27), others: "全县监测户走访情况核过一遍。" },
    },
    {
      town: 0,
      values: {
        ...{ problem: "两户低保家庭不清楚本户的帮扶措施", level: "市", fedBack: day(4, 20) },
        ...{ sample: "抽查二十户，两户说不清。", owner: "社会救助股", due: day(-1, 15), state: "整改中" },
      },
      lines: [
        ["households", 2, { household: "paying-due", standing: "待整改", words: "说不清享受哪些政策。" }],
        ["households", 2, { household: "paying-alone", standing: "待整改", words: "不知道找谁问。" }],
        ["households", 1, { household: "paying-due", standing: "已整改", words: "入户讲清，留了明白卡。" }],
      ],
    },
  ],
};
