#include "ai/redact/restored_arguments.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "ai/redact/redactor.h"
#include "native/catch.h"

using namespace mydba;
using namespace mydba::ai;
using Json = nlohmann::ordered_json;

namespace {

const sql::Dialect& dialect(std::string_view name) { return *sql::findDialect(name); }

std::string restoredSql(const Redactor& redactor, std::string_view sql) {
  return restoredArguments(redactor.conversation(), {{"sql", sql}})["sql"].get<std::string>();
}

struct Case {
  const char* dialect;
  const char* text;
};

}  // namespace

TEST_CASE("a statement that a model gives back is the user's, to the byte", "[ai]") {
  const std::vector<Case> cases = {
      {"postgres",
       "SELECT u.\"Full Name\", o.id FROM shop.users u JOIN USERS o ON u.id = o.id "
       "WHERE u.mail = 'ann@x.org' AND total_of(o.n) > 42 AND \"q\"\"x\" = E'it\\'s'"},
      {"postgres", "SELECT a FROM t WHERE b = $$x$$ AND c LIKE 'a%' AND d > date '2024-01-01'"},
      {"postgres", "SELECT a[1], b::text FROM \"Order\" WHERE c = X'1F' AND d = :text_1"},
      {"mysql", "SELECT `a b`, `c``d`, `Users`.id FROM users WHERE t1 = \"x\" AND Users.c2 = 0x1F"},
      {"mysql", "SELECT _utf8mb4'ü' , N'x' FROM t WHERE a = 'it\\'s' AND b = 'C:\\\\'"},
      {"sqlite", "SELECT [a b], t1.c1, T1.C1 FROM t1 WHERE c1 = :text_1 AND c2 IN (1, 2.5, 'a')"},
      {"mariadb", "UPDATE Orders SET total = 5 WHERE orders.id = @id AND ORDERS.x LIKE 'a%'"},
      {"redis", "SET user:42 abc EX 10"},
      {"redis", "SET \"a \\\"b\\\" \\x01\" plain"},
      {"redis", "GET user:ann"},
  };
  for (const Case& c : cases)
    for (const NamePolicy names : {NamePolicy::keep, NamePolicy::alias}) {
      Redactor redactor(names, dialect(c.dialect));
      const std::string sent = redactor.sql(c.text).text();
      INFO(c.dialect << ": " << c.text << "\n" << sent);
      CHECK(restoredSql(redactor, sent) == c.text);
    }
}

TEST_CASE("names come back in every text of the arguments, and in nothing else", "[ai]") {
  Redactor redactor(NamePolicy::alias, dialect("postgres"));
  redactor.sql("SELECT mail FROM shop.users WHERE \"Full Name\" = 'x'");
  const Json wanted = {{"t1", "shop.users"},
                       {"list", {"mail", Json::array({"CREATE INDEX ON users (mail)"})}},
                       {"limit", 5},
                       {"deep", {{"question", "why is users slow, not t12 or at1?"}}},
                       {"none", nullptr}};
  const Json written = {{"t1", "s1.t1"},
                        {"list", {"c1", Json::array({"CREATE INDEX ON t1 (c1)"})}},
                        {"limit", 5},
                        {"deep", {{"question", "why is t1 slow, not t12 or at1?"}}},
                        {"none", nullptr}};
  CHECK(restoredArguments(redactor.conversation(), written) == wanted);
  CHECK(restoredSql(redactor,
                    "SELECT \"t1\", C1, 't1', 's1.t1', 'so t1' FROM t1 /*+ SeqScan(t1) */") ==
        "SELECT \"users\", mail, 'users', 'shop.users', 'so t1' FROM users /*+ SeqScan(users) */");
  CHECK(restoredSql(redactor, "SELECT c2 FROM t1") == "SELECT \"Full Name\" FROM users");
}

TEST_CASE("names that a server told are quoted where they must be", "[ai]") {
  Redactor redactor(NamePolicy::alias, dialect("postgres"));
  redactor.schema({{.schema = "",
                    .name = "Orders",
                    .columns = {{"order", "int"}, {"it's \"odd\"", "int"}, {"state", "int"}},
                    .indexes = {},
                    .references = {},
                    .rows = {}}},
                  SchemaExtent::names);
  CHECK(restoredSql(redactor, "SELECT c1, t1.c2, \"c3\" FROM t1 WHERE x = 'c2'") ==
        "SELECT \"order\", \"Orders\".\"it's \"\"odd\"\"\", \"state\" FROM \"Orders\" "
        "WHERE x = 'it''s \"odd\"'");
}

TEST_CASE("values come back only as literals, and only those of the user's statements", "[ai]") {
  Redactor redactor(NamePolicy::keep, dialect("postgres"));
  redactor.prose("Where is 'Ann' of 10.0.0.7, in SELECT a FROM t WHERE b = 'x' AND c = 77777?");
  redactor.error({.message = "Key (a)=(zq) already exists"}, "SELECT 1");
  redactor.sql("ALTER ROLE r PASSWORD 'hunter2'");
  const Conversation& conversation = redactor.conversation();
  // :text_1 is Ann, :text_2 x, :text_3 (zq).
  CHECK(restoredSql(redactor,
                    "SELECT * FROM t WHERE b = :text_2 AND c = :number_1 AND d = ':text_2'") ==
        "SELECT * FROM t WHERE b = 'x' AND c = 77777 AND d = 'x'");
  for (const char* kept :
       {"SELECT * FROM t WHERE a = :text_1", "SELECT * FROM t WHERE a = :text_3",
        "SELECT * FROM t WHERE a = :secret_1", "SELECT * FROM t WHERE a = :ip_1",
        "SELECT * FROM t WHERE a = ':text_2%'", "SELECT * FROM t -- :text_2",
        "SELECT * FROM t WHERE a = b::text_2", "SELECT * FROM t WHERE a = :text_22"})
    CHECK(restoredSql(redactor, kept) == kept);
  const Json words = {{"question", "what is :text_2?"}, {"name", ":text_2"}, {"x", ":number_1"}};
  CHECK(restoredArguments(conversation, words) == words);
}

TEST_CASE("a value that the user wrote in prose first is a literal all the same", "[ai]") {
  Redactor redactor(NamePolicy::keep, dialect("postgres"));
  const std::string sent =
      redactor.prose("Why is “x” slow?\n\nSELECT a FROM t WHERE b = 'x'").text();
  CHECK(sent == "Why is :text_1 slow?\n\nSELECT a FROM t WHERE b = :text_1");
  CHECK(restoredSql(redactor, "SELECT a FROM t WHERE b = :text_1") ==
        "SELECT a FROM t WHERE b = 'x'");
}

TEST_CASE("names that look like aliases and placeholders come back once, and as they are", "[ai]") {
  Redactor redactor(NamePolicy::alias, dialect("mysql"));
  const std::string text =
      "SELECT t2, c1, `t1`, `:text_1`, `c``2`, `x' OR 1=1` FROM c1 WHERE t2 = 't1' AND c1 = "
      "':text_9'";
  const std::string sent = redactor.sql(text).text();
  INFO(sent);
  CHECK(restoredSql(redactor, sent) == text);
}

TEST_CASE("a connection has its own name again", "[ai]") {
  Redactor redactor(NamePolicy::keep, dialect("postgres"));
  const Json answer = Json::parse(
      R"j({"connections": [{"connection": "ann@db1.example.org", "engine": "postgres"}]})j");
  redactor.toolAnswer("list_connections", Json::object(), answer);
  CHECK(restoredArguments(redactor.conversation(), {{"connection", ":name_1"}})["connection"] ==
        "ann@db1.example.org");
}
