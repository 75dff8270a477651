SELECT COUNT(*) FROM orders FORCE INDEX (orders_placed) WHERE placed BETWEEN '2020-01-01' AND '2021-06-01' AND total = 3
