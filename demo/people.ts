/**
 * Invented people: names of the region, valid ID numbers with sequence codes 900–999 (offices hand out low ones),
 * phones beginning 154, which no operator has, accounts that pass Luhn. Nobody here exists.
 */
import { addMonths, type IsoDate, type Month, monthOf, residentIdWithCheck } from "@wuxin/kernel";
import { type Random, seeded } from "./random.ts";

const words = (text: string) => text.trim().split(/\s+/);
const SURNAMES = [
  ..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严",
];
const GIVEN = {
  男: {
    old: words(
      "建国 建华 志强 国平 德福 文斌 长林 水根 金宝 永康 立新 春生 国强 正明 家德 和平 友生 炳文 世昌 克勤",
    ),
    young: words("家俊 浩然 子轩 思源 明辉 小军 海涛 大伟 宇航 俊杰 天佑 志远 博文 一鸣 鹏飞"),
  },
  女: {
    old: words("秀英 桂花 玉兰 春梅 凤英 淑珍 桂香 银花 翠莲 满秀 月娥 菊香 爱莲 冬秀 素珍 腊梅 细妹 兰英"),
    young: words("雨欣 梦瑶 思琪 佳怡 晓芳 海燕 美玲 丽华 雪梅 小红 欣悦 诗涵 子涵 婷婷 静怡"),
  },
};
/** 刚察县 is Tibetan pasture land: names without a surname. */
const TIBETAN = {
  男: words("扎西东智 才让多杰 桑杰 尕藏 索南才让 久美 仁青多杰 旦正才让 公保 多杰才旦 完玛 拉华才让"),
  女: words("卓玛措 拉毛吉 才让卓玛 仁青措 德吉 央金卓玛 完么措 周毛吉 项毛 桑吉卓玛 娘毛先 旦增措"),
};
const TIBETAN_COUNTIES = new Set(["632224"]);
/** How children and sisters are called; "" = a people without surnames. */
export type Lineage = string;

export interface InventedPerson {
  readonly name: string;
  readonly idNo: string;
  readonly sex: "男" | "女";
  readonly birthDate: IsoDate;
  readonly phone: string;
  readonly account: string;
}

export interface Wanted {
  readonly age: number;
  readonly sex?: "男" | "女";
  readonly lineage?: Lineage;
  /** Born in this month instead of by age. */
  readonly bornIn?: Month;
}

export interface PeopleMaker {
  readonly random: Random;
  /** A family's name. */
  lineage(): Lineage;
  person(wanted: Wanted): InventedPerson;
}

/**
 * The same county and day give the same people in the same order.
 * @param countyCode first six digits of every ID number
 * @param today ages are counted to it
 */
export function peopleOf(countyCode: string, today: IsoDate): PeopleMaker {
  const random = seeded(Number(countyCode));
  const ids = new Set<string>();
  const names = new Set<string>();
  const tibetan = TIBETAN_COUNTIES.has(countyCode);
  let serial = 0;

  const lineage = (): Lineage => (tibetan && random.chance(0.6) ? "" : random.pick(SURNAMES));

  function nameOf(sex: "男" | "女", age: number, family: Lineage): string {
    for (let tries = 0; ; tries++) {
      const name =
        family === ""
          ? random.pick(TIBETAN[sex])
          : family + random.pick(GIVEN[sex][age >= 36 ? "old" : "young"]);
      // Two people of one name are possible, but a demonstration is easier to follow without them.
      if (!names.has(name) || tries > 40) {
        names.add(name);
        return name;
      }
    }
  }

  function idOf(birthDate: IsoDate, sex: "男" | "女"): string {
    // The last of the three is odd for men.
    for (let n = 0; n < 50; n++) {
      const order = 900 + ((serial + n) % 50) * 2 + (sex === "男" ? 1 : 0);
      const id = residentIdWithCheck(`${countyCode}${birthDate.replaceAll("-", "")}${order}`);
      if (!ids.has(id)) {
        ids.add(id);
        return id;
      }
    }
    throw new Error(`${countyCode}: fifty people of one birthday`);
  }

  return {
    random,
    lineage,
    person({ age, sex: given, lineage: family, bornIn }) {
      serial++;
      const sex = given ?? (random.chance(0.5) ? "男" : "女");
      // The birthday is behind us by one to eleven months, so the age is exact whatever the day of the month.
      const month = bornIn ?? addMonths(monthOf(today), -12 * age - random.int(1, 11));
      const birthDate = `${month}-${String(random.int(2, 27)).padStart(2, "0")}`;
      return {
        name: nameOf(sex, age, family ?? lineage()),
        idNo: idOf(birthDate, sex),
        sex,
        birthDate,
        phone: phoneOf(countyCode, serial),
        account: luhn(`62179${countyCode}${String(serial).padStart(7, "0")}`),
      };
    },
  };
}

export const phoneOf = (countyCode: string, serial: number): string =>
  `154${countyCode.slice(2)}${String(serial).padStart(4, "0")}`;

/** Appends the Luhn check digit. */
export function luhn(digits: string): string {
  let sum = 0;
  [...digits].reverse().forEach((c, i) => {
    const d = Number(c) * (i % 2 === 0 ? 2 : 1);
    sum += d > 9 ? d - 9 : d;
  });
  return digits + ((10 - (sum % 10)) % 10);
}
