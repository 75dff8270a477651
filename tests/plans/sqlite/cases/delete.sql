DELETE FROM visits WHERE seconds > 500
