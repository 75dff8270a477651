SELECT id, note FROM orders WHERE status IN ('done', 'lost') AND total < 30
