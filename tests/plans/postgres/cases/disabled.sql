-- versions: 17 18
-- set: enable_seqscan = off
-- twin: text
select count(*) from shipments where carrier = 'carrier 1';
