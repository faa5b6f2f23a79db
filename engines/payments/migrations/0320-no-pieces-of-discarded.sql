-- What was written of bank files of rosters that were discarded: they will never be sent.
delete from bank_file_piece p using bank_file_making m, roster r
 where m.county_code = p.county_code and m.id = p.file_id
   and r.county_code = m.county_code and r.id = m.roster_id and r.state = 'discarded'
   and not exists (select from bank_file f where f.county_code = p.county_code and f.id = p.file_id);
