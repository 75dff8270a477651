-- Foreign keys of other tables that refer to one. Source: "The INFORMATION_SCHEMA REFERENTIAL_CONSTRAINTS Table", MySQL 9 manual.
-- MariaDB opens every table of every schema that the condition lets in; the tables of its own schemas refer to none of a user.
SELECT CONSTRAINT_NAME, TABLE_NAME, DELETE_RULE, UPDATE_RULE FROM information_schema.REFERENTIAL_CONSTRAINTS
WHERE UNIQUE_CONSTRAINT_SCHEMA = ? AND REFERENCED_TABLE_NAME = ?
  AND CONSTRAINT_SCHEMA NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')
ORDER BY TABLE_NAME, CONSTRAINT_NAME
