-- format: tree
SELECT COUNT(*) FROM visits a JOIN visits b ON b.seconds = a.seconds AND b.page = a.page WHERE a.id < 2000
