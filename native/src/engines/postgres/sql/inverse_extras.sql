-- Statements that bring back what an object's definition does not say: comment, owner, privileges, state of a sequence (manual, "aclexplode"). $1 type of the object, $2 oid.
WITH object AS (
  SELECT upper($1) AS type, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, c.relowner AS owner,
         CASE WHEN c.relkind IN ('v', 'm', 'S') THEN c.relacl END AS acl, CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS acl_type,
         pg_catalog.obj_description(c.oid, 'pg_class') AS comment, c.relkind <> 'i' AND c.relkind <> 'I' AS owned
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.oid = $2::oid AND $1 IN ('view', 'materialized view', 'index', 'sequence')
  UNION ALL
  SELECT upper($1), pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)), p.proowner,
         p.proacl, upper($1), pg_catalog.obj_description(p.oid, 'pg_proc'), true
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  WHERE p.oid = $2::oid AND $1 IN ('function', 'procedure'))
SELECT pg_catalog.format('SELECT pg_catalog.setval(%L, %s, true);', pg_catalog.format('%I.%I', s.schemaname, s.sequencename), s.last_value) AS statement
FROM pg_catalog.pg_sequences s
WHERE $1 = 'sequence' AND s.last_value IS NOT NULL
  AND pg_catalog.to_regclass(pg_catalog.format('%I.%I', s.schemaname, s.sequencename)) = $2::oid
UNION ALL
SELECT pg_catalog.format('COMMENT ON %s %s IS %L;', type, name, comment) FROM object WHERE comment IS NOT NULL
UNION ALL
SELECT pg_catalog.format('ALTER %s %s OWNER TO %s;', type, name, owner::regrole) FROM object
WHERE owned AND owner <> current_user::regrole
UNION ALL
SELECT pg_catalog.format('REVOKE ALL ON %s %s FROM PUBLIC;', acl_type, name) FROM object
WHERE acl_type IN ('FUNCTION', 'PROCEDURE') AND acl IS NOT NULL
  AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(acl) a WHERE a.grantee = 0)
UNION ALL
(SELECT pg_catalog.format('GRANT %s ON %s %s TO %s%s;', string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type), acl_type, name,
                          CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,
                          CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
 FROM object, pg_catalog.aclexplode(acl) a
 WHERE a.grantee <> owner
 GROUP BY acl_type, name, a.grantee, a.is_grantable ORDER BY a.grantee)
