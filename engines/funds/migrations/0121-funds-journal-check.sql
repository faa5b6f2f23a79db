-- The check at commit runs for the journal and for each of its entries. How much was posted is counted once, when the
-- postings are added (fund_posting_whole); here it is enough that a journal of a roster posts something.
create or replace function fund_journal_check(p_county text, p_journal uuid) returns void language plpgsql as $$
declare
  j fund_journal; debit bigint; credit bigint;
begin
  select * into j from fund_journal x where x.county_code = p_county and x.id = p_journal;
  select coalesce(sum(e.debit_fen), 0), coalesce(sum(e.credit_fen), 0) into debit, credit
    from fund_entry e where e.county_code = p_county and e.journal_id = p_journal;
  if debit <> credit or debit <> j.amount_fen then
    raise exception 'journal %: debit %, credit %, amount %', p_journal, debit, credit, j.amount_fen using errcode = 'WX121';
  end if;
  if j.roster_id is not null and not exists (
    select from fund_posting p where p.county_code = p_county and p.journal_id = p_journal)
  then raise exception 'journal %: posts nothing', p_journal using errcode = 'WX121';
  end if;
end $$;
