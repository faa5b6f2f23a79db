-- Which amounts were recorded after a roster was made: rows come in the order of time, so a coarse index finds them.
create index entitlement_amount_recorded on entitlement_amount using brin (recorded_at) with (pages_per_range = 32);
