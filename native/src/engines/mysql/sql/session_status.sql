-- Counters of this session. Source: "SHOW STATUS Statement" and "Server Status Variables", MySQL 9 and MariaDB manuals.
SHOW SESSION STATUS
