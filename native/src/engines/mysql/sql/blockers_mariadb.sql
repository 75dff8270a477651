-- Who waits for whose row locks. Source: "Information Schema INNODB_LOCK_WAITS Table", MariaDB documentation.
SELECT r.trx_mysql_thread_id, b.trx_mysql_thread_id, 'row lock'
FROM information_schema.INNODB_LOCK_WAITS w
JOIN information_schema.INNODB_TRX r ON r.trx_id = w.requesting_trx_id
JOIN information_schema.INNODB_TRX b ON b.trx_id = w.blocking_trx_id
