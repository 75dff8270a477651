-- analyze: no
INSERT INTO regions VALUES (99, 'new')
