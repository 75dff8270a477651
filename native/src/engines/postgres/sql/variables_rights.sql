-- Whether this role sees the settings that are for superusers only (manual, "Predefined Roles", pg_read_all_settings), and what GRANT calls it.
SELECT pg_catalog.pg_has_role('pg_read_all_settings', 'USAGE') AS sees_all, pg_catalog.quote_ident(current_user) AS role
