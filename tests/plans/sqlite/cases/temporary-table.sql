SELECT page, count(*) FROM visits GROUP BY page
