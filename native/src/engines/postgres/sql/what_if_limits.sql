-- Until the transaction ends: nobody is kept waiting long by an index that is only tried (manual, "lock_timeout", "statement_timeout").
SELECT pg_catalog.set_config('lock_timeout', '2s', true), pg_catalog.set_config('statement_timeout', '30s', true)
