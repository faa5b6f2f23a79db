-- What indicators count. Each view is read as its caller (security_invoker), so row-level security of the tables below
-- it decides which rows a township's figure is made of. Months are text 'YYYY-MM'; the columns that conditions may name
-- are listed in ledgers.ts and in the README.

-- In force from from_month, until the next amount (until_month, exclusive) or for good; gone_month is the last month
-- owed. Two kinds of row: the entitlement itself (n = 1), once per amount, and each person it covers (persons = 1).
create view indicator_entitlement with (security_invoker = true) as
  select e.county_code, e.id as entitlement_id, e.applicant_id as person_id, e.item, e.area_class, e.division_code,
         e.from_month::text as start_month, e.end_month::text as end_month,
         greatest(a.from_month, e.from_month)::text as from_month, a.until_month::text as until_month,
         e.end_month::text as gone_month, a.amount_fen, 1 as n, 0 as persons
    from entitlement e
    join (select x.county_code, x.entitlement_id, x.from_month, x.amount_fen,
                 lag(x.from_month) over (partition by x.county_code, x.entitlement_id order by x.from_month desc, x.seq desc) as until_month
            from entitlement_amount x) a
      on a.county_code = e.county_code and a.entitlement_id = e.id
   where a.amount_fen > 0
  union all
  select e.county_code, e.id, p.person_id, e.item, e.area_class, e.division_code,
         e.from_month::text, e.end_month::text,
         greatest(p.from_month, e.from_month)::text, null::text,
         least(p.end_month, e.end_month)::text, null::bigint, 0, 1
    from entitlement e
    join entitlement_person p on p.county_code = e.county_code and p.entitlement_id = e.id;

-- One row per sum of money owed, however often it had to be sent: a failure that was paid again is one payment, paid,
-- that once failed. Lines of discarded rosters and lines that only tell of a stop are no payments.
create view indicator_payment with (security_invoker = true) as
  select o.county_code, o.id as line_id, o.roster_id, o.entitlement_id, o.payee_id as person_id, o.item, e.area_class,
         o.division_code, o.month::text as month, o.change, o.persons,
         coalesce(x.amount_fen, o.amount_fen) as amount_fen,
         coalesce(x.state, o.state) as state,
         coalesce(x.settled_on, o.settled_on) as settled_on,
         o.state as first_state
    from roster_line o
    left join entitlement e on e.county_code = o.county_code and e.id = o.entitlement_id
    left join roster_line x on x.county_code = o.county_code and x.origin_line_id = o.id
          and x.reissue_of is not null and x.live and x.state <> 'reissued'
   where o.live and o.reissue_of is null and o.change <> 'stopped';

create view indicator_review with (security_invoker = true) as
  select v.county_code, v.id as review_id, v.entitlement_id, e.applicant_id as person_id, e.item, e.area_class,
         e.division_code, v.kind, v.label, v.due_on, v.done_on, v.result,
         to_char(v.due_on, 'YYYY-MM') as due_month, to_char(v.done_on, 'YYYY-MM') as done_month
    from entitlement_review v
    join entitlement e on e.county_code = v.county_code and e.id = v.entitlement_id;

create view indicator_flag with (security_invoker = true) as
  select f.county_code, f.line_id, f.roster_id, l.payee_id as person_id, l.item, e.area_class, l.division_code,
         l.month::text as month, f.rule, f.severity, f.reason, f.answer is not null as answered
    from roster_flag f
    join roster_line l on l.county_code = f.county_code and l.id = f.line_id
    left join entitlement e on e.county_code = l.county_code and e.id = l.entitlement_id
   where l.live;

-- decided_*: the first decision, which answers the application; what is decided later of the same case is its upkeep.
-- late: a 'total' clock stopped after its day; running_due_on: the day of one that still runs.
create view indicator_case with (security_invoker = true) as
  select f.county_code, f.id as case_id, f.number, f.applicant_id as person_id, f.item, f.area_class, f.division_code,
         f.channel, f.relative, f.state, f.submitted_on, to_char(f.submitted_on, 'YYYY-MM') as submitted_month,
         d.decided_on, to_char(d.decided_on, 'YYYY-MM') as decided_month, d.kind as decision,
         coalesce(k.late, false) as late, k.running_due_on
    from case_file f
    left join (select distinct on (x.county_code, x.case_id) x.county_code, x.case_id, x.decided_on, x.kind
                 from case_decision x order by x.county_code, x.case_id, x.seq) d
           on d.county_code = f.county_code and d.case_id = f.id
    left join (select c.county_code, c.case_id, bool_or(c.stopped_on > c.due_on) as late,
                      min(c.due_on) filter (where c.stopped_on is null) as running_due_on
                 from case_clock c where c.key = 'total' group by c.county_code, c.case_id) k
           on k.county_code = f.county_code and k.case_id = f.id;

grant select on indicator_entitlement, indicator_payment, indicator_review, indicator_flag, indicator_case to wuxin_app;
