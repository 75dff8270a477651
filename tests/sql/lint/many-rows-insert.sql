-- bad: all
INSERT INTO numbers (n) VALUES {(1)x1001};
-- good: all
INSERT INTO numbers (n) VALUES (1), (2), (3);
-- near: all
INSERT INTO numbers (n) VALUES {(1)x1000};
