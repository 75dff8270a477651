-- versions: 17 18
-- options: BUFFERS, SERIALIZE, MEMORY, WAL
-- twin: text
select * from documents where id < 200;
