-- versions: 14 15 16 17 18
-- set: plan_cache_mode = force_generic_plan
-- before: prepare find(timestamptz) as select count(*) from events where at >= $1 and at < $1 + interval '10 days'
-- twin: text
execute find('2025-04-03');
