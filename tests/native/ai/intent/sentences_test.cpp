#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>

#include "ai/intent/read_intent.h"
#include "base/embedded.h"
#include "native/ai/intent/corpus.h"
#include "native/catch.h"

namespace mydba::ai::intent {
namespace {

struct Score {
  int sentences = 0;
  int intents = 0;
  int tables = 0;
  int limits = 0;
  int confirms = 0;
};

std::string percent(int part, int all) {
  return std::to_string(part) + "/" + std::to_string(all) + " (" +
         std::to_string(all ? 1000 * part / all / 10.0 : 0).substr(0, 4) + " %)";
}

std::string described(const char* name, const Score& score) {
  return std::string(name) + ": intent " + percent(score.intents, score.sentences) + ", tables " +
         percent(score.tables, score.sentences) + ", limit " +
         percent(score.limits, score.sentences) + ", confirm " +
         percent(score.confirms, score.sentences);
}

void addTo(Score& score, const CorpusLine& line, const Intent& intent) {
  auto tables = intent.tables;
  std::ranges::sort(tables);
  ++score.sentences;
  score.intents += intent.name == line.intent;
  score.tables += tables == line.tables;
  score.limits += (intent.limit ? std::to_string(*intent.limit) : "-") == line.limit;
  score.confirms += intent.confirm == line.confirm;
}

Intent read(const CorpusLine& line) {
  using namespace std::chrono;
  return readIntent(line.text, {.dialect = sql::findDialect("sqlite"),
                                .schema = corpusSchema(line.catalogue),
                                .now = sys_days(2026y / November / 22d)});
}

/// An empty database with the tables of the sample shop.
class Shop {
 public:
  Shop() {
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(":memory:", &raw) == SQLITE_OK);
    open_.reset(raw);
    const std::string schema(embeddedFile("native/src/sample/schema.sql"));
    REQUIRE(sqlite3_exec(raw, schema.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  }
  /// Empty when the statement can be prepared; else why not.
  std::string whyNot(const std::string& sql) const {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(open_.get(), sql.c_str(), -1, &statement, nullptr);
    sqlite3_finalize(statement);
    return code == SQLITE_OK ? "" : sqlite3_errmsg(open_.get());
  }

 private:
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> open_{nullptr, sqlite3_close};
};

bool atLeast(int percent, int part, int all) { return 100 * part >= percent * all; }

}  // namespace

TEST_CASE("sentences as users write them are understood", "[intent]") {
  Score tuned, heldOut, all;
  for (const CorpusLine& line : readCorpus()) {
    const Intent intent = read(line);
    addTo(line.heldOut() ? heldOut : tuned, line, intent);
    addTo(all, line, intent);
    // Running what a sentence is taken for must never be a surprise.
    INFO(line.text);
    if (line.confirm) CHECK(intent.confirm);
  }
  WARN(described("tuned on", tuned) << '\n'
                                    << described("held out", heldOut) << '\n'
                                    << described("all", all));
  CHECK(all.sentences >= 450);
  CHECK(atLeast(92, all.intents, all.sentences));
  CHECK(atLeast(85, all.tables, all.sentences));
}

TEST_CASE("what is written for the shop can be prepared there, and is capped", "[intent]") {
  const Shop shop;
  int written = 0;
  for (const CorpusLine& line : readCorpus()) {
    if (line.catalogue != "shop") continue;
    const auto sql = read(line).sql;
    if (!sql) continue;
    INFO(line.text << "\n" << *sql);
    CHECK(shop.whyNot(*sql) == "");
    if (line.intent == "retrieve" && line.text.find("SELECT") == line.text.npos) {
      const bool oneRow = sql->find("GROUP BY") == sql->npos && sql->find("(\"") != sql->npos;
      CHECK((oneRow || sql->find(" LIMIT ") != sql->npos));
    }
    if (!line.sql.empty()) CHECK(*sql == line.sql);
    ++written;
  }
  CHECK(written >= 100);
}

}  // namespace mydba::ai::intent
