-- analyze: no
SELECT v.page, SUM(i.quantity) AS q FROM visits v JOIN orders o ON o.customer_id = v.customer_id JOIN items i ON i.order_id = o.id WHERE v.seconds < 100 GROUP BY v.page
