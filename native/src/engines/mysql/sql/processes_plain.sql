-- Sessions, when the account may not read the performance schema or the server has none. Source: "The INFORMATION_SCHEMA PROCESSLIST Table", MySQL 9 manual.
SELECT ID, USER, HOST, DB, COMMAND, TIME, STATE, LEFT(INFO, 10000), NULL, NULL
FROM information_schema.PROCESSLIST
