-- versions: 15 18
-- facts: yes
-- analyze: no
select count(*) from events where at = $1;
