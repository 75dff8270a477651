-- versions: 11.8
SELECT name FROM regions WHERE name LIKE 'region 1%'
