-- versions: 15 18
-- facts: yes
select count(*) from events where customer_id = 7;
