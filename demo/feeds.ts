/** Lists as other departments would send them: a few rows about people of the demo among many about nobody. */
import { Readable } from "node:stream";
import type { IsoDate } from "@wuxin/kernel";
import { workingDaysBefore } from "./agenda.ts";
import type { InventedPerson } from "./people.ts";
import type { Scene } from "./scene.ts";

interface FeedFile {
  readonly feed: string;
  readonly title: string;
  /** Working days before the base day. */
  readonly back: number;
  readonly headings: string;
  readonly rows: readonly string[];
  /** A later list of the same feed that came with a few rows only. */
  readonly short?: true;
}

/** The applicant of a family whose case is told, or its n-th member. */
export function memberOf(scene: Scene, key: string, n = 0): InventedPerson {
  const person = scene.told.get(key)?.family.members[n];
  if (!person) throw new Error(`demo: ${key} has no member ${n}`);
  return person;
}
const row = (p: InventedPerson, rest: string) => `${p.idNo},${p.name},${rest}`;

/** What the lists say of people of the demo; each signal of the tour is in one of them. */
export function feedsOf(scene: Scene, rich: boolean): FeedFile[] {
  const m = (key: string, n = 0) => memberOf(scene, key, n);
  const vehicles = "身份证号码,所有人,号牌号码,品牌,估值,登记日期,状态";
  const deaths = "身份证号码,姓名,死亡日期,户口注销日期";
  const died = scene.day(2, 20);
  const core = [
    {
      ...{ feed: "vehicles", title: "机动车登记", back: 12, headings: vehicles },
      rows: [row(m(rich ? "paying-alone" : "paying-resident"), "演A90001,演示牌,86000.00,2025-05-06,正常")],
    },
    {
      ...{ feed: "police-deaths", title: "死亡注销", back: 6, headings: deaths },
      rows: [row(m(rich ? "paying-relative" : "paying-failed"), `${died},${scene.day(1, 3)}`)],
    },
  ];
  if (!rich) return core;
  return [
    ...core,
    {
      ...{ feed: "pensions", title: "养老金发放", back: 12 },
      headings: "身份证号码,姓名,待遇类型,月待遇金额,起始月份,状态",
      rows: [row(m("paying-couple"), "企业职工,1260.00,2024-01,正常")],
    },
    // The next one came with half of its rows: held until somebody has asked.
    {
      ...{ feed: "pensions", title: "养老金发放", back: 2, short: true },
      headings: "身份证号码,姓名,待遇类型,月待遇金额,起始月份,状态",
      rows: [row(m("paying-couple"), "企业职工,1260.00,2024-01,正常")],
    },
    {
      ...{ feed: "medical-costs", title: "医保自付", back: 11 },
      headings: "身份证号码,姓名,医疗机构,个人自付金额,结算日期",
      rows: ["21300.50", "18840.00"].map((own) => row(m("refused"), `县人民医院,${own},${scene.day(1, 9)}`)),
    },
    {
      ...{ feed: "insurance-contributions", title: "社保缴费", back: 10 },
      headings: "身份证号码,姓名,缴费单位,月缴费基数,缴费月份,缴费状态",
      rows: [row(m("paying-due"), `演示食品厂,4200.00,${scene.month(1)},正常缴费`)],
    },
    {
      ...{ feed: "real-estate", title: "不动产登记", back: 5 },
      headings: "身份证号码,权利人,不动产权证号,坐落,面积,用途,登记日期",
      rows: ["城关一路", "城关二路", "城关三路"].map((at, i) =>
        row(m("paying-elsewhere"), `演不动产${i},${at},90,住宅,2023-03-01`),
      ),
    },
    // A list with another heading than agreed: sent back whole.
    {
      ...{ feed: "students", title: "在校学生", back: 5, headings: "学号,姓名,学校,学籍状态" },
      rows: ["20260001,某某,第一小学,在读"],
    },
    {
      ...{ feed: "disability-certificates", title: "残疾人证", back: 9 },
      headings: "身份证号码,姓名,残疾类别,残疾等级,证件状态,有效期至",
      rows: [row(m("refused", 1), "肢体,一级,有效,2031-01-01")],
    },
    {
      ...{ feed: "marriages", title: "婚姻登记", back: 3, headings: "身份证号码,姓名,登记类型,登记日期" },
      rows: [row(m("paying-resident"), `结婚登记,${scene.day(1, 12)}`)],
    },
    {
      ...{ feed: "bank-deposits", title: "银行存款", back: 3 },
      headings: "身份证号码,姓名,开户银行,余额,查询日期",
      rows: [row(m("verified"), `农村商业银行,18600.00,${scene.day(1, 28)}`)],
    },
    {
      ...{ feed: "rural-monitoring", title: "防返贫监测", back: 4 },
      headings: "身份证号码,姓名,监测类型,纳入日期,风险是否消除",
      rows: [row(m("publicity"), `突发严重困难户,${scene.day(2, 2)},否`)],
    },
  ];
}

/** Puts the lists on the agenda; rows about people whom nobody knows stand around each. */
export function tellFeeds(scene: Scene, rich: boolean): void {
  const { agenda, base, people } = scene;
  const others = Array.from({ length: 30 }, (_, i) => people.person({ age: 25 + i }));
  for (const f of feedsOf(scene, rich)) {
    const on: IsoDate = workingDaysBefore(agenda.calendar, base, f.back);
    const key = `feed/${f.feed}${f.short ? "/short" : ""}`;
    const id = scene.id(key);
    const [first = ""] = f.rows;
    const rest = first.split(",").slice(2).join(",");
    // They have what the first has, so that nothing but the number tells them apart.
    const noise = first.startsWith("2") ? [] : others.map((p) => row(p, rest));
    const text = `\uFEFF${[f.headings, ...noise.slice(15), ...f.rows, ...(f.short ? [] : noise.slice(0, 15))].join("\r\n")}\r\n`;
    agenda.add({
      key,
      on,
      actor: "xian",
      compares: true,
      run: async (tx, house) => {
        await house.matching.save(scene.county.code, id, Readable.from([Buffer.from(text)]));
        await house.matching.receive(tx, {
          ...{ id, feed: f.feed, origin: "console", fileName: `${f.title}${on}.csv`, asOf: on },
        });
      },
    });
  }
}
