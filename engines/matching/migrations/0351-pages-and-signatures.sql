-- How the other side is asked and what it answers: pages of JSON, a signed request. Null: a whole file, the secret in a header.
alter table feed_connector add column protocol jsonb check (jsonb_typeof(protocol) = 'object');
grant update (protocol) on feed_connector to wuxin_app;
