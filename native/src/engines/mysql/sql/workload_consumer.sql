-- Whether statements are counted by digest. Source: "The setup_consumers Table", MySQL 9 manual.
SELECT ENABLED FROM performance_schema.setup_consumers WHERE NAME = 'statements_digest'
