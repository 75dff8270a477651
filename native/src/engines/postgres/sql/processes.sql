-- Sessions, active ones first (manual, "pg_stat_activity", "Session Information Functions").
-- pg_blocking_pids takes all lock manager locks for a moment, so it is asked only for who waits for a lock.
SELECT pid AS id, usename AS "user",
       CASE WHEN client_port = -1 THEN 'local' ELSE host(client_addr) || ':' || client_port END AS host,
       datname AS database, application_name AS application,
       coalesce(state, backend_type) AS state,
       state IN ('active', 'fastpath function call') AND backend_type <> 'walsender' AS active,
       backend_type AS command, left(query, 10000) AS sql,
       extract(epoch FROM clock_timestamp() - state_change)::numeric(20, 3) AS seconds,
       extract(epoch FROM clock_timestamp() - xact_start)::numeric(20, 3) AS transaction_seconds,
       wait_event_type || ': ' || wait_event AS wait,
       CASE WHEN wait_event_type = 'Lock' THEN array_to_string(pg_catalog.pg_blocking_pids(pid), ' ') ELSE '' END AS blocked_by,
       -- The helper has several sessions; they share name, role and address. Another helper of the same
       -- person on the same machine cannot be told apart.
       application_name = current_setting('application_name') AND usename = session_user
         AND client_addr IS NOT DISTINCT FROM pg_catalog.inet_client_addr() AS own,
       backend_start::text AS "backend start", xact_start::text AS "transaction start",
       query_start::text AS "query start", query_id::text AS "query id",
       backend_xid::text AS "xid", backend_xmin::text AS "xmin", leader_pid::text AS "parallel leader"
FROM pg_catalog.pg_stat_activity
ORDER BY active DESC NULLS LAST, seconds DESC NULLS LAST, pid
