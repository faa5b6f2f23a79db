-- What three people sign covers every money field of the lines from form 2 on: also what was paid last month, what is
-- kept back, which difference of a month it is, and what it pays again. A roster that was made before keeps its form,
-- so that its signatures can still be proved.
alter table roster add column digest_form smallint not null default 1 check (digest_form in (1, 2));
alter table roster alter column digest_form set default 2;
grant update (digest_form) on roster to wuxin_app;
