SELECT STRAIGHT_JOIN c.name, o.total FROM visits v JOIN customers c ON c.id = v.customer_id JOIN orders o ON o.customer_id = c.id WHERE v.page = '/page/7' AND v.seconds = 7
