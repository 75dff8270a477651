-- What the optimizer has noted of the last statement. Source: "The INFORMATION_SCHEMA OPTIMIZER_TRACE Table", MySQL 9 and MariaDB manuals.
SELECT TRACE, MISSING_BYTES_BEYOND_MAX_MEM_SIZE, INSUFFICIENT_PRIVILEGES FROM information_schema.OPTIMIZER_TRACE LIMIT 1
