-- Views, triggers and tables that may hang on another object, with their statements. ?1 type. Source: sqlite.org/schematab.html
SELECT name, tbl_name, sql FROM {schema}.sqlite_schema WHERE type = ?1 AND sql IS NOT NULL ORDER BY name
