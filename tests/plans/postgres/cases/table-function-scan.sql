-- versions: 16 18
-- twin: text
select * from xmltable('/a/b' passing '<a><b>1</b><b>2</b></a>' columns n integer path '.') t where n > 1;
