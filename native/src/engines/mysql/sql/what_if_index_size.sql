-- Size of an index in bytes, of all its partitions. Source: "Configuring Persistent Optimizer Statistics Parameters", MySQL 9 manual.
SELECT SUM(stat_value) * @@innodb_page_size FROM mysql.innodb_index_stats
WHERE database_name = ? AND (table_name = ? OR table_name LIKE ? ESCAPE '|')
  AND index_name = ? AND stat_name = 'size'
