/**
 * What a red flag looks for. A check is a select over `line l` (the lines under test) and `given g`, giving line_id and
 * what it found, by the words that the county's sentence may use; whether it runs, how hard, beyond which number and in
 * which sentence is data (`@wuxin/declare`, red-flags). `mustBeMended` ones cannot be released by giving a reason while
 * the fault is still there, nor be switched off. `double` is found by the slots themselves (slots.ts).
 */
import type { RedFlag } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";

export interface FlagCheck {
  readonly code: string;
  /** Set: what to do before the line can be released. */
  readonly mustBeMended?: string;
  /** Numbers that the data must give: `g.limits ->> 'percent'`. */
  readonly limits?: readonly string[];
  /** What `said` holds. */
  readonly words: readonly string[];
  readonly sql?: string;
}

/** Found by the slots, not by a select. */
export const DOUBLE = "double";

const YUAN = (sql: string) => `trim(to_char((${sql}) / 100.0, 'FM999999999990.00'))`;
const LIMIT = (name: string) => `(g.limits ->> '${name}')::bigint`;
const DAY = (sql: string) => `to_char(${sql}, 'YYYY-MM-DD')`;
const said = (words: Readonly<Record<string, string>>) =>
  `jsonb_build_object(${Object.entries(words)
    .map(([word, sql]) => `'${word}', ${sql}`)
    .join(", ")}) as said`;

/** Lines with an open review of an age; by whether others are covered in the month. */
const ageSql = (others: "exists" | "not exists") =>
  `select l.id as line_id, ${said({
    人: "string_agg(p.name, '、' order by p.id)",
    核查: `min(${DAY("v.due_on")})`,
  })}
          from line l
          join entitlement_review v on v.county_code = l.county_code and v.entitlement_id = l.entitlement_id
          join person p on p.county_code = v.county_code and p.id = v.about_id
          where v.kind = 'age' and v.done_on is null and l.change <> 'reissue' and ${others} (
            select from entitlement_person c
            where c.county_code = l.county_code and c.entitlement_id = l.entitlement_id and c.person_id <> v.about_id
              and c.from_month <= l.month and (c.end_month is null or c.end_month >= l.month))
          group by l.id`;

/** Beside the lines under test: who is paid into their accounts by their roster, themselves included. */
export const PAID_TO = "paid_to";

export const FLAG_CHECKS: readonly FlagCheck[] = [
  {
    code: "dead",
    words: ["人", "月份"],
    mustBeMended: "死亡次月起不得发放：确实死亡的请停发；登记有误的先暂缓，查清再发。",
    // From the few who died: of those who were ever covered, whoever has a slot here.
    sql: `select w.line_id, ${said({
      人: `string_agg(w.name || '（' || ${DAY("w.died_on")} || ' 死亡）', '、' order by w.id)`,
      月份: "min(w.month)",
    })}
          from (
            select l.id as line_id, l.month, p.id, p.name, p.died_on
            from line l join person p on p.county_code = l.county_code and p.id = l.payee_id
            where p.died_on is not null
            union
            select l.id, l.month, p.id, p.name, p.died_on
            from line l
            join entitlement_person c on c.county_code = l.county_code and c.entitlement_id = l.entitlement_id
            join person p on p.county_code = c.county_code and p.id = c.person_id
            where p.died_on is not null and (select count(*) from payment_slot s
              where s.county_code = l.county_code and s.line_id = l.origin_line_id and s.person_id = p.id) > 0) w
          where to_char(w.died_on, 'YYYY-MM') < w.month
          group by w.line_id`,
  },
  {
    code: "payee-died",
    words: ["人", "日期"],
    sql: `select l.id as line_id, ${said({ 人: "p.name", 日期: DAY("p.died_on") })}
          from line l join person p on p.county_code = l.county_code and p.id = l.payee_id
          where p.died_on is not null and to_char(p.died_on, 'YYYY-MM') >= l.month`,
  },
  {
    code: DOUBLE,
    words: ["说明"],
    mustBeMended: "同一人同一类待遇每月只能发一笔；请先暂缓或停发另一笔，再放行这一笔。",
  },
  {
    code: "over-standard",
    limits: ["percent"],
    words: ["金额", "上限"],
    sql: `select l.id as line_id, ${said({
      金额: YUAN("l.amount_fen / greatest(l.persons, 1)"),
      上限: YUAN(`(g.maxima ->> l.item)::bigint * ${LIMIT("percent")} / 100`),
    })}
          from line l, given g
          where l.amount_fen > (g.maxima ->> l.item)::bigint * ${LIMIT("percent")} / 100 * greatest(l.persons, 1)`,
  },
  {
    code: "nobody-covered",
    words: [],
    mustBeMended: "这项待遇当月没有保障任何人，请先在待遇中核对保障对象。",
    sql: `select l.id as line_id, ${said({})} from line l where l.persons = 0`,
  },
  {
    code: "no-account",
    words: [],
    mustBeMended: "请先为领款人登记收款账户，再放行。",
    sql: `select l.id as line_id, ${said({})} from line l where l.account_digest is null`,
  },
  {
    code: "review-stop",
    words: ["日期"],
    sql: `select l.id as line_id, ${said({ 日期: `min(${DAY("v.done_on")})` })}
          from line l
          join entitlement_review v on v.county_code = l.county_code and v.entitlement_id = l.entitlement_id
          where v.pending and v.result = 'stop' and l.change <> 'reissue'
          group by l.id`,
  },
  // Somebody covered has reached an age at which the item asks to look again, and nobody has decided yet (entitlements, `age`).
  {
    code: "age-alone",
    words: ["人", "核查"],
    sql: ageSql("not exists"),
  },
  {
    code: "age-member",
    words: ["人", "核查"],
    sql: ageSql("exists"),
  },
  {
    code: "tier-mismatch",
    words: ["项目", "现在", "当时"],
    // The place by which the standard was chosen, and the facts that the item calls its tiers, as they were when the
    // amount was decided. Facts are looked up only for items that have tiers, and those are chosen before anything else
    // is read: most of a county's lines have none.
    sql: `select l.id as line_id, ${said({
      项目: "'户籍所在地'",
      现在: "h.area_class",
      当时: "e.area_class",
    })}
          from line l
          join entitlement e on e.county_code = l.county_code and e.id = l.entitlement_id
          join household h on h.county_code = e.county_code and h.id = e.household_id
          where l.change <> 'reissue' and e.area_class is not null and h.area_class <> e.area_class
          union all
          select * from (
            select distinct on (l.id) l.id, ${said({
              项目: "now.name",
              现在: "now.value #>> '{}'",
              当时: "past.value #>> '{}'",
            })}
            from (select * from line where item = any(array(select jsonb_object_keys(tiers) from given))) l
            cross join given g
            cross join lateral (
              select max(a.recorded_at) as at from entitlement_amount a
              where a.county_code = l.county_code and a.entitlement_id = l.entitlement_id and a.decision_id is not null) d
            join entitlement_person c on c.county_code = l.county_code and c.entitlement_id = l.entitlement_id
              and c.from_month <= l.month and (c.end_month is null or c.end_month >= l.month)
            cross join lateral jsonb_array_elements_text(g.tiers -> l.item) t (name)
            cross join lateral (
              select f.name, f.value, f.recorded_at from fact f
              where f.county_code = l.county_code and f.subject_id = c.person_id and f.name = t.name
              order by f.source_rank desc, f.recorded_at desc, f.id desc limit 1) now
            cross join lateral (
              select f.value from fact f
              where f.county_code = l.county_code and f.subject_id = c.person_id and f.name = t.name and f.recorded_at <= d.at
              order by f.source_rank desc, f.recorded_at desc, f.id desc limit 1) past
            where l.change <> 'reissue' and now.recorded_at > d.at and now.value <> past.value
            order by l.id, now.name) tiers`,
  },
  {
    code: "shared-account",
    limits: ["payees"],
    words: ["人数"],
    // Counted by hashing; sorting every account of a county cost more than all other rules together.
    sql: `select x.id as line_id, ${said({ 人数: "s.payees" })}
          from line x join (
            select d.account_digest, count(*) as payees from (
              select distinct account_digest, payee_id from ${PAID_TO}) d
            group by d.account_digest having count(*) > (select ${LIMIT("payees")} from given g)) s
            on s.account_digest = x.account_digest`,
  },
  {
    code: "holder-differs",
    words: ["领款人", "户名"],
    sql: `select l.id as line_id, ${said({ 领款人: "l.payee_name", 户名: "l.holder_name" })}
          from line l where l.holder_name <> l.payee_name`,
  },
  {
    code: "jump",
    limits: ["percent"],
    words: ["上月", "本月"],
    sql: `select l.id as line_id, ${said({ 上月: YUAN("l.previous_fen"), 本月: YUAN("l.amount_fen") })}
          from line l, given g
          where l.change = 'changed' and l.previous_fen > 0
            and abs(l.amount_fen - l.previous_fen) * 100 > l.previous_fen * ${LIMIT("percent")}`,
  },
  {
    code: "relative",
    words: ["单位", "人", "关系"],
    sql: `select distinct on (l.id) l.id as line_id, ${said({
      单位: "f.unit",
      人: "f.staff_name",
      关系: "f.relation",
    })}
          from line l join relative_filing f on f.county_code = l.county_code and f.case_id = l.case_id
          order by l.id, f.unit, f.staff_name`,
  },
  {
    code: "review-overdue",
    words: ["复核", "日期"],
    sql: `select distinct on (l.id) l.id as line_id, ${said({ 复核: "v.label", 日期: DAY("v.due_on") })}
          from line l
          join entitlement_review v on v.county_code = l.county_code and v.entitlement_id = l.entitlement_id
          cross join given g
          where v.done_on is null and v.due_on < g.today
          order by l.id, v.due_on`,
  },
  {
    code: "review-recheck",
    words: ["日期"],
    sql: `select l.id as line_id, ${said({ 日期: `min(${DAY("v.done_on")})` })}
          from line l
          join entitlement_review v on v.county_code = l.county_code and v.entitlement_id = l.entitlement_id
          where v.pending and v.result = 'recheck' and l.change <> 'reissue'
          group by l.id`,
  },
  {
    code: "payee-not-covered",
    words: ["领款人"],
    sql: `select l.id as line_id, ${said({ 领款人: "l.payee_name" })}
          from line l
          where l.persons > 0 and not exists (
            select from entitlement_person c where c.county_code = l.county_code and c.entitlement_id = l.entitlement_id
              and c.person_id = l.payee_id and c.from_month <= l.month and (c.end_month is null or c.end_month >= l.month))`,
  },
  {
    code: "account-unchanged",
    words: ["原因"],
    sql: `select l.id as line_id, ${said({ 原因: "coalesce(o.fail_reason, '原因未写')" })}
          from line l join roster_line o on o.county_code = l.county_code and o.id = l.reissue_of
          where l.account_digest = o.account_digest and o.fail_reason is not null`,
  },
  // ── asked after the payment ──
  {
    code: "overpaid",
    words: ["月份", "已付", "应发"],
    // By month and entitlement; told at the line of the roster under test that was paid last.
    sql: `select p.line_id, ${said({ 月份: "p.month", 已付: YUAN("p.fen"), 应发: YUAN("coalesce(o.fen, 0)") })}
          from (
            select l.entitlement_id, l.month, sum(x.amount_fen + x.deducted_fen)::bigint as fen,
              (array_agg(distinct l.id))[1] as line_id
            from (select distinct on (entitlement_id, month) entitlement_id, month, id from line
                  order by entitlement_id, month, id) l
            join roster_line x on x.county_code = app_county() and x.entitlement_id = l.entitlement_id
              and x.month = l.month and x.live and x.state = 'paid'
            group by l.entitlement_id, l.month) p
          left join (
            select w.month, d.entitlement_id, sum(d.amount_fen)::bigint as fen
            from (select distinct month from line) w cross join lateral entitlement_owed(w.month) d
            group by w.month, d.entitlement_id) o on o.month = p.month and o.entitlement_id = p.entitlement_id
          left join (
            select m.month, m.entitlement_id, sum(m.amount_fen)::bigint as fen from recovery_month m
            where m.county_code = app_county() group by m.month, m.entitlement_id) r
            on r.month = p.month and r.entitlement_id = p.entitlement_id
          where p.fen > coalesce(o.fen, 0) + coalesce(r.fen, 0)`,
  },
  {
    code: "two-benefits",
    words: ["人", "另一项"],
    // By the pairs as they are today: what a roster may pay was decided by those of its own day.
    sql: `select l.id as line_id, ${said({ 人: "string_agg(distinct p.name, '、')", 另一项: "string_agg(distinct t.title, '、')" })}
          from given g
          cross join lateral jsonb_to_recordset(g.limits -> 'pairs') t (one text, other text, title text)
          join line l on l.item = t.one
          join entitlement_person c on c.county_code = l.county_code and c.entitlement_id = l.entitlement_id
            and c.from_month <= l.month and (c.end_month is null or c.end_month >= l.month)
          join person p on p.county_code = c.county_code and p.id = c.person_id
          join entitlement_person d on d.county_code = l.county_code and d.person_id = c.person_id
            and d.entitlement_id <> l.entitlement_id and d.from_month <= l.month
            and (d.end_month is null or d.end_month >= l.month)
          join roster_line y on y.county_code = l.county_code and y.entitlement_id = d.entitlement_id
            and y.month = l.month and y.item = t.other and y.live and y.state = 'paid'
          group by l.id`,
  },
  {
    code: "listed",
    words: ["人", "命中"],
    // Whoever is on a list since a day before the month that was paid.
    sql: `select l.id as line_id, ${said({ 人: "string_agg(distinct p.name, '、')", 命中: "string_agg(distinct k.text || '（' || k.since || '）', '、')" })}
          from given g
          cross join lateral jsonb_to_recordset(g.limits -> 'listed') k ("personId" uuid, text text, since text)
          join entitlement_person c on c.county_code = app_county() and c.person_id = k."personId"
          join person p on p.county_code = c.county_code and p.id = c.person_id
          join line l on l.entitlement_id = c.entitlement_id and c.from_month <= l.month
            and (c.end_month is null or c.end_month >= l.month)
          where left(k.since, 7) < l.month
          group by l.id`,
  },
];

const checks = new Map(FLAG_CHECKS.map((c) => [c.code, c]));
export const flagCheck = (code: string): FlagCheck | undefined => checks.get(code);

/** @throws DomainError("bad-declaration") where the data asks for what no check can do, or would lift what protects people */
export function checkRedFlags(flags: readonly RedFlag[], whose: string): void {
  const faults = flags.flatMap((f) => {
    const at = `${whose}的预警规则 ${f.rule}（${f.since}）`;
    const check = checks.get(f.rule);
    if (!check) return [`${at}：没有这条规则，可用的有 ${[...checks.keys()].join("、")}。`];
    const strange = [...f.reason.matchAll(/\{(.*?)\}/g)].find(
      ([, word]) => !check.words.includes(word ?? ""),
    );
    const lacking = (check.limits ?? []).find((name) => f.limits[name] === undefined);
    const unknown = Object.keys(f.limits).find((name) => !check.limits?.includes(name));
    return [
      ...(strange
        ? [`${at}：说明里的 ${strange[0]} 不是它能填的，可用的有 ${check.words.join("、") || "（无）"}。`]
        : []),
      ...(lacking ? [`${at}：limits 缺 ${lacking}。`] : []),
      ...(unknown ? [`${at}：limits 里的 ${unknown} 用不上，请删去。`] : []),
      ...(check.mustBeMended && !(f.on && f.level === "block")
        ? [`${at}：这一条保护受助人和资金，不能关闭，也不能改成提醒。`]
        : []),
    ];
  });
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
}
