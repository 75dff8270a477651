-- Ends the session $1 (manual, "Server Signaling Functions"). False when it is gone.
SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE pid = $1::int
