-- What the processes of a running profile wait for, one row each (manual, "Additional Statistics Functions", "Wait Event Types"): half the price of the view on it. $1 process of the session.
SELECT coalesce(wait_event_type || ' / ' || wait_event, 'CPU') AS event
FROM pg_catalog.pg_stat_get_activity(NULL)
WHERE (pid = $1::int OR leader_pid = $1::int) AND state = 'active' AND query LIKE 'EXPLAIN (%'
