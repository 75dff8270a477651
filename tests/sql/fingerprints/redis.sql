GET a
get "b c"

SET a 1
set b 2 EX 10

CONFIG GET x
config get y

CONFIG SET x 1

PING
