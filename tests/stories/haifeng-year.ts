/**
 * Ledgers of 海丰县 for 2023, invented line by line, in the sizes that its summary states. Entries and lines go through
 * the registers' own service on the days on which they happened; only the payments and the cremations, which are many,
 * are written in one statement each.
 */
import { addDays, newId } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import type { TestHouse } from "./house.ts";

export const HAIFENG = "441521";
export const section: Actor = {
  ...systemActor(HAIFENG),
  role: "county",
  name: "统计经办",
  accountId: newId(),
};

type Values = Record<string, string | number | boolean>;
export async function writeYear(h: TestHouse): Promise<void> {
  const towns = h.house.counties
    .get(HAIFENG)
    .divisions.filter((d) => d.level === "township")
    .map((d) => d.code);
  const town = (n: number): string => towns[n % towns.length] ?? "";
  const named = (part: string): string => {
    const found = h.house.counties
      .get(HAIFENG)
      .divisions.find((d) => d.level === "township" && d.name.includes(part));
    if (!found) throw new Error(`no town ${part}`);
    return found.code;
  };
  const { registers } = h.house;

  /** Entries of one register made on a day; each with lines of its sub-ledgers, by their own days. */
  async function enter(
    register: string,
    on: string,
    entries: readonly { values: Values; lines?: readonly (readonly [ledger: string, values: Values])[] }[],
  ): Promise<void> {
    h.clock.set(on);
    const later: { id: string; ledger: string; values: Values }[] = [];
    await h.t.db.transact(section, async (tx) => {
      for (const { values, lines } of entries) {
        const id = newId();
        await registers.saveEntry(tx, register, id, {
          version: 0,
          values: { divisionCode: town(0), ...values },
        });
        later.push(...(lines ?? []).map(([ledger, v]) => ({ id, ledger, values: v })));
      }
    });
    h.clock.set("2024-01-02");
    await h.t.db.transact(section, async (tx) => {
      for (const l of later)
        await registers.addRow(tx, register, l.id, l.ledger, { id: newId(), values: l.values });
    });
  }
  const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
  const split = (total: number, parts: number): number[] =>
    many(parts, (i) => Math.floor(total / parts) + (i < total % parts ? 1 : 0));
  const day = (i: number): string => addDays("2023-01-03", i % 360);

  // 二（一） care institutions
  const open = "平东 联安 大湖 梅陇镇 陶河 海城 赤坑 黄羌 城东".split(" ");
  const beds = split(388 - 60, 9);
  await enter("care-institution", "2023-06-01", [
    { values: { name: "海丰县中心敬老院", level: "县级", state: "已建成未运营", beds: 212 } },
    ...open.map((t, i) => ({
      values: {
        name: `${t}敬老院`,
        level: "镇级",
        state: "正式运营",
        beds: beds[i] ?? 0,
        divisionCode: named(t),
      },
    })),
    {
      values: {
        name: "梅陇农场敬老院",
        level: "镇级",
        state: "已建成未运营",
        beds: 30,
        divisionCode: named("梅陇"),
      },
    },
    {
      values: {
        name: "公平镇敬老院",
        level: "镇级",
        state: "已建成未运营",
        beds: 30,
        divisionCode: named("公平"),
      },
    },
    ...["可塘", "附城"].map((t) => ({
      values: { name: `${t}敬老院`, level: "镇级", state: "择址", divisionCode: named(t) },
    })),
  ]);
  // 二（二） 336 homes
  await enter(
    "home-adaptation",
    "2023-10-01",
    many(336, (i) => ({ values: { name: `户主${i}`, state: "已验收", divisionCode: town(i) } })),
  );
  // 二（三） stations and centres; those of 2022 and 2023 that are demonstrations were finished in those years
  const finished = (on: string) => [["progress", { on, step: "完工" }] as const];
  const station = (kind: string, i: number, demo?: string) => ({
    values: { name: `${kind}${i}`, kind, demo: demo !== undefined, state: "正式运营", divisionCode: town(i) },
    lines: finished(demo ?? "2021-06-01"),
  });
  const demoDay = (i: number) => (i < 4 ? "2022-08-01" : i < 8 ? "2023-09-01" : undefined);
  await enter("care-station", "2023-11-01", [
    ...many(6, (i) => station("城镇社区居家养老服务站", i)),
    ...many(22, (i) => station("农村居家养老服务站", i, demoDay(i))),
    ...many(4, (i) => station("镇综合养老服务中心", i, i < 2 ? "2022-09-01" : "2023-10-01")),
  ]);
  // 二（四） 20 + 46 places to eat, 5,600 meals in two years
  const meals = split(5600, 66);
  await enter(
    "meal-site",
    "2022-12-01",
    many(66, (i) => ({
      values: { name: `幸福食堂${i}`, alias: "长者饭堂", state: "正式运营", divisionCode: town(i) },
      lines: [
        ...finished(i < 20 ? "2021-11-01" : "2022-07-01"),
        ["meals", { on: "2022-12-20", persontimes: Math.floor((meals[i] ?? 0) / 2) }] as const,
        ["meals", { on: "2023-12-20", persontimes: Math.ceil((meals[i] ?? 0) / 2) }] as const,
      ],
    })),
  );
  // 二（五）
  await enter(
    "medical-care-site",
    "2023-03-01",
    (
      [
        ["城东医院", 50],
        ["泰林医院", 30],
        ["梅陇中心卫生院", 50],
        ["中医院", 200],
      ] as const
    ).map(([name, n]) => ({ values: { name, beds: n } })),
  );
  // 三 community governance, volunteers, federations
  const group = (i: number, on: string) => ({
    values: { name: `村民小组${i}`, state: "已完成", divisionCode: town(i) },
    lines: [["progress", { on, step: "完成" }] as const],
  });
  await enter(
    "group-demonstration",
    "2022-12-10",
    many(71, (i) => group(i, "2022-11-01")),
  );
  await enter(
    "group-demonstration",
    "2023-12-10",
    many(20, (i) => group(100 + i, "2023-12-01")),
  );
  await enter(
    "governance-pilot",
    "2023-05-01",
    ["陶河镇下边村", "海城镇南门社区"].map((name) => ({
      values: { name, topic: "群众参与社区治理", state: "基本完成" },
    })),
  );
  const shifts = (dates: readonly string[], volunteers: number, served: number) => {
    const [v, s] = [split(volunteers, dates.length), split(served, dates.length)];
    return dates.map((on, i) => ["shifts", { on, volunteers: v[i] ?? 0, served: s[i] ?? 0 }] as const);
  };
  await enter("volunteer-activity", "2023-05-09", [
    {
      values: { name: "交通劝导", kind: "交通劝导", place: "三环路联安路口" },
      lines: shifts(
        many(30, (i) => addDays("2023-05-09", i * 7)),
        177,
        0,
      ),
    },
    {
      values: { name: "爱心益民", kind: "慰问关爱", place: "莲岭社区" },
      lines: shifts(["2023-01-12", "2023-04-12"], 0, 470),
    },
  ]);
  await enter(
    "community-federation",
    "2023-08-01",
    towns.slice(0, 12).map((t, i) => ({
      values: { name: `联合会${i}`, state: i < 9 ? "成立登记" : "预先核名", divisionCode: t },
    })),
  );
  // 三·九 relief: 61 in the station and 6 in the street for 348,734 yuan
  const relief = split(348_734, 67);
  const cases = many(
    67,
    (i) =>
      [
        "relief",
        { on: day(i * 5), place: i < 61 ? "站内" : "街面", help: "食宿", amountFen: (relief[i] ?? 0) * 100 },
      ] as const,
  );
  const tracing = [
    ...many(6, (i) => ["tracing", { on: day(i * 50), how: "口音和走访", patient: true }] as const),
    ["tracing", { on: "2022-05-01", how: "DNA比对", patient: false }] as const,
  ];
  const settled = many(
    4,
    (i) => ["settlement", { on: `${2020 + i}-10-10`, persons: [20, 18, 16, 12][i] ?? 0 }] as const,
  );
  await enter("relief-station", "2023-01-01", [
    { values: { name: "县救助管理站" }, lines: [...cases, ...tracing, ...settled] },
  ]);
  // 四 funerals
  await enter("funeral-home", "2023-01-01", [
    {
      values: { name: "县殡仪馆", operator: "县殡葬管理所" },
      lines: [
        ...many(
          12,
          (i) =>
            [
              "deaths",
              {
                on: `2023-${String(i + 1).padStart(2, "0")}-28`,
                deaths: split(4214, 12)[i] ?? 0,
                source: "公安",
              },
            ] as const,
        ),
        ["tasks", { on: "2023-01-10", target: 3145, document: "未载" }],
        ["investments", { on: "2023-06-01", kind: "设施建设", amountFen: 71_690_000, document: "未载" }],
        ["investments", { on: "2023-09-01", kind: "设备建设", amountFen: 141_060_000, document: "未载" }],
      ],
    },
  ]);
  await writeCremations(h, split(4214, 12));
  const base = { operator: "镇人民政府", plots: 2_000, sold: 800, priceFen: 980_000, state: "使用中" };
  await enter("cemetery", "2023-02-01", [
    { values: { ...base, name: "县城陵园", kind: "经营性公墓" } },
    ...many(6, (i) => ({
      values: { ...base, name: `公益性公墓${i}`, kind: "公益性公墓", divisionCode: town(i) },
    })),
  ]);
  await enter("grave-rectification", "2023-04-20", [
    ...many(12, (i) => ({
      values: { name: `私建${i}`, kind: "违规私建坟墓", state: i < 9 ? "已整治" : "整治中" },
    })),
    ...many(15, (i) => ({ values: { name: `活人墓${i}`, kind: "活人墓", state: "已整治" } })),
  ]);
  const sweep = { people: 51_176, vehicles: 14_646, staff: 1_899, banners: 84, briefs: 10, incidents: 0 };
  const days = many(
    3,
    (i) =>
      [
        "days",
        {
          on: addDays("2023-04-04", i),
          ...Object.fromEntries(Object.entries(sweep).map(([k, n]) => [k, split(n, 3)[i] ?? 0])),
        },
      ] as const,
  );
  await enter("sweep-service", "2023-04-01", [{ values: { name: "各殡葬服务机构" }, lines: days }]);
  // 五 safety
  await enter("service-site", "2023-01-05", [
    {
      values: { name: "县民政服务机构", kind: "其他" },
      lines: [
        ...many(
          27,
          (i) => ["inspections", { on: day(i * 13), inspectors: "安全股", result: "合格" }] as const,
        ),
        ...[70, 70, 80].map(
          (people, i) => ["drills", { on: day(i * 100), people, subject: "消防" }] as const,
        ),
        ["publicity", { on: "2023-06-16", leaflets: 500, subject: "安全生产月" }] as const,
      ],
    },
  ]);
  await writeSupplements(h, town(1));
  h.clock.set("2024-01-02");
}

/** One line for each of the dead, 1,100 yuan remitted. */
async function writeCremations(h: TestHouse, byMonth: readonly number[]): Promise<void> {
  await h.t.owner(
    `insert into register_row (county_code, register, entry_id, ledger, id, on_date, values, at, by_name)
     select e.county_code, e.register, e.id, 'cremations', gen_random_uuid(), d.on_date,
            jsonb_build_object('on', d.on_date, 'serial', m.i || '-' || n, 'freeFen', 110000), d.on_date, '殡仪馆'
       from register_entry e, unnest($2::int[]) with ordinality as m (count, i), generate_series(1, m.count) n,
            lateral (select make_date(2023, m.i::int, 1 + n % 28) as on_date) d
      where e.county_code = $1 and e.register = 'funeral-home'`,
    [HAIFENG, byMonth],
  );
}

/** 低保 paid in the last month of each year: ten households in city and country, above and below the stated mean. */
async function writeSupplements(h: TestHouse, town: string): Promise<void> {
  const at = "2022-01-01T00:00:00Z";
  for (const [month, urban, rural] of [
    ["2022-12", 710, 476],
    ["2023-12", 739, 510],
  ] as const) {
    const roster = newId();
    await h.t.owner(
      `insert into roster (county_code, id, month, kind, number, title, state, generated_by, generated_by_name, generated_at)
       values ($1, $2, $3::text, 'monthly', $3::text, $3::text, 'draft', $2, '甲', $4)`,
      [HAIFENG, roster, month, at],
    );
    for (const [area, mean] of [
      ["城市", urban],
      ["农村", rural],
    ] as const)
      await h.t.owner(
        `with who as (
           select gen_random_uuid() as person, gen_random_uuid() as entitlement, gen_random_uuid() as line, n,
                  ($6::int + case when n % 2 = 0 then 60 else -60 end) * 100 as fen
             from generate_series(1, 10) n),
         p as (
           insert into person (county_code, id, name, pinyin, initials, sex, birth_date, division_code, id_no_sealed,
             id_no_digest, id_tail_digest, address, created_at)
           select $1::text, person, '某', '', '', '女', '1950-01-01', $3::text, sha256(person::text::bytea), sha256(person::text::bytea),
                  sha256(person::text::bytea), '', $5::timestamptz from who),
         e as (
           insert into entitlement (county_code, id, item, exclusivity_group, subject_kind, applicant_id, payee_id,
             division_code, area_class, from_month, review_months, opened_at)
           select $1::text, entitlement, 'subsistence-allowance', 'basic', 'person', person, person, $3::text, $4::text, '2022-01', 12,
                  $5::timestamptz from who)
         insert into roster_line (county_code, id, roster_id, seq, entitlement_id, item, exclusivity_group, payee_id,
           payee_name, payee_digest, relation, division_code, month, change, amount_fen, persons, included, live, state,
           settled_on, origin_line_id)
         select $1::text, line, $2::uuid, n + case when $4::text = '城市' then 0 else 10 end, entitlement, 'subsistence-allowance', 'basic',
                person, '某', sha256('x'), '本人', $3::text, $7::text, 'same', fen, 1, false, true, 'paid', ($7::text || '-10')::date, line
           from who`,
        [HAIFENG, roster, town, area, at, mean, month],
      );
  }
}
