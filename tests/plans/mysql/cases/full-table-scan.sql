SELECT id, page FROM visits WHERE seconds = 17
