-- versions: 15 18
delete from shipments where id between 1 and 50;
