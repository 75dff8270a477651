-- The statement that makes a view, or a materialized view with its indexes (manual, "pg_get_viewdef"). $1 schema, $2 view.
WITH relation AS (
  SELECT c.*, pg_catalog.format('%I.%I', n.nspname, c.relname) AS full_name
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1::name AND c.relname = $2::name AND c.relkind IN ('v', 'm'))
SELECT CASE relkind WHEN 'v' THEN 'CREATE OR REPLACE VIEW ' ELSE 'CREATE MATERIALIZED VIEW ' END || full_name
       || coalesce(' WITH (' || array_to_string(reloptions, ', ') || ')', '')
       || E' AS\n' || pg_catalog.pg_get_viewdef(oid) AS statement
FROM relation
UNION ALL
(SELECT pg_catalog.pg_get_indexdef(i.indexrelid) || ';'
 FROM relation r JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
 ORDER BY i.indexrelid)
