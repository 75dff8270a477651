-- versions: 15 18
-- facts: yes
select status, count(*) from orders where customer_id = 7 group by status;
