-- Functions by name, as far as they may do what a rollback does not take back (manual, "pg_proc", "Function Volatility Categories", "System Administration Functions"): `effect` is known to, `opaque` cannot be looked into, `code` can. Aggregates are what their support functions are (manual, "pg_aggregate"). $1 names as a JSON array.
WITH named AS (
  SELECT p.oid FROM pg_catalog.pg_proc p WHERE p.proname IN (SELECT n FROM pg_catalog.jsonb_array_elements_text($1::jsonb) n)),
asked AS (
  SELECT oid FROM named
  UNION SELECT support.oid FROM named JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = named.oid AND named.oid >= 16384
  CROSS JOIN LATERAL (VALUES (a.aggtransfn), (a.aggfinalfn), (a.aggcombinefn), (a.aggserialfn), (a.aggdeserialfn),
    (a.aggmtransfn), (a.aggminvtransfn), (a.aggmfinalfn)) support(oid))
SELECT p.oid, p.oid::regprocedure::text AS name,
       CASE WHEN p.oid < 16384 THEN 'effect' WHEN l.lanname IN ('sql', 'plpgsql') THEN 'code' ELSE 'opaque' END AS kind,
       CASE WHEN l.lanname IN ('sql', 'plpgsql') THEN coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc) END AS text
FROM asked JOIN pg_catalog.pg_proc p ON p.oid = asked.oid JOIN pg_catalog.pg_language l ON l.oid = p.prolang
WHERE CASE
    -- Oids below are those of the server's own functions (manual, "System Catalog Initial Data").
    WHEN p.oid < 16384 THEN p.provolatile = 'v' AND (
      p.proname IN ('nextval', 'setval', 'lo_export', 'lo_import', 'pg_terminate_backend', 'pg_cancel_backend',
        'pg_reload_conf', 'pg_rotate_logfile', 'pg_rotate_logfile_old', 'pg_switch_wal', 'pg_create_restore_point', 'pg_promote',
        'pg_backup_start', 'pg_backup_stop', 'pg_start_backup', 'pg_stop_backup', 'pg_logical_emit_message',
        'pg_log_backend_memory_contexts', 'pg_advisory_lock', 'pg_advisory_lock_shared', 'pg_try_advisory_lock',
        'pg_try_advisory_lock_shared', 'pg_advisory_unlock', 'pg_advisory_unlock_shared', 'pg_advisory_unlock_all',
        -- These run a statement that they are given as text.
        'query_to_xml', 'query_to_xml_and_xmlschema', 'ts_stat', 'ts_rewrite')
      OR p.proname LIKE ANY (ARRAY['pg\_wal\_replay\_%', 'pg\_%\_slot%', 'pg\_replication\_%', 'pg\_stat\_reset%', 'pg\_file\_%']))
    WHEN l.lanname IN ('sql', 'plpgsql') THEN true
    ELSE p.provolatile = 'v'
      AND NOT p.proname LIKE ANY (ARRAY['uuid\_generate\_%', 'gen\_random\_%', 'gen\_salt', 'pg\_stat\_statements', 'hypopg%']) END
