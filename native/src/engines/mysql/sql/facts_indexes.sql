-- Indexes of the tables of facts_tables, one row for each of their columns; an expression has no name here. Source: "The INFORMATION_SCHEMA STATISTICS Table", MySQL 9 manual.
SELECT t.TABLE_SCHEMA, t.TABLE_NAME, t.INDEX_NAME, t.INDEX_TYPE, t.INDEX_NAME = 'PRIMARY', t.NON_UNIQUE = 0,
       coalesce(t.COLUMN_NAME, concat('expression of ', t.INDEX_NAME, ' ', t.SEQ_IN_INDEX)),
       concat_ws(' ', CASE WHEN t.COLLATION = 'D' THEN 'DESC' END, t.SUB_PART)
FROM information_schema.STATISTICS t
WHERE {tables}
ORDER BY t.TABLE_SCHEMA, t.TABLE_NAME, t.INDEX_NAME <> 'PRIMARY', t.INDEX_NAME, t.SEQ_IN_INDEX
