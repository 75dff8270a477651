-- The keys of an index: column number (-1 the rowid, -2 an expression), name and collation. ?1 index, ?2 schema. Source: sqlite.org/pragma.html#pragma_index_xinfo
SELECT cid, coalesce(name, ''), coalesce(coll, '') FROM pragma_index_xinfo(?1, ?2) WHERE key ORDER BY seqno
