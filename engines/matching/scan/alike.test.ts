/** Lists without numbers, on labelled pairs: how many of the true ones are shown to a person, how many of those shown are true. */
import { addDays, type IsoDate, isIsoDate } from "@wuxin/kernel";
import { expect, test } from "vitest";
import { alike, LIKELY, POSSIBLE } from "./alike.ts";
import { birthsNear } from "./births.ts";
import { named } from "./names.ts";

interface Someone {
  readonly name: string;
  readonly birth: IsoDate;
}
const compare = (a: Someone, b: Someone) =>
  alike({ named: named(a.name), birthDate: a.birth }, named(b.name), b.birth.replaceAll("-", ""));

const SEED = Number(process.env.WUXIN_SEED ?? 20240506);
let random = SEED;
/** The same numbers for the same seed (mulberry32). */
const next = (below: number): number => {
  random = (random + 0x6d2b79f5) | 0;
  let t = Math.imul(random ^ (random >>> 15), random | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % below;
};
const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T;
const SURNAMES = [
  ..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤",
];
const GIVEN = [
  ..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧玉萍红建国文辉力海燕俊梅玲志斌莉云飞波鹏兰凤琴德福贵珍宝根水生友春秋冬爱莲香菊花金银荣兴发旺财喜庆义仁忠孝良顺昌元亨利贞大小长有光耀祖世家承先启后淑贤惠清洁雪松柏林森山川河湖江东南西北",
];
const birthOf = (): IsoDate => addDays("1930-01-01", next(29_000));
const someone = (): Someone => ({
  name: pick(SURNAMES) + pick(GIVEN) + (next(10) < 7 ? pick(GIVEN) : ""),
  birth: birthOf(),
});
const swapDigits = (d: IsoDate, at: number) => {
  const c = [...d.replaceAll("-", "")];
  [c[at], c[at + 1]] = [c[at + 1] ?? "", c[at] ?? ""];
  return `${c.slice(0, 4).join("")}-${c.slice(4, 6).join("")}-${c.slice(6).join("")}`;
};

/** What clerks and machines do to one person's entry. Undefined: it cannot be done to this one. */
const SAME = [
  ..."建健",
  ..."国帼",
  ..."明铭",
  ..."军君",
  ..."华桦",
  ..."友有",
  ..."秀绣",
  ..."英瑛",
  ..."志智",
  ..."红宏",
  ..."生升",
  ..."德得",
  ..."伟玮",
  ..."芳方",
  ..."平萍",
  ..."霞侠",
  ..."小晓",
  ..."玉钰",
  ..."海亥",
  ..."文雯",
].join("");
const SOUND = new Map((SAME.match(/../gu) ?? []).map((p) => [p[0] ?? "", p[1] ?? ""]));
const NEAR = new Map(
  ("林灵明民兰南英音生森红洪陈程芳黄静金清亲春村山桑志自".match(/../gu) ?? []).map((p) => [
    p[0] ?? "",
    p[1] ?? "",
  ]),
);
const TRADITIONAL = new Map(
  (
    "国國华華兰蘭凤鳳莲蓮贵貴荣榮兴興龙龍云雲红紅军軍爱愛义義东東长長丽麗张張刘劉陈陳杨楊黄黃赵趙吴吳孙孫马馬罗羅郑鄭谢謝韩韓冯馮邓鄧许許肖蕭".match(
      /../gu,
    ) ?? []
  ).map((p) => [p[0] ?? "", p[1] ?? ""]),
);
const written =
  (table: Map<string, string>, from = 1) =>
  (p: Someone) => {
    const at = [...p.name].findIndex((c, i) => i >= from && table.has(c));
    if (at < 0) return undefined;
    const c = [...p.name];
    c[at] = table.get(c[at] ?? "") ?? "";
    return { ...p, name: c.join("") };
  };
const day = (of: (d: IsoDate) => IsoDate) => (p: Someone) => {
  const birth = of(p.birth);
  return birth !== p.birth && isIsoDate(birth) ? { ...p, birth } : undefined;
};
const TRUE_WAYS: Record<string, (p: Someone) => Someone | undefined> = {
  一样: (p) => p,
  异体字: written(TRADITIONAL, 0),
  读音相同: written(SOUND),
  读音相近: written(NEAR),
  少一个字: (p) => (p.name.length === 3 ? { ...p, name: (p.name[0] ?? "") + p.name[2] } : undefined),
  多一个字: (p) => (p.name.length === 2 ? { ...p, name: p.name[0] + pick(GIVEN) + p.name[1] } : undefined),
  字序颠倒: (p) =>
    p.name.length === 3 && p.name[1] !== p.name[2]
      ? { ...p, name: `${p.name[0]}${p.name[2]}${p.name[1]}` }
      : undefined,
  生日差一天: day((d) => addDays(d, next(2) === 0 ? 1 : -1)),
  月日颠倒: day((d) => `${d.slice(0, 4)}-${d.slice(8)}-${d.slice(5, 7)}`),
  数字颠倒: day((d) => swapDigits(d, pick([2, 4, 6]))),
  "读音相同，生日差一天": (p) => {
    const w = written(SOUND)(p);
    return w && { ...w, birth: addDays(w.birth, 1) };
  },
  空格和间隔号: (p) => ({ ...p, name: [...p.name].join("　") }),
};
/** Beyond what is looked for: told, so that nobody believes that these are found. */
const HARD_WAYS: typeof TRUE_WAYS = {
  "少一个字，生日差一天": (p) =>
    p.name.length === 3 ? { name: (p.name[0] ?? "") + p.name[2], birth: addDays(p.birth, 1) } : undefined,
  登记的是农历生日: (p) => ({ ...p, birth: addDays(p.birth, -20 - next(30)) }),
  改了名: (p) => ({ ...p, name: (p.name[0] ?? "") + pick(GIVEN) + pick(GIVEN) }),
};
/** Two people, as alike as they come. */
const FALSE_WAYS: Record<string, (p: Someone) => Someone | undefined> = {
  "同日出生，同姓": (p) => ({ ...p, name: (p.name[0] ?? "") + pick(GIVEN) + pick(GIVEN) }),
  "同日出生，双胞胎同字辈": (p) =>
    p.name.length === 3 ? { ...p, name: p.name.slice(0, 2) + pick(GIVEN) } : undefined,
  "同日出生，同名不同姓": (p) => ({ ...p, name: pick(SURNAMES) + p.name.slice(1) }),
  "同日出生，毫不相干": (p) => ({ ...someone(), birth: p.birth }),
  "同名，生日相近，姓不同": (p) => ({ name: pick(SURNAMES) + p.name.slice(1), birth: addDays(p.birth, 1) }),
  "同姓，生日差一天": (p) => ({
    name: (p.name[0] ?? "") + pick(GIVEN) + pick(GIVEN),
    birth: addDays(p.birth, 1),
  }),
  "同姓，单名": (p) => ({ ...p, name: (p.name[0] ?? "") + pick(GIVEN) }),
  "同名，生日不相干": (p) => ({ ...p, birth: birthOf() }),
};
function pairs(ways: Record<string, (p: Someone) => Someone | undefined>, each: number, differs: boolean) {
  return Object.entries(ways).flatMap(([kind, way]) => {
    const list: { kind: string; a: Someone; b: Someone }[] = [];
    while (list.length < each) {
      const a = someone();
      const b = way(a);
      if (b && (!differs || b.name !== a.name || !birthsNear(a.birth).has(b.birth.replaceAll("-", ""))))
        list.push({ kind, a, b });
    }
    return list;
  });
}
const percent = (part: number, of: number) => `${((part / of) * 100).toFixed(1)}%`;

test("按姓名比对：1150 对标好的，打印准确率和召回率；给人看的、算数的都不低于下限", () => {
  const yes = pairs(TRUE_WAYS, 50, false);
  const hard = pairs(HARD_WAYS, 50, false);
  const no = pairs(FALSE_WAYS, 50, true);
  const from = (score: number) => (list: typeof yes) =>
    list.filter(({ a, b }) => (compare(a, b)?.score ?? 0) >= score).length;
  const [shown, sure] = [from(POSSIBLE), from(LIKELY)];
  const rates = (count: typeof shown, list: typeof yes) =>
    `召回率 ${percent(count(list), list.length)}，准确率 ${percent(count(list), count(list) + count(no))}`;
  const lines = Object.entries({ 同一人: yes, 同一人但不找: hard, 两个人: no }).flatMap(([what, all]) =>
    [...new Set(all.map((p) => p.kind))].map((kind) => {
      const list = all.filter((p) => p.kind === kind);
      return `  ${what}｜${kind}：给人看 ${shown(list)}/${list.length}，算数 ${sure(list)}`;
    }),
  );
  const everybody = [...yes, ...hard];
  console.info(
    `按姓名比对（种子 ${SEED}）：${yes.length} 对同一人、${no.length} 对两个人。给人看：${rates(shown, yes)}；算数：${rates(sure, yes)}；连同不找的 ${hard.length} 对：${rates(shown, everybody)}\n${lines.join("\n")}`,
  );
  expect(shown(yes) / yes.length).toBeGreaterThanOrEqual(0.97);
  expect(shown(yes) / (shown(yes) + shown(no))).toBeGreaterThanOrEqual(0.95);
  expect(sure(yes) / (sure(yes) + sure(no))).toBeGreaterThanOrEqual(0.98);
  expect(shown(everybody) / everybody.length).toBeGreaterThanOrEqual(0.78);
});

test("每一处不同都说得出来；只差一个字、同名而生日不相干、姓不同的，不算", () => {
  const born = "1985-03-07";
  const of = (a: string, b: string, birth = born) => compare({ name: a, birth: born }, { name: b, birth });
  for (const [a, b, birth, score, why] of [
    ["李峰", "李峯", born, 0.97, "姓名只有异体字或标点不同，出生日期相同"],
    ["王晓霞", "王 小 霞", born, 0.92, "姓名“晓”和“小”读音相同，出生日期相同"],
    ["刘升", "劉昇", born, 0.97, "姓名只有异体字或标点不同，出生日期相同"],
    ["陈红军", "陈红君", born, 0.92, "姓名“军”和“君”读音相同，出生日期相同"],
    ["阿依古丽·买买提", "阿依古丽买买提", born, 0.97, "姓名只有异体字或标点不同，出生日期相同"],
    ["阿依古丽·买买提", "阿依古丽", born, 0.76, "名单或登记只写了姓名的第一段，出生日期相同"],
    ["段友生", "段生", born, 0.74, "姓名名单上少“友”字，出生日期相同"],
    ["段生", "段友生", born, 0.74, "姓名名单上多“友”字，出生日期相同"],
    ["张建国", "张国建", born, 0.82, "姓名“建国”写成“国建”，出生日期相同"],
    ["刘兰英", "刘南英", born, 0.8, "姓名“兰”和“南”读音相近，出生日期相同"],
    ["张建国", "张建国", "1985-03-08", 0.84, "姓名相同，出生日期差一天"],
    ["张建国", "张建国", "1985-07-03", 0.84, "姓名相同，出生日期月和日颠倒"],
    ["张建国", "张建国", "1986-03-07", 0.84, "姓名相同，出生日期有一位数字不同"],
    ["张建国", "张建国", "1958-03-07", 0.84, "姓名相同，出生日期有两位数字颠倒"],
  ] as const)
    expect(of(a, b, birth), `${a} ${b} ${birth}`).toEqual({ score, why });
  for (const [a, b] of [
    "王晓霞 王晓红",
    "李强 李刚",
    "张伟 王伟",
    "刘洋 李洋",
    "段友生 段友强",
    "张三 三",
  ].map((p) => p.split(" ")))
    expect(of(a ?? "", b ?? ""), `${a} ${b}`).toBeNull();
  expect(of("张建国", "张建国", "1985-03-27")).toBeNull();
  expect(of("段友生", "段生", "1985-03-08")).toBeNull();
});

test("五万人里找两万行，分块以后一行只和几个人比", () => {
  const people = Array.from({ length: 50_000 }, someone);
  const made = people.map((p) => ({ named: named(p.name), birthDate: p.birth }));
  const groups = new Map<string, number[]>();
  people.forEach((p, i) => {
    for (const k of birthsNear(p.birth).keys()) {
      const group = groups.get(k);
      if (group) group.push(i);
      else groups.set(k, [i]);
    }
  });
  const since = performance.now();
  let hits = 0;
  for (let n = 0; n < 20_000; n++) {
    const p = n % 100 === 0 ? (people[n % people.length] as Someone) : someone();
    const born = p.birth.replaceAll("-", "");
    const row = named(p.name);
    for (const i of groups.get(born) ?? []) if (alike(made[i]!, row, born)) hits++;
  }
  const perSecond = Math.round(20_000 / ((performance.now() - since) / 1000));
  console.info(`按姓名比对：${perSecond} 行/秒，找到 ${hits}`);
  expect(hits).toBeGreaterThanOrEqual(200);
  expect(perSecond).toBeGreaterThan(2_000);
});
