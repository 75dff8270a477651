-- versions: 11.8
SELECT COUNT(*) FROM regions a JOIN regions b ON b.name = a.name
