-- versions: 16 17 18
-- analyze: no
-- options: GENERIC_PLAN, SETTINGS
-- twin: text
select * from orders where customer_id = $1 and placed_at > $2;
