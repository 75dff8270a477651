DELETE FROM orders WHERE placed < '2020-01-09' AND status = 'lost'
