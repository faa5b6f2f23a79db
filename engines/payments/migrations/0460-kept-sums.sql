-- What the lines of a roster and its money trail come to is kept as rows, by triggers, in the transaction that changes it:
-- whoever asks adds up some dozens of sums, not a million lines. `prove` adds the lines up again and compares (decision 64).

create table roster_sum (
  county_code text not null,
  roster_id uuid not null,
  item text not null,
  month month_text not null,
  change text not null,
  state text not null,
  included boolean not null,
  lines integer not null,
  persons integer not null,
  amount_fen bigint not null,
  deducted_fen bigint not null,
  previous_fen bigint not null,
  primary key (county_code, roster_id, item, month, change, state, included)
);
create table payment_event_sum (
  county_code text not null,
  roster_id uuid not null,
  item text not null,
  month month_text not null,
  kind text not null,
  events integer not null,
  amount_fen bigint not null,
  primary key (county_code, roster_id, item, month, kind)
);

-- They run as the owner: the application only reads sums. In the order of the key, so that two never wait for each other.
create function roster_line_sum_added() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  insert into roster_sum as s
  select a.county_code, a.roster_id, a.item, a.month, a.change, a.state, a.included, count(*), sum(a.persons),
    sum(a.amount_fen), sum(a.deducted_fen), sum(coalesce(a.previous_fen, 0))
  from added a group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
  on conflict (county_code, roster_id, item, month, change, state, included) do update set
    lines = s.lines + excluded.lines, persons = s.persons + excluded.persons,
    amount_fen = s.amount_fen + excluded.amount_fen, deducted_fen = s.deducted_fen + excluded.deducted_fen,
    previous_fen = s.previous_fen + excluded.previous_fen;
  return null;
end $$;
create trigger roster_line_sum_added after insert on roster_line
  referencing new table as added for each statement execute function roster_line_sum_added();

create function roster_line_sum_moved() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  insert into roster_sum as s
  select c.county_code, c.roster_id, c.item, c.month, c.change, c.state, c.included, sum(c.n), sum(c.n * c.persons),
    sum(c.n * c.amount_fen), sum(c.n * c.deducted_fen), sum(c.n * coalesce(c.previous_fen, 0))
  from (
    select 1 as n, county_code, roster_id, item, month, change, state, included, persons, amount_fen, deducted_fen,
      previous_fen from becomes
    union all
    select -1, county_code, roster_id, item, month, change, state, included, persons, amount_fen, deducted_fen,
      previous_fen from was) c
  group by 1, 2, 3, 4, 5, 6, 7
  having (sum(c.n), sum(c.n * c.persons), sum(c.n * c.amount_fen), sum(c.n * c.deducted_fen),
    sum(c.n * coalesce(c.previous_fen, 0))) <> (0, 0, 0, 0, 0)
  order by 1, 2, 3, 4, 5, 6, 7
  on conflict (county_code, roster_id, item, month, change, state, included) do update set
    lines = s.lines + excluded.lines, persons = s.persons + excluded.persons,
    amount_fen = s.amount_fen + excluded.amount_fen, deducted_fen = s.deducted_fen + excluded.deducted_fen,
    previous_fen = s.previous_fen + excluded.previous_fen;
  return null;
end $$;
create trigger roster_line_sum_moved after update on roster_line
  referencing old table as was new table as becomes for each statement execute function roster_line_sum_moved();

-- The same join says whether every event has its line and which benefit it is of.
drop trigger payment_event_belongs on payment_event;
drop function payment_event_belongs();
create function payment_event_counted() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare c record;
begin
  -- `execute`: planned for the number of rows at hand, one or a million.
  for c in execute 'select v.county_code, v.roster_id, l.item, v.month, v.kind, count(*) as events,
      sum(v.amount_fen) as amount_fen
    from added v left join roster_line l on l.county_code = v.county_code and l.id = v.line_id
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5'
  loop
    if c.item is null then raise exception 'an event of no line' using errcode = '23503';
    end if;
    insert into payment_event_sum as s
    values (c.county_code, c.roster_id, c.item, c.month, c.kind, c.events, c.amount_fen)
    on conflict (county_code, roster_id, item, month, kind) do update set
      events = s.events + excluded.events, amount_fen = s.amount_fen + excluded.amount_fen;
  end loop;
  return null;
end $$;
create trigger payment_event_counted after insert on payment_event
  referencing new table as added for each statement execute function payment_event_counted();
-- Nobody is granted to change an event. Whoever does it all the same is seen on the page, not only by `verify`.
create function payment_event_altered() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  update payment_event_sum s set amount_fen = s.amount_fen + c.fen
  from (select county_code, roster_id, month, kind, sum(fen) as fen from (
          select county_code, roster_id, month, kind, amount_fen as fen from becomes
          union all select county_code, roster_id, month, kind, -amount_fen from was) x group by 1, 2, 3, 4) c
  where (s.county_code, s.roster_id, s.month, s.kind) = (c.county_code, c.roster_id, c.month, c.kind)
    and s.item = (select min(item) from payment_event_sum i
      where (i.county_code, i.roster_id, i.month, i.kind) = (s.county_code, s.roster_id, s.month, s.kind));
  return null;
end $$;
create trigger payment_event_altered after update on payment_event
  referencing old table as was new table as becomes for each statement execute function payment_event_altered();

-- ── the digest in chunks ─────────────────────────────────────────────────────────────────────────────────────────
-- A roster's digest is made of the digests of its lines by the thousand: kept, a line that is held or released in a draft
-- has its own thousand read again, not the roster. What is signed is the digest of the whole, of the same form as before.
create table roster_chunk (
  county_code text not null,
  roster_id uuid not null,
  no integer not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (county_code, roster_id, no)
);

-- ── what there is already ────────────────────────────────────────────────────────────────────────────────────────
-- Of all counties at once: the owner is bound by no county for this moment.
alter table roster_line no force row level security;
alter table payment_event no force row level security;
insert into roster_sum
select county_code, roster_id, item, month, change, state, included, count(*), sum(persons), sum(amount_fen),
  sum(deducted_fen), sum(coalesce(previous_fen, 0))
from roster_line group by 1, 2, 3, 4, 5, 6, 7;
insert into payment_event_sum
select v.county_code, v.roster_id, l.item, v.month, v.kind, count(*), sum(v.amount_fen)
from payment_event v join roster_line l on l.county_code = v.county_code and l.id = v.line_id group by 1, 2, 3, 4, 5;
alter table roster_line force row level security;
alter table payment_event force row level security;

-- ── who sees ─────────────────────────────────────────────────────────────────────────────────────────────────────
do $$
declare t text;
begin
  foreach t in array array['roster_sum', 'payment_event_sum', 'roster_chunk'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I using (county_code = app_county() and (select in_scope(app_county())))',
      t || '_of_county', t);
  end loop;
end $$;
-- The triggers write, whoever changed a line.
create policy roster_sum_of_owner on roster_sum to wuxin_owner using (true);
create policy payment_event_sum_of_owner on payment_event_sum to wuxin_owner using (true);
grant select on roster_sum, payment_event_sum to wuxin_app;
grant select, insert on roster_chunk to wuxin_app;
grant update (digest) on roster_chunk to wuxin_app;
