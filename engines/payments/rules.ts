/**
 * Red flags as data. A rule is a select over `line l` (the lines under test) and `given g`, giving line_id and a
 * reason in Chinese. `block` lines are held when the roster is made; `mustBeMended` ones cannot be released by giving
 * a reason while the fault is still there. `double` is found by the slots themselves (slots.ts).
 */
export interface FlagRule {
  readonly code: string;
  readonly label: string;
  readonly severity: "block" | "warn";
  /** Set: what to do before the line can be released. */
  readonly mustBeMended?: string;
  readonly sql?: string;
}

/** Found by the slots, not by a select. */
export const DOUBLE = "double";

const YUAN = (sql: string) => `trim(to_char((${sql}) / 100.0, 'FM999999999990.00'))`;

export const FLAG_RULES: readonly FlagRule[] = [
  {
    code: "dead",
    label: "已死亡仍发放",
    severity: "block",
    mustBeMended: "死亡次月起不得发放；死亡信息有误的，请先更正死亡登记，确实死亡的请停发。",
    sql: `select l.id as line_id, string_agg(p.name || '（' || to_char(p.died_on, 'YYYY-MM-DD') || ' 死亡）', '、' order by p.id)
            || ' 死亡后仍列入 ' || min(l.month) || ' 名册' as reason
          from line l
          join lateral (
            select l.payee_id as person_id
            union select s.person_id from payment_slot s where s.county_code = l.county_code and s.line_id = l.origin_line_id
          ) w on true
          join person p on p.county_code = l.county_code and p.id = w.person_id
          where p.died_on is not null and to_char(p.died_on, 'YYYY-MM') < l.month
          group by l.id`,
  },
  {
    code: "payee-died",
    label: "领款人当月死亡",
    severity: "warn",
    sql: `select l.id as line_id, p.name || ' 于 ' || to_char(p.died_on, 'YYYY-MM-DD') || ' 死亡，账户可能已冻结' as reason
          from line l join person p on p.county_code = l.county_code and p.id = l.payee_id
          where p.died_on is not null and to_char(p.died_on, 'YYYY-MM') >= l.month`,
  },
  {
    code: DOUBLE,
    label: "重复领取同类待遇",
    severity: "block",
    mustBeMended: "同一人同一类待遇每月只能发一笔；请先暂缓或停发另一笔，再放行这一笔。",
  },
  {
    code: "over-standard",
    label: "超出合理上限",
    severity: "block",
    sql: `select l.id as line_id, '每人每月 ' || ${YUAN("l.amount_fen / greatest(l.persons, 1)")} || ' 元，超出上限 '
            || ${YUAN("(g.maxima ->> l.item)::bigint")} || ' 元' as reason
          from line l, given g
          where l.amount_fen > (g.maxima ->> l.item)::bigint * greatest(l.persons, 1)`,
  },
  {
    code: "nobody-covered",
    label: "没有保障对象",
    severity: "block",
    mustBeMended: "这项待遇当月没有保障任何人，请先在待遇中核对保障对象。",
    sql: "select l.id as line_id, '当月没有登记保障对象' as reason from line l where l.persons = 0",
  },
  {
    code: "no-account",
    label: "没有收款账户",
    severity: "block",
    mustBeMended: "请先为领款人登记收款账户，再放行。",
    sql: "select l.id as line_id, '领款人没有登记收款账户' as reason from line l where l.account_digest is null",
  },
  {
    code: "review-stop",
    label: "复核建议停发",
    severity: "block",
    sql: `select l.id as line_id, min(to_char(v.done_on, 'YYYY-MM-DD')) || ' 复核建议停发，尚未作出决定' as reason
          from line l
          join entitlement_review v on v.county_code = l.county_code and v.entitlement_id = l.entitlement_id
          where v.pending and v.result = 'stop' and l.change <> 'reissue'
          group by l.id`,
  },
  {
    code: "shared-account",
    label: "多人共用一个账户",
    severity: "warn",
    // By windows, not by a join with itself: of a roster made a moment ago the planner has no statistics.
    sql: `select s.id as line_id, '该账户同时收 ' || s.payees || ' 人的款' as reason
          from given g, (
            select x.id, dense_rank() over (partition by x.account_digest order by x.payee_id)
                + dense_rank() over (partition by x.account_digest order by x.payee_id desc) - 1 as payees
            from roster_line x
            where x.county_code = app_county() and x.roster_id = (select roster_id from given)
              and x.account_digest is not null and x.change <> 'stopped') s
          where s.payees > 1 and (g.line_ids is null or s.id = any(g.line_ids))`,
  },
  {
    code: "holder-differs",
    label: "户名与领款人不符",
    severity: "warn",
    sql: `select l.id as line_id, '领款人 ' || l.payee_name || '，账户户名 ' || l.holder_name as reason
          from line l where l.holder_name <> l.payee_name`,
  },
  {
    code: "jump",
    label: "金额突变",
    severity: "warn",
    sql: `select l.id as line_id, '上月 ' || ${YUAN("l.previous_fen")} || ' 元，本月 ' || ${YUAN("l.amount_fen")} || ' 元' as reason
          from line l
          where l.change = 'changed' and l.previous_fen > 0 and abs(l.amount_fen - l.previous_fen) * 2 > l.previous_fen`,
  },
  {
    code: "relative",
    label: "近亲属备案",
    severity: "warn",
    sql: `select l.id as line_id, min('与 ' || f.unit || ' ' || f.staff_name || ' 是' || f.relation || '关系') as reason
          from line l join relative_filing f on f.county_code = l.county_code and f.case_id = l.case_id
          group by l.id`,
  },
  {
    code: "review-overdue",
    label: "复核逾期",
    severity: "warn",
    sql: `select l.id as line_id, min(v.label || '应于 ' || to_char(v.due_on, 'YYYY-MM-DD') || ' 前完成') as reason
          from line l
          join entitlement_review v on v.county_code = l.county_code and v.entitlement_id = l.entitlement_id
          cross join given g
          where v.done_on is null and v.due_on < g.today
          group by l.id`,
  },
  {
    code: "review-recheck",
    label: "复核要求重新核查",
    severity: "warn",
    sql: `select l.id as line_id, min(to_char(v.done_on, 'YYYY-MM-DD')) || ' 复核要求重新核查，尚未作出决定' as reason
          from line l
          join entitlement_review v on v.county_code = l.county_code and v.entitlement_id = l.entitlement_id
          where v.pending and v.result = 'recheck' and l.change <> 'reissue'
          group by l.id`,
  },
  {
    code: "payee-not-covered",
    label: "领款人不是保障对象",
    severity: "warn",
    sql: `select l.id as line_id, '领款人 ' || l.payee_name || ' 不在当月保障对象中' as reason
          from line l
          where l.persons > 0 and not exists (
            select from entitlement_person c where c.county_code = l.county_code and c.entitlement_id = l.entitlement_id
              and c.person_id = l.payee_id and c.from_month <= l.month and (c.end_month is null or c.end_month >= l.month))`,
  },
  {
    code: "account-unchanged",
    label: "失败后账户没有更正",
    severity: "warn",
    sql: `select l.id as line_id, '上次失败：' || coalesce(o.fail_reason, '原因未写') || '；账户没有更正' as reason
          from line l join roster_line o on o.county_code = l.county_code and o.id = l.reissue_of
          where l.account_digest = o.account_digest and o.fail_reason is not null`,
  },
];

export const flagRule = (code: string): FlagRule | undefined => FLAG_RULES.find((r) => r.code === code);
