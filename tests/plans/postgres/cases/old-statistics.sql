-- versions: 15 18
-- facts: yes
select page, count(*) from visits where customer_id = 7 group by page;
