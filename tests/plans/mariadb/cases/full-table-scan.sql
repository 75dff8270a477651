-- versions: 11.8
SELECT id, page FROM visits WHERE seconds = 17
