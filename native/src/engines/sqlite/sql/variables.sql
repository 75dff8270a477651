-- Pragmas that can be read without a side effect, with what sqlite.org/pragma.html says of them: name, value as the pragma takes it, unit, default, words that it takes, where it is kept, whether a PRAGMA changes it, and what it is. Left out are those that tell of the moment (data_version) and those that say nothing here (busy_timeout: a session has a handler of its own).
SELECT 'analysis_limit', analysis_limit, 'rows', '0', '', 'connection', 'set',
       'How many rows of an index ANALYZE looks at; 0 means all.'
FROM pragma_analysis_limit
UNION ALL SELECT 'application_id', application_id, '', '0', '', 'file', 'set',
       'Which program the file belongs to.'
FROM pragma_application_id
UNION ALL SELECT 'auto_vacuum', CASE auto_vacuum WHEN 0 THEN 'NONE' WHEN 1 THEN 'FULL' ELSE 'INCREMENTAL' END, '', 'NONE', 'NONE FULL INCREMENTAL', 'file', 'fixed',
       'How free pages are given back. After the first table another value takes effect only with VACUUM.'
FROM pragma_auto_vacuum
UNION ALL SELECT 'automatic_index', iif(automatic_index, 'ON', 'OFF'), '', 'ON', 'OFF ON', 'connection', 'set',
       'Whether a query may build an index for itself.'
FROM pragma_automatic_index
UNION ALL SELECT 'cache_size', cache_size, iif(cache_size < 0, '', 'pages'), '-2000', '', 'connection', 'set',
       'Most that the page cache takes: pages, or KiB where it is negative.'
FROM pragma_cache_size
UNION ALL SELECT 'cache_spill', cache_spill, 'pages', '', '', 'connection', 'set',
       'How full the cache may be of changed pages before they go to the file within a transaction; 0 means never.'
FROM pragma_cache_spill
UNION ALL SELECT 'cell_size_check', iif(cell_size_check, 'ON', 'OFF'), '', 'OFF', 'OFF ON', 'connection', 'set',
       'Whether pages are looked through for damage when they are read.'
FROM pragma_cell_size_check
UNION ALL SELECT 'checkpoint_fullfsync', iif(checkpoint_fullfsync, 'ON', 'OFF'), '', 'OFF', 'OFF ON', 'connection', 'set',
       'Whether checkpoints use F_FULLFSYNC, where the system has it.'
FROM pragma_checkpoint_fullfsync
UNION ALL SELECT 'encoding', encoding, '', 'UTF-8', 'UTF-8 UTF-16le UTF-16be', 'file', 'fixed',
       'How texts are stored; chosen before the first table.'
FROM pragma_encoding
UNION ALL SELECT 'foreign_keys', iif(foreign_keys, 'ON', 'OFF'), '', 'OFF', 'OFF ON', 'connection', 'set',
       'Whether foreign keys are enforced on this connection.'
FROM pragma_foreign_keys
UNION ALL SELECT 'fullfsync', iif(fullfsync, 'ON', 'OFF'), '', 'OFF', 'OFF ON', 'connection', 'set',
       'Whether the system is told to empty the cache of the disk, where it can.'
FROM pragma_fullfsync
UNION ALL SELECT 'hard_heap_limit', hard_heap_limit, 'B', '0', '', 'connection', 'set',
       'Most memory of all connections of the program; 0 means no limit.'
FROM pragma_hard_heap_limit
UNION ALL SELECT 'ignore_check_constraints', iif(ignore_check_constraints, 'ON', 'OFF'), '', 'OFF', 'OFF ON', 'connection', 'set',
       'Whether CHECK constraints are left unchecked.'
FROM pragma_ignore_check_constraints
UNION ALL SELECT 'journal_mode', upper(journal_mode), '', 'DELETE', 'DELETE TRUNCATE PERSIST MEMORY WAL OFF', 'file', 'set',
       'How a transaction is kept until it is complete. Only WAL stays in the file.'
FROM pragma_journal_mode
UNION ALL SELECT 'journal_size_limit', journal_size_limit, 'B', '-1', '', 'connection', 'set',
       'Most that a journal keeps on disk when it is not in use; -1 means all.'
FROM pragma_journal_size_limit
UNION ALL SELECT 'legacy_alter_table', iif(legacy_alter_table, 'ON', 'OFF'), '', 'OFF', 'OFF ON', 'connection', 'set',
       'Whether ALTER TABLE RENAME leaves references in views and triggers as they are.'
FROM pragma_legacy_alter_table
UNION ALL SELECT 'locking_mode', upper(locking_mode), '', 'NORMAL', 'NORMAL EXCLUSIVE', 'connection', 'set',
       'Whether this connection keeps its lock on the file between transactions.'
FROM pragma_locking_mode
UNION ALL SELECT 'max_page_count', max_page_count, 'pages', '', '', 'connection', 'set',
       'Most that the file may grow to.'
FROM pragma_max_page_count
UNION ALL SELECT 'page_size', page_size, 'B', '4096', '512 1024 2048 4096 8192 16384 32768 65536', 'file', 'fixed',
       'Size of a page. Another one takes effect only with VACUUM, and not in WAL mode.'
FROM pragma_page_size
UNION ALL SELECT 'query_only', iif(query_only, 'ON', 'OFF'), '', 'OFF', 'OFF ON', 'connection', 'set',
       'Whether this connection refuses to change the database.'
FROM pragma_query_only
UNION ALL SELECT 'read_uncommitted', iif(read_uncommitted, 'ON', 'OFF'), '', 'OFF', 'OFF ON', 'connection', 'set',
       'Whether connections that share a cache read what others have not committed.'
FROM pragma_read_uncommitted
UNION ALL SELECT 'recursive_triggers', iif(recursive_triggers, 'ON', 'OFF'), '', 'OFF', 'OFF ON', 'connection', 'set',
       'Whether a trigger may fire itself, and REPLACE fires DELETE triggers.'
FROM pragma_recursive_triggers
UNION ALL SELECT 'reverse_unordered_selects', iif(reverse_unordered_selects, 'ON', 'OFF'), '', 'OFF', 'OFF ON', 'connection', 'set',
       'Whether rows without ORDER BY come in reverse, to find code that relies on their order.'
FROM pragma_reverse_unordered_selects
UNION ALL SELECT 'secure_delete', CASE secure_delete WHEN 0 THEN 'OFF' WHEN 1 THEN 'ON' ELSE 'FAST' END, '', '', 'OFF ON FAST', 'connection', 'set',
       'Whether deleted content is overwritten with zeros.'
FROM pragma_secure_delete
UNION ALL SELECT 'soft_heap_limit', soft_heap_limit, 'B', '0', '', 'connection', 'set',
       'Memory beyond which caches are given back first; 0 means no limit.'
FROM pragma_soft_heap_limit
UNION ALL SELECT 'synchronous', CASE synchronous WHEN 0 THEN 'OFF' WHEN 1 THEN 'NORMAL' WHEN 2 THEN 'FULL' ELSE 'EXTRA' END, '', 'FULL', 'OFF NORMAL FULL EXTRA', 'connection', 'set',
       'How often a commit waits until the disk has it.'
FROM pragma_synchronous
UNION ALL SELECT 'temp_store', CASE temp_store WHEN 0 THEN 'DEFAULT' WHEN 1 THEN 'FILE' ELSE 'MEMORY' END, '', 'DEFAULT', 'DEFAULT FILE MEMORY', 'connection', 'set',
       'Where temporary tables and indexes are.'
FROM pragma_temp_store
UNION ALL SELECT 'threads', threads, 'threads', '0', '', 'connection', 'set',
       'Most threads that help a statement, to sort.'
FROM pragma_threads
UNION ALL SELECT 'trusted_schema', iif(trusted_schema, 'ON', 'OFF'), '', '', 'OFF ON', 'connection', 'set',
       'Whether the schema may call functions and virtual tables that are not marked as harmless.'
FROM pragma_trusted_schema
UNION ALL SELECT 'user_version', user_version, '', '0', '', 'file', 'set',
       'A number that programs use for the version of their schema.'
FROM pragma_user_version
UNION ALL SELECT 'writable_schema', iif(writable_schema, 'ON', 'OFF'), '', 'OFF', 'OFF ON', 'connection', 'set',
       'Whether the table sqlite_schema itself may be changed.'
FROM pragma_writable_schema
