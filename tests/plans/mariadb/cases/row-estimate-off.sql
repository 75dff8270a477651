-- versions: 11.8
SELECT COUNT(*) FROM visits v JOIN regions r ON r.id = v.seconds % 20 WHERE v.page LIKE '/page/399%' AND v.agent LIKE 'agent%' AND v.seconds = v.id % 600
