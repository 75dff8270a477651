-- bad: all
SELECT a.id FROM a JOIN b ON b.id = a.id JOIN c ON c.id = a.id JOIN d ON d.id = a.id JOIN e ON e.id = a.id JOIN f ON f.id = a.id JOIN g ON g.id = a.id JOIN h ON h.id = a.id JOIN i ON i.id = a.id JOIN j ON j.id = a.id JOIN k ON k.id = a.id JOIN l ON l.id = a.id;
-- good: all
SELECT a.id FROM a JOIN b ON b.id = a.id JOIN c ON c.id = a.id;
-- near: all
SELECT a.id FROM a JOIN b ON b.id = a.id JOIN c ON c.id = a.id JOIN d ON d.id = a.id JOIN e ON e.id = a.id JOIN f ON f.id = a.id JOIN g ON g.id = a.id JOIN h ON h.id = a.id JOIN i ON i.id = a.id JOIN j ON j.id = a.id JOIN k ON k.id = a.id;
