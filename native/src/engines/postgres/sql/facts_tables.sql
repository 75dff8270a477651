-- Tables of this database but the system's, those of extensions, and partitions, for the rules of advise/catalogue (manual, "pg_class", "pg_depend"); a word is reserved when a plain name has to be quoted. $1 names that come first, an array; $2 limit.
SELECT c.oid, n.nspname, c.relname,
       c.relname ~ '^[a-z_][a-z0-9_]*$' AND pg_catalog.quote_ident(c.relname) <> c.relname AS reserved, c.relpersistence <> 'u' AS logged,
       CASE WHEN c.reltuples >= 0 AND c.relkind = 'r' THEN c.reltuples::bigint END AS rows,
       floor(extract(epoch FROM now() - coalesce(d.stats_reset, pg_catalog.pg_postmaster_start_time())) / 86400) AS counted_days
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_stat_database d ON d.datname = pg_catalog.current_database()
WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND NOT c.relispartition
  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY c.relname = ANY ($1::text[]) DESC, n.nspname, c.relname
LIMIT $2::int
