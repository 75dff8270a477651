SELECT c.name, v.page FROM customers c LEFT JOIN visits v ON v.customer_id = c.id
