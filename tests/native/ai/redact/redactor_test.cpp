#include "ai/redact/redactor.h"

#include <vector>

#include "native/catch.h"

using namespace mydba;
using namespace mydba::ai;

namespace {

const sql::Dialect& dialect(std::string_view name) { return *sql::findDialect(name); }

std::string sqlOf(std::string_view name, std::string_view text,
                  NamePolicy names = NamePolicy::keep) {
  return Redactor(names, dialect(name)).sql(text).text();
}

std::string proseOf(std::string_view text, NamePolicy names = NamePolicy::keep) {
  return Redactor(names, dialect("postgres")).prose(text).text();
}

struct Case {
  const char* dialect;
  const char* text;
  const char* sent;
};

}  // namespace

TEST_CASE("values of a statement leave as placeholders of their type, comments not at all") {
  const std::vector<Case> cases = {
      {"postgres", "SELECT a FROM t -- for Ann\n WHERE b = 'x' AND c = 42 AND d <> E'x' /* k */",
       "SELECT a FROM t WHERE b = :text_1 AND c = :number_1 AND d <> :text_1"},
      {"postgres", "SELECT /*+ IndexScan(t secret) */ $1 FROM t LIMIT 10",
       "SELECT $1 FROM t LIMIT :number_1"},
      {"postgres", "SELECT x'1F', $$a$$, date '2024-01-01', '2024-01-01 10:00', n LIKE 'ab%'",
       "SELECT :binary_1, :text_1, date :date_1, :timestamp_1, n LIKE :prefix_pattern_1"},
      {"mysql", "SELECT \"s\", `n n`, 0xFF, @v /*!50000 + 3 */ # c",
       "SELECT :text_1, `n n`, :number_1, @v /*! + :number_2 */"},
      {"mysql", "SELECT N'a', _utf8mb4'a' LIKE'%b'",
       "SELECT :text_1, :text_1 LIKE :open_pattern_1"},
      {"sqlite", "SELECT * FROM t WHERE a = \"it's\" AND [b c] = 1",
       "SELECT * FROM t WHERE a = :text_1 AND [b c] = :number_1"},
      {"redis", "SET user:42 abc EX 10\nGET user:42",
       "SET :text_1 :text_2 :text_3 :number_1\nGET :text_1"},
      {"redis", "AUTH ann hunter2", "AUTH :secret_1 :secret_2"},
      {"postgres", "SELECT TRUE, NULL, :text_1", "SELECT TRUE, NULL, :parameter_1"},
      {"postgres", "SELECT 'no end", "SELECT :text_1"},
  };
  for (const Case& c : cases) {
    INFO(c.dialect << ": " << c.text);
    CHECK(sqlOf(c.dialect, c.text) == c.sent);
  }
}

TEST_CASE("users, hosts and secrets leave in no statement, whatever token they are") {
  const std::vector<Case> cases = {
      {"postgres", "GRANT SELECT ON shop.t TO ann, bob",
       "GRANT SELECT ON shop.t TO :user_1, :user_2"},
      {"postgres", "GRANT boss TO ann", "GRANT :user_1 TO :user_2"},
      {"postgres", "ALTER TABLE t OWNER TO ann", "ALTER TABLE t OWNER TO :user_1"},
      {"postgres", "SET ROLE ann", "SET ROLE :user_1"},
      {"postgres", "ALTER ROLE ann PASSWORD 'pw'", "ALTER ROLE :user_1 PASSWORD :secret_1"},
      {"mysql", "CREATE USER ann@db1 IDENTIFIED BY hunter2",
       "CREATE USER :user_1@:user_2 IDENTIFIED BY :secret_1"},
      {"mysql", "CREATE DEFINER=ann@localhost VIEW v AS SELECT 1",
       "CREATE DEFINER=:user_1@:user_2 VIEW v AS SELECT :number_1"},
      {"postgres", "SELECT \"ann@example.org\" FROM t", "SELECT :name_1 FROM t"},
  };
  for (const Case& c : cases) {
    INFO(c.dialect << ": " << c.text);
    CHECK(sqlOf(c.dialect, c.text) == c.sent);
  }
}

TEST_CASE("a name has one alias in statements and prose, and no other text leaves") {
  Redactor redactor(NamePolicy::alias, dialect("postgres"));
  CHECK(redactor
            .sql("SELECT u.mail, lower(u.\"Full Name\") FROM shop.users u "
                 "WHERE users.mail = 'x' AND price_of(id) > 1")
            .text() ==
        "SELECT a1.c1, lower(a1.\"c2\") FROM s1.t1 a1 "
        "WHERE t1.c1 = :text_1 AND f1(c3) > :number_1");
  CHECK(redactor.prose("Is users.mail of \"users\" slow, or Full Name? See order_items.").text() ==
        "Is t1.c1 of \"t1\" slow, or c2? See n1.");
  CHECK(redactor.sql("SELECT count(*) FROM USERS").text() == "SELECT count(*) FROM T1");
}

TEST_CASE("prose leaves without values, addresses and secrets") {
  struct Pair {
    const char* text;
    const char* sent;
  };
  const std::vector<Pair> cases = {
      {"Why is this slow? I don't know, 100000 rows, 20 ms, PostgreSQL 17.2.",
       "Why is this slow? I don't know, 100000 rows, 20 ms, PostgreSQL 17.2."},
      {"mail ann@example.org or 'Ann Miller' or “Bob”", "mail :email_1 or :text_1 or :text_2"},
      {"on db1.acme.internal:5432 (10.0.0.7), fe80::1", "on :host_1 (:ip_1), :ip_2"},
      {"see https://x.test/a?b=c and /var/lib/a.csv, C:\\a\\b", "see :url_1 and :path_1, :path_2"},
      {"card 4242 4242 4242 4242, call +43 660 1234567, id 8812345",
       "card :number_1, call :number_2, id :number_3"},
      {"key sk_live_abc123XYZ987foo, password=hunter2", "key :secret_1, password=:secret_2"},
      {"why is select a from t where b = 'x' -- Ann's\n\nslow?",
       "why is select a from t where b = :text_1\n\nslow?"},
      {"please select the best index from those", "please select the best index from those"},
      {"`b = 5` and `count(*)`", "`b = :number_1` and `count(*)`"},
      {"rows:\n| 1 | Ann |\nend", "rows:\n[left out: a line that looks like data]\nend"},
      {"```json\n{\"a\": 1}\n```", "[left out: code that is not SQL]"},
      {"```sql\nselect 'x'\n```", "```sql\nselect :text_1\n```"},
      {"it says 'no end", "it says [left out: a quote without an end]"},
      {"\xFF", "[left out: a text that is not UTF-8]"},
      {"why is select a from s.t.b slow on db1.acme.internal?",
       "why is select a from s.t.b slow on :name_1.:name_2.:name_3?"},
      {"create user bob identified by hunter2", "create user :user_1 identified by :secret_1"},
  };
  for (const Pair& c : cases) {
    INFO(c.text);
    CHECK(proseOf(c.text) == c.sent);
  }
}

TEST_CASE("words of the user's connections leave in no prose") {
  Redactor redactor(NamePolicy::keep);
  redactor.hide({"dbprod", "x"});
  CHECK(redactor.prose("Is DBPROD down? x dbproduct").text() == "Is :host_1 down? x dbproduct");
}

TEST_CASE("errors of a server leave without what they quote") {
  Redactor redactor(NamePolicy::alias, dialect("mysql"));
  const char* statement = "INSERT INTO users (mail) VALUES ('Ann O\\'Neil', 7) -- hush now";
  redactor.sql(statement);
  const auto sent = [&](const char* message) {
    return redactor.error({.message = message, .engineCode = "1062"}, statement).text();
  };
  CHECK(sent("Duplicate entry 'Ann O'Neil' for key 'users.mail'") ==
        "1062: Duplicate entry :text_2");
  CHECK(sent("Unknown column 'mail' in 'field list'") == "1062: Unknown column 'c1' in :text_3");
  CHECK(sent("syntax error near 'Neil' , 7' at line 1") ==
        "1062: syntax error near :text_4 at line 1");
  CHECK(sent("Failing row contains (7, Ann).") == "1062: Failing row contains :text_5.");
  CHECK(sent("cannot hush users here").find("hush") == std::string::npos);
}

TEST_CASE("a statement that ends in a quote does not open what an error has in quotes") {
  Redactor redactor(NamePolicy::keep, dialect("mysql"));
  const Error error{.message = "near 'Neil' at line 1"};
  CHECK(redactor.error(error, " '").text() == "near :text_1 at line 1");
  CHECK(redactor.error({.message = "near (Neil) in it"}, " (").text() == "near :text_1 in it");
}

TEST_CASE("words that a control parts stay two") {
  Redactor redactor(NamePolicy::keep, dialect("postgres"));
  redactor.hide({"dbprod"});
  const std::string text("db\0prod", 7);
  CHECK(redactor.prose(text).text() == "db prod");
}

TEST_CASE("what was taken out is counted by kind") {
  Redactor redactor(NamePolicy::keep, dialect("postgres"));
  const RedactedText sent = redactor.sql("SELECT 'a', 'a', 1 -- c");
  CHECK(sent.masked() == MaskCounts{{"text", 2}, {"number", 1}, {"comment", 1}});
}

TEST_CASE("documents leave as they are, and only what stands in one") {
  const char* path = "rag-docs/postgres/query-plans.md";
  const auto sent = RedactedText::ofDocument(path, "\n## ");
  REQUIRE(sent);
  CHECK(sent->text() == "\n## ");
  CHECK_FALSE(RedactedText::ofDocument(path, "Ann Miller, 4242 4242 4242 4242"));
  CHECK_FALSE(RedactedText::ofDocument("rag-docs/none.md", ""));
}

TEST_CASE("a plan leaves with its numbers and without values, in the conversation's names") {
  Redactor redactor(NamePolicy::alias, dialect("postgres"));
  redactor.sql("SELECT * FROM orders WHERE mail = 'ann@x.org' AND total > 4711");
  protocol::PlanTree tree;
  tree.engine = "postgres";
  tree.sql = "SELECT * FROM orders WHERE mail = 'ann@x.org' AND total > 4711";
  tree.raw = "ann@x.org";
  tree.root.operation = "Seq Scan";
  tree.root.relation = "orders";
  tree.root.filter = "((orders.mail)::text = 'ann@x.org'::text) AND (total > 4711)";
  tree.root.actualRows = 123456;
  protocol::Finding finding;
  finding.id = "full-table-scan";
  finding.title = "All of orders is read";
  finding.message = "123,456 rows are read to test " + *tree.root.filter + ", total above 4711";
  finding.remedies = {{.title = "index", .sql = "CREATE INDEX ON orders (mail)", .tradeOff = ""}};
  CHECK(redactor.plan(tree, {finding}).text() ==
        "Seq Scan on t1  (rows 123,456)\n"
        "   filter: ((t1.c1)::text = :email_1::text) AND (c2 > :number_1)\n"
        "full-table-scan: All of t1 is read. 123,456 rows are read to test "
        "((t1.c1)::text = :email_1::text) AND (c2 > :number_1), "
        "c2 above :text_1. \n"
        "  CREATE INDEX ON t1 (c1)\n");
}

TEST_CASE("a schema leaves as far as the user says, and its names are known from then on") {
  const SchemaPart users{.schema = "shop",
                         .name = "users",
                         .columns = {{"id", "integer", false}, {"state", "enum('new','old')"}},
                         .indexes = {{"users_pk", {"id"}, true}, {"by_low", {"lower(state)"}}},
                         .references = {{{"id"}, "people", {"id"}}},
                         .rows = 1200};
  Redactor kept(NamePolicy::keep, dialect("mysql"));
  CHECK(kept.schema({users}, SchemaExtent::none).text().empty());
  CHECK(kept.schema({users}, SchemaExtent::names).text() == "shop.users (id, state)\n");
  CHECK(kept.schema({users}, SchemaExtent::full).text() ==
        "shop.users (id integer not null, state enum(:text_1,:text_2)), about 1200 rows\n"
        "  unique index users_pk (id)\n  index by_low (lower(state))\n"
        "  foreign key (id) references people (id)\n");
  Redactor mapped(NamePolicy::alias, dialect("mysql"));
  CHECK(mapped.schema({users}, SchemaExtent::names).text() == "s1.t1 (c1, c2)\n");
  CHECK(mapped.prose("Does users have a state?").text() == "Does t1 have a c2?");
}
