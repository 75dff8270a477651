-- Engine-independent statistics of a table for its copy. Source: "mysql.table_stats Table", MariaDB documentation.
INSERT IGNORE INTO mysql.table_stats (db_name, table_name, cardinality)
SELECT ?, table_name, ROUND(cardinality * ?) FROM mysql.table_stats WHERE db_name = ? AND table_name = ?
