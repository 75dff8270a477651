-- Open InnoDB transactions and their age in seconds; needs the PROCESS privilege. Source: "The INFORMATION_SCHEMA INNODB_TRX Table", MySQL 9 manual.
SELECT trx_mysql_thread_id, TIMESTAMPDIFF(SECOND, trx_started, NOW()), trx_state,
  trx_rows_locked, trx_rows_modified, trx_isolation_level
FROM information_schema.INNODB_TRX
