-- Names of the types that users and extensions made (manual, "pg_type"); array types come with their element.
SELECT oid, typarray, pg_catalog.format_type(oid, NULL) AS name
FROM pg_catalog.pg_type
WHERE oid >= 16384 -- FirstNormalObjectId: lower numbers are built in
  AND (typtype IN ('e', 'd', 'r', 'm') OR typtype = 'b' AND typcategory <> 'A')
LIMIT 10000
