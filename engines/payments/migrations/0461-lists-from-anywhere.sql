-- Long lists are read on from a row, in an order that an index has.

-- What is rare on a roster is found without reading the rest of it: a kind of change never alters, and a reason is written
-- only where a line is held or failed. None of these knows `state` (decision 14).
create index roster_line_rare_change on roster_line (county_code, roster_id, change, seq)
  where change not in ('same', 'new');
create index roster_line_held on roster_line (county_code, roster_id, seq) where hold_reason is not null;
drop index roster_line_failed;
create index roster_line_failed on roster_line (county_code, roster_id, seq) where fail_reason is not null;

-- What waits for a decision first, then what is being asked back; of each the latest first.
create index recovery_in_order on recovery (county_code,
  (case state when 'proposed' then 4 when 'confirmed' then 3 when 'settled' then 2 else 1 end), opened_at, id);
