-- Who asked for a correction may take it back while nobody has answered; anything else is answered by somebody else.
alter table death_correction
  drop constraint death_correction_state_check,
  add constraint death_correction_state_check check (state in ('proposed', 'confirmed', 'refused', 'withdrawn')),
  drop constraint death_correction_two_people,
  add constraint death_correction_two_people check ((decided_by = asked_by) = (state = 'withdrawn'));
