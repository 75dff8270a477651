-- bad: mysql mariadb
SELECT id FROM articles WHERE FIND_IN_SET('red', tags);
-- bad: all
SELECT id FROM articles WHERE tags LIKE '%,red,%';
-- good: all
SELECT a.id FROM articles a JOIN article_tags t ON t.article_id = a.id WHERE t.tag = 'red';
-- near: mysql mariadb
SELECT id FROM articles WHERE FIND_IN_SET(tag, 'red,blue');
