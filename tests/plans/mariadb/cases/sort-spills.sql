-- versions: 11.8
-- set: sort_buffer_size = 65536
SELECT id, agent FROM visits ORDER BY agent, page, id
