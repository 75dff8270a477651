-- Distinct values of the first columns of an index, for the optimizer. Source: "Configuring Persistent Optimizer Statistics Parameters", MySQL 9 manual.
UPDATE mysql.innodb_index_stats SET stat_value = ?
WHERE database_name = ? AND table_name = ? AND index_name = ? AND stat_name = ?
