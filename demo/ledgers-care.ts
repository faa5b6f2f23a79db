/** Invented entries of the ledgers of care, funerals, relief and volunteers. */
import type { Ledgers } from "./ledgers.ts";

const yuan = (n: number) => n * 100;

export const CARE: Ledgers = {
  "care-institution": (place) => [
    {
      town: 0,
      values: {
        name: "县社会福利中心",
        level: "县级",
        state: "正式运营",
        beds: 240,
        operator: "县社会福利中心",
      },
    },
    {
      town: 1,
      values: {
        name: `${place(1)}敬老院`,
        level: "镇级",
        state: "正式运营",
        beds: 86,
        operator: "镇人民政府",
      },
    },
    { town: 2, values: { name: `${place(2)}敬老院`, level: "镇级", state: "已建成未运营", beds: 60 } },
    {
      town: 0,
      values: {
        name: "康乐颐养院",
        level: "民办",
        state: "正式运营",
        beds: 120,
        operator: "康乐养老服务公司",
      },
    },
  ],
  "care-station": (place) => [
    {
      town: 0,
      values: {
        name: "解放路社区居家养老服务站",
        kind: "城镇社区居家养老服务站",
        demo: true,
        state: "正式运营",
      },
      lines: [["progress", 3, { step: "完工", note: "验收合格" }]],
    },
    {
      town: 1,
      values: {
        name: `${place(1)}综合养老服务中心`,
        kind: "镇综合养老服务中心",
        demo: false,
        state: "已建成未运营",
      },
      lines: [
        ["progress", 3, { step: "开工" }],
        ["progress", 1, { step: "完工", note: "等待消防验收" }],
      ],
    },
    {
      town: 2,
      values: {
        name: `${place(2)}农村居家养老服务站`,
        kind: "农村居家养老服务站",
        demo: false,
        state: "在建",
      },
      lines: [["progress", 2, { step: "开工" }]],
    },
  ],
  "home-adaptation": () => [
    {
      town: 0,
      values: { name: "刘桂香", state: "已验收", items: "卫生间扶手、防滑地面", costFen: yuan(2860) },
    },
    { town: 1, values: { name: "陈友生", state: "施工中", items: "坡道、床边扶手", costFen: yuan(3000) } },
    { town: 2, values: { name: "周满秀", state: "已列入", items: "坐便器、呼叫器" } },
  ],
  "meal-site": (place) => [
    {
      town: 0,
      values: { name: "解放路老年助餐点", alias: "解放路社区食堂", state: "正式运营" },
      lines: [
        ["progress", 3, { step: "运营" }],
        ["meals", 2, { persontimes: 1240 }],
        ["meals", 1, { persontimes: 1315 }],
      ],
    },
    {
      town: 1,
      values: { name: `${place(1)}敬老院助餐点`, state: "正式运营" },
      lines: [
        ["progress", 2, { step: "运营", note: "与敬老院食堂共用" }],
        ["meals", 1, { persontimes: 420 }],
      ],
    },
    { town: 2, values: { name: `${place(2)}老年助餐点`, state: "择址" } },
  ],
  "medical-care-site": (place) => [
    { town: 0, values: { name: "县第二人民医院医养结合中心", beds: 80 } },
    { town: 1, values: { name: `${place(1)}中心卫生院医养结合病区`, beds: 24 } },
  ],
  "funeral-home": () => [
    {
      town: 0,
      values: { name: "县殡仪馆", operator: "县殡葬事务中心" },
      lines: [
        ["tasks", 3, { target: 620, document: "（演示）民殡〔1〕号" }],
        ["investments", 3, { kind: "设备建设", amountFen: yuan(380_000), document: "（演示）民殡〔2〕号" }],
        ["cremations", 2, { serial: "演示-0217", freeFen: yuan(1080) }],
        ["cremations", 2, { serial: "演示-0218", freeFen: yuan(1080) }],
        ["deaths", 2, { deaths: 3, source: "公安、卫健月度数据" }],
        ["cremations", 1, { serial: "演示-0251", freeFen: yuan(1080) }],
        ["cremations", 1, { serial: "演示-0252", freeFen: 0 }],
        ["deaths", 1, { deaths: 2, source: "公安、卫健月度数据" }],
      ],
    },
  ],
  "grave-rectification": (place) => [
    { town: 0, values: { name: `${place(0)}公路旁硬化大墓`, kind: "硬化大墓", state: "整治中" } },
    { town: 1, values: { name: `${place(1)}水库边散埋乱葬`, kind: "散埋乱葬", state: "已整治" } },
    { town: 2, values: { name: `${place(2)}后山活人墓`, kind: "活人墓", state: "已排查" } },
  ],
  "sweep-service": () => [
    {
      town: 0,
      values: { name: "县殡仪馆祭扫服务点" },
      lines: [
        ["days", 3, { people: 2300, vehicles: 610, staff: 48, banners: 12, briefs: 1, incidents: 0 }],
        ["days", 2, { people: 180, vehicles: 52, staff: 6, banners: 0, briefs: 0, incidents: 0 }],
      ],
    },
  ],
  "relief-station": () => [
    {
      town: 0,
      values: { name: "县救助管理站", phone: "12345" },
      lines: [
        ["relief", 2, { place: "街面", help: "食宿", amountFen: yuan(160) }],
        ["relief", 2, { place: "站内", help: "资助返乡", amountFen: yuan(430) }],
        ["tracing", 2, { how: "人脸比对", patient: true }],
        ["relief", 1, { place: "站内", help: "联系家属", amountFen: yuan(95) }],
        ["tracing", 1, { how: "口音和走访", patient: false }],
        ["settlement", 1, { persons: 1 }],
      ],
    },
  ],
  "volunteer-activity": (place) => [
    {
      town: 0,
      values: { name: "文明交通劝导", kind: "交通劝导", place: "解放路口" },
      lines: [
        ["shifts", 2, { volunteers: 36, served: 900 }],
        ["shifts", 1, { volunteers: 42, served: 1050 }],
      ],
    },
    {
      town: 1,
      values: { name: "慰问特困老人", kind: "慰问关爱", place: `${place(1)}敬老院` },
      lines: [["shifts", 1, { volunteers: 15, served: 62 }]],
    },
  ],
};
