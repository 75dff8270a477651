SELECT DISTINCT page, seconds FROM visits
