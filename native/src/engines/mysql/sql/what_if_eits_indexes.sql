-- The same of its indexes. Source: "mysql.index_stats Table", MariaDB documentation.
INSERT IGNORE INTO mysql.index_stats (db_name, table_name, index_name, prefix_arity, avg_frequency)
SELECT ?, table_name, index_name, prefix_arity, avg_frequency FROM mysql.index_stats WHERE db_name = ? AND table_name = ?
