#include "ai/intent/read_intent.h"

#include <chrono>
#include <string>

#include "native/ai/intent/corpus.h"
#include "native/catch.h"

namespace mydba::ai::intent {
namespace {

using namespace std::chrono;

/// A Sunday.
constexpr sys_seconds today = sys_days(2026y / November / 22d) + 10h + 30min;

Intent ask(const std::string& text, const char* dialect = "sqlite",
           const Conversation* history = nullptr) {
  return readIntent(text, {.dialect = sql::findDialect(dialect),
                           .schema = corpusSchema("shop"),
                           .now = today,
                           .history = history});
}

std::string sqlOf(const std::string& text, const char* dialect = "sqlite") {
  return ask(text, dialect).sql.value_or("-");
}

/// Asks one after the other, each with the answers before.
class Chat {
 public:
  Intent ask(const std::string& text) {
    const Intent intent = intent::ask(text, "sqlite", &turns_);
    turns_.push_back({text, std::string(intent.name), intent.sql, intent.tables});
    return intent;
  }

 private:
  Conversation turns_;
};

}  // namespace

TEST_CASE("names and values are quoted as the dialect does", "[intent]") {
  CHECK(sqlOf("customers named \"O'Brien\"", "mysql") ==
        "SELECT * FROM `customers` WHERE `name` = 'O''Brien' LIMIT 100");
  CHECK(sqlOf("customers named \"a\\b\"", "mysql") ==
        "SELECT * FROM `customers` WHERE `name` = 'a\\\\b' LIMIT 100");
  CHECK(sqlOf("customers named \"a\\b\"", "postgres") ==
        "SELECT * FROM \"customers\" WHERE \"name\" = 'a\\b' LIMIT 100");
  CHECK(sqlOf("customers whose name contains \"50%\"") ==
        "SELECT * FROM \"customers\" WHERE \"name\" LIKE '%50!%%' ESCAPE '!' LIMIT 100");
}

TEST_CASE("hostile names of a catalogue stay names", "[intent]") {
  const Schema schema{.tables = {{.name = "a\"b' --"}}};
  const auto intent = readIntent("show me `a\"b' --`",
                                 {.dialect = sql::findDialect("postgres"), .schema = &schema});
  CHECK(intent.sql == "SELECT * FROM \"a\"\"b' --\" LIMIT 100");
}

TEST_CASE("spans of time become dates", "[intent]") {
  const auto where = [](const std::string& text) {
    const std::string sql = sqlOf(text);
    const auto from = sql.find("WHERE ");
    return from == sql.npos ? sql : sql.substr(from + 6, sql.rfind(" LIMIT") - from - 6);
  };
  CHECK(where("orders from the last 7 days") == "\"ordered_at\" >= '2026-11-15'");
  CHECK(where("orders of the last 24 hours") == "\"ordered_at\" >= '2026-11-21 10:30:00'");
  CHECK(where("orders since March") == "\"ordered_at\" >= '2026-03-01'");
  CHECK(where("orders since December") == "\"ordered_at\" >= '2025-12-01'");
  CHECK(where("orders yesterday") ==
        "\"ordered_at\" >= '2026-11-21' AND \"ordered_at\" < '2026-11-22'");
  CHECK(where("orders this week") ==
        "\"ordered_at\" >= '2026-11-16' AND \"ordered_at\" < '2026-11-23'");
  CHECK(where("orders last month") ==
        "\"ordered_at\" >= '2026-10-01' AND \"ordered_at\" < '2026-11-01'");
  CHECK(where("orders in 2024") ==
        "\"ordered_at\" >= '2024-01-01' AND \"ordered_at\" < '2025-01-01'");
  CHECK(where("orders before 2024-02-29") == "\"ordered_at\" < '2024-02-29'");
  CHECK(where("orders older than 2 years") == "\"ordered_at\" < '2024-11-22'");
  CHECK(where("orders between 2024-01-01 and 2024-01-31") ==
        "\"ordered_at\" >= '2024-01-01' AND \"ordered_at\" < '2024-02-01'");
}

TEST_CASE("joins follow foreign keys", "[intent]") {
  CHECK(sqlOf("how many orders per country?") ==
        "SELECT \"customers\".\"country\", COUNT(*) FROM \"orders\" JOIN \"customers\" ON "
        "\"customers\".\"id\" = \"orders\".\"customer_id\" GROUP BY \"customers\".\"country\" "
        "LIMIT 100");
  CHECK(sqlOf("top 5 customers by revenue") ==
        "SELECT \"customers\".\"id\", \"customers\".\"name\", SUM(\"orders\".\"total_cents\") FROM "
        "\"orders\" JOIN \"customers\" ON \"customers\".\"id\" = \"orders\".\"customer_id\" GROUP "
        "BY \"customers\".\"id\", \"customers\".\"name\" ORDER BY SUM(\"orders\".\"total_cents\") "
        "DESC LIMIT 5");
  CHECK(sqlOf("customers without orders") ==
        "SELECT * FROM \"customers\" WHERE NOT EXISTS (SELECT 1 FROM \"orders\" WHERE "
        "\"orders\".\"customer_id\" = \"customers\".\"id\") LIMIT 100");
}

TEST_CASE("a sentence with a part that is not understood gives no statement", "[intent]") {
  for (const char* text : {"customers who are left-handed", "orders that smell of cinnamon",
                           "products compatible with version nine of the frobnicator"}) {
    INFO(text);
    CHECK_FALSE(ask(text).sql);
  }
}

TEST_CASE("changes are written with their filter, never without one", "[intent]") {
  const auto removed = ask("delete all cancelled orders");
  CHECK(removed.sql == "DELETE FROM \"orders\" WHERE \"status\" = 'cancelled'");
  CHECK(removed.confirm);
  const auto priced = ask("set the price of product 5 to 10");
  CHECK(priced.sql == "UPDATE \"products\" SET \"price_cents\" = 1000 WHERE \"id\" = 5");
  CHECK(priced.confirm);
  CHECK_FALSE(ask("delete all orders").sql);
  CHECK(ask("delete all orders").confirm);
}

TEST_CASE("a conversation goes on", "[intent]") {
  Chat chat;
  chat.ask("show me customers in Berlin");
  const auto ten = chat.ask("only 10");
  CHECK(ten.sql == "SELECT * FROM \"customers\" WHERE \"city\" = 'Berlin' LIMIT 10");
  CHECK(ten.limit == 10);
  const auto oldest = chat.ask("and the oldest?");
  CHECK(oldest.sql ==
        "SELECT * FROM \"customers\" WHERE \"city\" = 'Berlin' ORDER BY \"created_at\" LIMIT 10");
  const auto explained = chat.ask("explain it");
  CHECK(explained.name == "explain");
  CHECK(explained.sql == oldest.sql);
  CHECK(explained.tables == std::vector<std::string>{"customers"});
  const auto removed = chat.ask("delete them");
  CHECK(removed.name == "modify");
  CHECK(removed.confirm);
  CHECK(removed.tables == std::vector<std::string>{"customers"});
}

}  // namespace mydba::ai::intent
