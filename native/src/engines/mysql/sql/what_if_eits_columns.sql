-- The same of its columns. Source: "mysql.column_stats Table", MariaDB documentation.
INSERT IGNORE INTO mysql.column_stats
  (db_name, table_name, column_name, min_value, max_value, nulls_ratio, avg_length, avg_frequency, hist_size, hist_type, histogram)
SELECT ?, table_name, column_name, min_value, max_value, nulls_ratio, avg_length, avg_frequency, hist_size, hist_type, histogram
FROM mysql.column_stats WHERE db_name = ? AND table_name = ?
