#include "engines/mysql/digest_text.h"

#include "native/catch.h"

using namespace mydba;

TEST_CASE("mysql: a digest is written as a server reads it") {
  const auto& dialect = *sql::findDialect("mysql");
  const auto read = [&](std::string_view digest) { return mysql::readableDigest(digest, dialect); };
  CHECK(read("SELECT COUNT ( * ) FROM `t`") == "SELECT COUNT( * ) FROM `t`");
  CHECK(read("SELECT `a` , MAX ( `b` ) FROM `t` GROUP BY `a` HAVING SUM ( `b` ) > ?") ==
        "SELECT `a` , MAX( `b` ) FROM `t` GROUP BY `a` HAVING SUM( `b` ) > ?");
  CHECK(read("SELECT CAST ( TRIM ( `a` ) AS CHAR (?) )") ==
        "SELECT CAST( TRIM( `a` ) AS CHAR (?) )");
  // Names, lists and what only looks like a call stay as they are.
  CHECK(read("SELECT `count` ( ? ) FROM `t` WHERE `a` IN (...)") ==
        "SELECT `count` ( ? ) FROM `t` WHERE `a` IN (...)");
  CHECK(read("INSERT INTO `t` ( `a` ) VALUES (...)") == "INSERT INTO `t` ( `a` ) VALUES (...)");
  CHECK(read("").empty());
  CHECK(read("COUNT").ends_with("COUNT"));
}
