SELECT name FROM regions WHERE name LIKE 'region 1%'
