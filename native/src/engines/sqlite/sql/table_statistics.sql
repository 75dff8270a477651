-- Rows of a table as its statistics have them: the first number of `stat`. A partial index has only a part of them, so the most. ?1 table; {schema} is replaced by the quoted name. Source: sqlite.org/fileformat2.html#stat1tab
SELECT max(CAST(stat AS INTEGER)) FROM {schema}.sqlite_stat1 WHERE lower(tbl) = lower(?1) HAVING count(*) > 0
