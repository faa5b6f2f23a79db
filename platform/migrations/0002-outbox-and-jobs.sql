-- What happened, for other engines to hear (platform/outbox.ts). Written in the transaction of the event itself.
-- Payloads hold ids and codes, never names, numbers or accounts: they are not sealed.
create table outbox (
  county_code text not null default app_county(),
  id uuid not null,
  kind text not null,
  payload jsonb not null,
  account_id uuid default app_account(),
  created_at timestamptz not null default clock_timestamp(),
  state text not null default 'pending' check (state in ('pending', 'done', 'ignored', 'dead')),
  attempts int not null default 0,
  next_attempt_at timestamptz not null default clock_timestamp(),
  last_error text,
  handled_at timestamptz,
  primary key (county_code, id)
);
create index outbox_pending on outbox (county_code, next_attempt_at, created_at) where state = 'pending';
alter table outbox enable row level security;
alter table outbox force row level security;
create policy outbox_of_county on outbox using (county_code = app_county());
-- For the two functions below, which the owner runs; the application can never become the owner.
create policy outbox_for_owner on outbox for select to wuxin_owner using (true);
grant select, insert, update (state, attempts, next_attempt_at, last_error, handled_at) on outbox to wuxin_app;

-- The only thing seen across counties: their codes.
create function outbox_due_counties() returns setof text
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct county_code from outbox where state = 'pending' and next_attempt_at <= clock_timestamp();
end;
revoke all on function outbox_due_counties() from public;
grant execute on function outbox_due_counties() to wuxin_app;

-- Long work (platform/jobs.ts). A worker holds a job by a lease that it renews; when the lease has run out, the worker
-- is gone and another takes the job up from its checkpoint.
create table job (
  county_code text not null default app_county(),
  id uuid not null,
  kind text not null,
  input jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  done_count bigint not null default 0 check (done_count >= 0),
  total_count bigint check (total_count >= 0),
  checkpoint jsonb,
  report jsonb,
  error text,
  attempts int not null default 0,
  cancel_asked boolean not null default false,
  run_after timestamptz not null default clock_timestamp(),
  lease_until timestamptz,
  worker uuid,
  created_by uuid default app_account(),
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  primary key (county_code, id)
);
create index job_open on job (county_code, run_after) where state in ('queued', 'running');
alter table job enable row level security;
alter table job force row level security;
create policy job_of_county on job using (county_code = app_county());
create policy job_for_owner on job for select to wuxin_owner using (true);
grant select, insert,
  update (state, done_count, total_count, checkpoint, report, error, attempts, cancel_asked, run_after, lease_until, worker, ended_at)
  on job to wuxin_app;

create function job_due_counties() returns setof text
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct county_code from job
    where (state = 'queued' and run_after <= clock_timestamp()) or (state = 'running' and lease_until < clock_timestamp());
end;
revoke all on function job_due_counties() from public;
grant execute on function job_due_counties() to wuxin_app;
