-- The same of their indexes; sample_size is no number of rows and stays. Source: "Configuring Persistent Optimizer Statistics Parameters", MySQL 9 manual.
UPDATE mysql.innodb_index_stats ours
JOIN mysql.innodb_index_stats theirs
  ON theirs.database_name = ? AND theirs.table_name = ours.table_name
    AND theirs.index_name = ours.index_name AND theirs.stat_name = ours.stat_name
SET ours.stat_value = IF(theirs.stat_value = 0, 0, GREATEST(1, ROUND(theirs.stat_value * ?)))
WHERE ours.database_name = ? AND ours.stat_name <> ? AND (ours.table_name = ? OR ours.table_name LIKE ? ESCAPE '|')
