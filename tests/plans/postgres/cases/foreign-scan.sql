-- versions: 14 18
-- twin: text
select sum(r.total) from remote_orders r where r.status = 'open';
