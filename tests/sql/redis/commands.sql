# a comment
GET a;b
  HSET "key with blanks" field 'value; here'  

EVAL "return redis.call('GET', KEYS[1])" 1 a
-- GET
