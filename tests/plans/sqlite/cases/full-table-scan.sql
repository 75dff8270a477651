SELECT id FROM visits WHERE seconds = 17
