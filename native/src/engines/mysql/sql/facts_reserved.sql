-- Words that cannot be names without quotes; MariaDB has the words alone and does not say which. Source: "The INFORMATION_SCHEMA KEYWORDS Table", MySQL 9 manual.
SELECT WORD FROM information_schema.KEYWORDS WHERE RESERVED = 1
