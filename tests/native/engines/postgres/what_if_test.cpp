#include <algorithm>

#include "native/engines/postgres/live.h"
#include "plan/walk.h"
#include "sql/index_wish.h"

using namespace mydba;
using namespace mydba::test;
using protocol::WhatIfMethod;

namespace {

constexpr const char* withHypopg = "MYDBA_TEST_POSTGRES";
constexpr const char* seeded =
    "CREATE TEMP TABLE asked AS SELECT i AS a, i % 10 AS b FROM generate_series(1, 20000) i";

std::vector<sql::IndexWish> wished(std::initializer_list<std::string_view> texts) {
  std::vector<sql::IndexWish> wishes;
  for (const auto text : texts) {
    auto wish = sql::readIndexWish(text, *sql::findDialect("postgres"));
    REQUIRE(wish);
    wishes.push_back(std::move(*wish));
  }
  return wishes;
}

const protocol::WhatIfWay& wayOf(const std::vector<protocol::WhatIfWay>& ways,
                                 WhatIfMethod method) {
  const auto found =
      std::find_if(ways.begin(), ways.end(), [&](const auto& way) { return way.method == method; });
  REQUIRE(found != ways.end());
  return *found;
}

bool names(const protocol::PlanNode& root, std::string_view index) {
  bool found = false;
  plan::walk(root, [&](const auto& node, const auto*, int) {
    found = found || node.index == std::string(index);
  });
  return found;
}

std::string indexesOf(Connection& c) {
  return valueOf(c, "SELECT count(*) FROM pg_index WHERE indrelid = 'asked'::regclass");
}

/// A connection with twenty thousand rows in `asked`; null, loudly, without a server.
std::unique_ptr<Connection> prepared(const char* variable) {
  auto connection = connectionOf(variable);
  if (!connection) return nullptr;
  runOn(*connection, seeded);
  runOn(*connection, "ANALYZE asked");
  if (std::string_view(variable) == withHypopg)
    runOn(*connection, "CREATE EXTENSION IF NOT EXISTS hypopg SCHEMA public");
  return connection;
}

}  // namespace

TEST_CASE("postgres: HypoPG's indexes are planned with and forgotten", "[postgres][whatif]") {
  const auto c = prepared(withHypopg);
  if (!c) return;
  runOn(*c, "SELECT * FROM hypopg_create_index('CREATE INDEX ON asked (b)')");
  REQUIRE(c->whatIf());
  const auto ways = c->whatIf()->ways({});
  REQUIRE(ways);
  CHECK(ways->front().method == WhatIfMethod::hypothetical);
  CHECK_FALSE(ways->front().unavailable);
  CHECK_FALSE(ways->front().touches);
  // A name that is no function, and a schema that is not searched.
  runOn(*c, "SET search_path = pg_temp");
  const auto wishes = wished({"CREATE INDEX CONCURRENTLY By_A ON asked (a) INCLUDE (b)"});
  for (const char* sql : {"SELECT a, b FROM asked WHERE a = 7", "SELECT a FROM asked WHERE a = $1",
                          "DELETE FROM asked WHERE a = 7"}) {
    INFO(sql);
    const auto plans = c->whatIf()->plan(unchecked(sql), wishes, WhatIfMethod::hypothetical, {});
    REQUIRE(plans);
    CHECK_FALSE(names(plans->before.root, "by_a"));
    CHECK(names(plans->after.root, "by_a"));
    CHECK(plans->indexes.at(0).name == "by_a");
    CHECK(plans->indexes.at(0).bytes.value_or(0) > 100000);
  }
  const auto gin = c->whatIf()->plan(unchecked("SELECT a FROM asked"),
                                     wished({"CREATE INDEX x ON asked USING gin (a)"}),
                                     WhatIfMethod::hypothetical, {});
  REQUIRE_FALSE(gin);
  CHECK_FALSE(gin.error().hint.empty());
  CHECK_FALSE(gin.error().position);
  // The user's own hypothetical index is still there, ours are not.
  CHECK(valueOf(*c, "SELECT count(*) FROM public.hypopg()") == "1");
  CHECK(valueOf(*c, "SELECT count(*) FROM asked") == "20000");
}

TEST_CASE("postgres: HypoPG works in the user's transaction and read-only", "[postgres][whatif]") {
  const auto c = prepared(withHypopg);
  if (!c) return;
  const auto wishes = wished({"CREATE INDEX by_a ON asked (a)"});
  const auto statement = unchecked("SELECT * FROM asked WHERE a = 7");
  runOn(*c, "BEGIN");
  runOn(*c, "INSERT INTO asked VALUES (0, 0)");
  CHECK(c->whatIf()->plan(statement, wishes, WhatIfMethod::hypothetical, {}));
  CHECK_FALSE(c->whatIf()->plan(unchecked("SELECT nope FROM asked"), wishes,
                                WhatIfMethod::hypothetical, {}));
  CHECK(c->whatIf()->plan(statement, wishes, WhatIfMethod::transaction, {}));
  CHECK(valueOf(*c, "SELECT count(*) FROM asked") == "20001");
  runOn(*c, "COMMIT");

  auto profile = *postgresProfile();
  profile.readOnly = true;
  const auto reader = connectTo(profile);
  REQUIRE(reader);
  const auto ways = (*reader)->whatIf()->ways({});
  REQUIRE(ways);
  CHECK_FALSE(wayOf(*ways, WhatIfMethod::hypothetical).unavailable);
  CHECK(wayOf(*ways, WhatIfMethod::transaction).unavailable);
  const auto table = wished({"CREATE INDEX x ON pg_class (relpages)"});
  CHECK((*reader)->whatIf()->plan(unchecked("SELECT 1 FROM pg_class WHERE relpages = 1"), table,
                                  WhatIfMethod::hypothetical, {}));
}

TEST_CASE("postgres: an index is built, planned with and rolled back", "[postgres][whatif]") {
  for (const char* variable :
       {"MYDBA_TEST_POSTGRES", "MYDBA_TEST_POSTGRES_14", "MYDBA_TEST_POSTGRES_18"}) {
    INFO(variable);
    const auto c = prepared(variable);
    if (!c) continue;
    const auto plans = c->whatIf()->plan(
        unchecked("SELECT a FROM asked WHERE a = 7 AND abs(b) = 3"),
        wished({"CREATE INDEX /* INDEX */ CONCURRENTLY ON asked (a)",
                "CREATE UNIQUE INDEX IF NOT EXISTS \"By B\" ON asked (abs(b), a)"}),
        WhatIfMethod::transaction, {});
    REQUIRE(plans);
    REQUIRE(plans->indexes.size() == 2);
    CHECK(plans->indexes[0].name == "asked_a_idx");
    CHECK(plans->indexes[1].name == "By B");
    CHECK(plans->indexes[0].bytes.value_or(0) > 100000);
    CHECK((names(plans->after.root, "asked_a_idx") || names(plans->after.root, "By B")));
    CHECK_FALSE(names(plans->before.root, "asked_a_idx"));
    CHECK(indexesOf(*c) == "0");
    CHECK(valueOf(*c, "SHOW lock_timeout") == "0");
    CHECK(valueOf(*c, "SHOW statement_timeout") == "0");
    const auto failing = c->whatIf()->plan(unchecked("SELECT a FROM asked"),
                                           wished({"CREATE UNIQUE INDEX x ON asked (b)"}),
                                           WhatIfMethod::transaction, {});
    REQUIRE_FALSE(failing);
    CHECK(failing.error().engineCode == "23505");
    CHECK(indexesOf(*c) == "0");
  }
}

TEST_CASE("postgres: an index of partitions goes by the name that was wished for",
          "[postgres][whatif]") {
  const auto c = prepared(withHypopg);
  if (!c) return;
  runOn(*c, "CREATE TEMP TABLE parts (a int, b int) PARTITION BY HASH (b)");
  runOn(*c, "CREATE TEMP TABLE p0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0)");
  runOn(*c, "CREATE TEMP TABLE p1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
  runOn(*c, "INSERT INTO parts SELECT i, i FROM generate_series(1, 20000) i");
  runOn(*c, "ANALYZE parts");
  const auto plans =
      c->whatIf()->plan(unchecked("SELECT * FROM parts WHERE a = 3"),
                        wished({"CREATE INDEX by_a ON parts (a)"}), WhatIfMethod::transaction, {});
  REQUIRE(plans);
  CHECK(names(plans->after.root, "by_a"));
  CHECK(plans->indexes.at(0).bytes.value_or(0) > 100000);
}

TEST_CASE("postgres: without HypoPG the way says what is missing", "[postgres][whatif]") {
  const auto c = prepared("MYDBA_TEST_POSTGRES_18");
  if (!c) return;
  const auto ways = c->whatIf()->ways({});
  REQUIRE(ways);
  const auto& way = wayOf(*ways, WhatIfMethod::hypothetical);
  REQUIRE(way.unavailable);
  CHECK(way.unavailable->find("hypopg is not installed") != std::string::npos);
  CHECK(way.fix->find("postgresql-18-hypopg") != std::string::npos);
  CHECK(wayOf(*ways, WhatIfMethod::transaction).touches);
}

TEST_CASE("postgres: a table that is locked is not waited for", "[postgres][whatif]") {
  const auto profile = postgresProfile();
  const auto c = prepared(withHypopg);
  if (!c) return;
  const auto other = connectTo(*profile);
  REQUIRE(other);
  runOn(*c, "CREATE TABLE what_if_locked (a int)");
  runOn(**other, "BEGIN");
  runOn(**other, "INSERT INTO what_if_locked VALUES (1)");
  const auto wishes = wished({"CREATE INDEX ON what_if_locked (a)"});
  const auto statement = unchecked("SELECT * FROM what_if_locked");
  const auto waited = c->whatIf()->plan(statement, wishes, WhatIfMethod::transaction, {});
  REQUIRE_FALSE(waited);
  CHECK(waited.error().engineCode == "55P03");
  CancelSource source;
  source.cancel(CancelReason::user);
  const auto stopped =
      c->whatIf()->plan(statement, wishes, WhatIfMethod::transaction, source.token());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == ErrorCode::cancelled);
  runOn(**other, "ROLLBACK");
  runOn(*c, "DROP TABLE what_if_locked");
}

TEST_CASE("postgres: HypoPG in a schema that this role may not use says so", "[postgres][whatif]") {
  const auto c = prepared(withHypopg);
  if (!c) return;
  runOn(*c, "BEGIN");
  for (const char* sql :
       {"CREATE ROLE \"What If\"", "CREATE SCHEMA \"hid den\"",
        "ALTER EXTENSION hypopg SET SCHEMA \"hid den\"", "SET LOCAL ROLE \"What If\""})
    runOn(*c, sql);
  const auto ways = c->whatIf()->ways({});
  REQUIRE(ways);
  const auto& way = wayOf(*ways, WhatIfMethod::hypothetical);
  REQUIRE(way.unavailable);
  CHECK(way.unavailable->find("may not use the schema \"hid den\"") != std::string::npos);
  REQUIRE(way.fix == "GRANT USAGE ON SCHEMA \"hid den\" TO \"What If\"");
  runOn(*c, "RESET ROLE");
  runOn(*c, *way.fix);
  runOn(*c, "SET LOCAL ROLE \"What If\"");
  const auto again = c->whatIf()->ways({});
  REQUIRE(again);
  CHECK_FALSE(wayOf(*again, WhatIfMethod::hypothetical).unavailable);
  CHECK(c->whatIf()->plan(unchecked("SELECT relname FROM pg_class WHERE relpages = 1"),
                          wished({"CREATE INDEX x ON pg_class (relpages)"}),
                          WhatIfMethod::hypothetical, {}));
  runOn(*c, "ROLLBACK");
}

TEST_CASE("postgres: an index whose function takes numbers is not built to try it",
          "[postgres][whatif]") {
  const auto c = prepared("MYDBA_TEST_POSTGRES_18");
  if (!c) return;
  runOn(*c, "CREATE TEMP SEQUENCE taken");
  runOn(*c,
        "CREATE FUNCTION pg_temp.lies(x int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN "
        "RETURN x + nextval('taken'); END $$");
  const auto plans = c->whatIf()->plan(unchecked("SELECT a FROM asked"),
                                       wished({"CREATE INDEX x ON asked (pg_temp.lies(a))"}),
                                       WhatIfMethod::transaction, {});
  REQUIRE_FALSE(plans);
  CHECK(plans.error().code == ErrorCode::refused);
  CHECK(plans.error().hint == "the method hypothetical runs none of it");
  CHECK(valueOf(*c, "SELECT is_called FROM taken") == "f");
}
