SELECT STRAIGHT_JOIN c.name FROM visits v JOIN customers c ON c.id = v.customer_id WHERE v.seconds >= 100
