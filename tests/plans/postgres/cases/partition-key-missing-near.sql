-- versions: 15 18
-- facts: yes
select count(*) from events where customer_id = 7 and at > '2025-01-15';
