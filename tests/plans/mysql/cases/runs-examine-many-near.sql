-- facts: yes
-- runs: 6
SELECT id, page FROM visits WHERE seconds < 300
