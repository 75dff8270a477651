-- bad: mysql mariadb
SELECT o.id FROM shop.orders o JOIN billing.invoices i ON i.order_id = o.id;
-- good: mysql mariadb
SELECT o.id FROM shop.orders o JOIN shop.invoices i ON i.order_id = o.id;
-- near: mysql mariadb
SELECT o.id FROM shop.orders o JOIN invoices i ON i.order_id = o.id;
