-- When the statistics of a table were taken, in UTC. Source: "Configuring Persistent Optimizer Statistics Parameters", MySQL 9 manual.
SELECT DATE_FORMAT(CONVERT_TZ(MIN(last_update), @@session.time_zone, '+00:00'), '%Y-%m-%dT%H:%i:%sZ')
FROM mysql.innodb_table_stats WHERE database_name = ? AND table_name = ?
