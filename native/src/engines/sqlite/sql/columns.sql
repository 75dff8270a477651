-- Columns of a table or view, generated ones too. Source: sqlite.org/pragma.html#pragma_table_xinfo Values are bound as text, and these columns have no affinity, hence the CAST.
SELECT cid, name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?1, ?2)
WHERE cid > CAST(?3 AS INTEGER) AND hidden <> 1 ORDER BY cid LIMIT ?4
