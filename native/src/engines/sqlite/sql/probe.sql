-- Whether the file is a database: reads its header. Source: sqlite.org/pragma.html#pragma_schema_version
PRAGMA schema_version
