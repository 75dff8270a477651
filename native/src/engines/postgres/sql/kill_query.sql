-- Cancels the statement of $1 (manual, "Server Signaling Functions"). False when it is gone.
SELECT pg_catalog.pg_cancel_backend(pid) FROM pg_catalog.pg_stat_activity WHERE pid = $1::int
