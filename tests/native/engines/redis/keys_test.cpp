#include <string>

#include "engines/redis/key_listing.h"
#include "engines/redis/key_nodes.h"
#include "engines/redis/keyspace.h"
#include "engines/redis/processes.h"
#include "native/catch.h"

using namespace mydba::redis;

TEST_CASE("patterns match text literally") {
  CHECK(escapeGlob("a*b?[c]\\^-") == "a\\*b\\?\\[c\\]\\\\\\^\\-");
  CHECK(containsGlob("aB*") == "*[aA][bB]\\**");
}

TEST_CASE("the keyspace is read from INFO") {
  const auto spaces = parseKeyspaces(
      "# Keyspace\r\ndb0:keys=3,expires=1,avg_ttl=5\r\ndb12:keys=7,expires=0\r\nx\r\n");
  REQUIRE(spaces.size() == 2);
  CHECK(spaces.at(0).keys == 3);
  CHECK(spaces.at(0).expires == 1);
  CHECK(spaces.at(12).keys == 7);
}

TEST_CASE("clients are read from CLIENT LIST, those that wait first") {
  const auto list = parseClients(
      "id=3 addr=127.0.0.1:5 name=mydba-1 age=9 idle=0 flags=N db=0 cmd=client|list user=default\n"
      "id=4 addr=[::1]:6 name= age=8 idle=7 flags=b db=2 cmd=blpop user=ann future=1\n",
      "mydba-1");
  REQUIRE(list.size() == 2);
  CHECK(list[0].id == "4");
  CHECK(list[0].active);
  CHECK(list[0].state == "blocked");
  CHECK(list[0].host == "[::1]:6");
  CHECK(list[0].seconds == 7);
  CHECK(list[0].user == "ann");
  CHECK_FALSE(list[0].application);
  CHECK_FALSE(list[0].own);
  CHECK(list[1].own);
  CHECK_FALSE(list[1].active);
}

TEST_CASE("each type is read by its own command") {
  CHECK(*readCommand("string", "a b") == "GET \"a b\"");
  CHECK(*readCommand("hash", "h") == "HGETALL h");
  CHECK(*readCommand("list", "l") == "LRANGE l 0 999");
  CHECK(*readCommand("set", "s") == "SSCAN s 0 COUNT 1000");
  CHECK(*readCommand("zset", "z") == "ZRANGE z 0 999 WITHSCORES");
  CHECK(*readCommand("stream", "x") == "XRANGE x - + COUNT 1000");
  CHECK_FALSE(readCommand("none", "k"));
  CHECK(readCommand("vectorset", "k").error().code == mydba::ErrorCode::unsupported);
}
