-- Why a phone was cut off, in the words of who did it. Of those cut off before, nobody was asked.

alter table field_device
  add column revoke_reason text check (length(revoke_reason) between 2 and 200),
  add check (revoke_reason is null or revoked_at is not null);
grant update (revoke_reason) on field_device to wuxin_app;
