-- twin: text
update orders set total = total + 1 where id between 500 and 700;
