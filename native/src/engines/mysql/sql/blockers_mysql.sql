-- Who waits for whom: row locks, and table locks as sys.schema_table_lock_waits finds them. Source: "The data_lock_waits Table" and "The metadata_locks Table", MySQL 9 manual.
SELECT r.PROCESSLIST_ID, b.PROCESSLIST_ID, 'row lock'
FROM performance_schema.data_lock_waits w
JOIN performance_schema.threads r ON r.THREAD_ID = w.REQUESTING_THREAD_ID
JOIN performance_schema.threads b ON b.THREAD_ID = w.BLOCKING_THREAD_ID
UNION
SELECT r.PROCESSLIST_ID, b.PROCESSLIST_ID, 'metadata lock'
FROM performance_schema.metadata_locks p
JOIN performance_schema.metadata_locks g ON g.OBJECT_TYPE = p.OBJECT_TYPE
  AND g.OBJECT_SCHEMA = p.OBJECT_SCHEMA AND g.OBJECT_NAME = p.OBJECT_NAME
  AND g.LOCK_STATUS = 'GRANTED' AND g.OWNER_THREAD_ID <> p.OWNER_THREAD_ID
JOIN performance_schema.threads r ON r.THREAD_ID = p.OWNER_THREAD_ID
JOIN performance_schema.threads b ON b.THREAD_ID = g.OWNER_THREAD_ID
WHERE p.LOCK_STATUS = 'PENDING' AND p.OBJECT_TYPE = 'TABLE'
