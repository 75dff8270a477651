-- Gives tables of a scratch database the statistics of the tables that they copy, scaled. Source: "Configuring Persistent Optimizer Statistics Parameters", MySQL 9 manual.
UPDATE mysql.innodb_table_stats ours
JOIN mysql.innodb_table_stats theirs
  ON theirs.database_name = ? AND theirs.table_name = ours.table_name
SET ours.n_rows = ROUND(theirs.n_rows * ?),
  ours.clustered_index_size = GREATEST(1, ROUND(theirs.clustered_index_size * ?)),
  ours.sum_of_other_index_sizes = ROUND(theirs.sum_of_other_index_sizes * ?)
WHERE ours.database_name = ? AND (ours.table_name = ? OR ours.table_name LIKE ? ESCAPE '|')
