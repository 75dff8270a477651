SELECT c.name, t.spent FROM totals t JOIN customers c ON c.id = t.customer_id WHERE t.spent > 5000
