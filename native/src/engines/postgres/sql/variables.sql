-- Every setting that this role may see, with what may be asked of it (manual, "pg_settings"). Words of an enum are separated by line ends, which none of them holds.
SELECT name,
       setting,
       unit,
       boot_val,
       min_val,
       max_val,
       pg_catalog.array_to_string(enumvals, E'\n') AS choices,
       context,
       source,
       pending_restart,
       short_desc
FROM pg_catalog.pg_settings
