#include "sample/sample.h"

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "native/catch.h"
#include "sample/database.h"

using namespace mydba;
using namespace mydba::sample;
namespace fs = std::filesystem;

namespace {

constexpr Size small{.customers = 300,
                     .products = 50,
                     .orders = 1000,
                     .orderItems = 2500,
                     .events = 800,
                     .reviews = 200};

/// A folder of its own that disappears.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "mydba-sample-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Result<protocol::SampleResult> create(const fs::path& directory, const CancelToken& cancel = {}) {
  return createSample(
      directory.string(), [](const auto&) {}, cancel, small);
}

std::string firstValue(const fs::path& database, const std::string& sql) {
  sqlite3* raw = nullptr;
  REQUIRE(sqlite3_open(database.c_str(), &raw) == SQLITE_OK);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> open(raw, sqlite3_close);
  std::string value;
  char* message = nullptr;
  sqlite3_exec(
      raw, sql.c_str(),
      [](void* out, int, char** values, char**) {
        *static_cast<std::string*>(out) = values[0] ? values[0] : "NULL";
        return 0;
      },
      &value, &message);
  INFO((message ? message : ""));
  REQUIRE(message == nullptr);
  return value;
}

}  // namespace

TEST_CASE("the sample is the same each time it is made") {
  const Folder one, two;
  REQUIRE(create(one.path()));
  REQUIRE(create(two.path()));
  // The very bytes: the rows, their order and the order in which pages were written.
  CHECK(bytes(one.path() / "shop.db") == bytes(two.path() / "shop.db"));
}

TEST_CASE("the sample has the rows that were asked for, and consistent ones") {
  const Folder folder;
  const auto result = create(folder.path() / "new" / "folder");
  REQUIRE(result);
  CHECK(result->tables.size() == 6);
  CHECK(result->path == (folder.path() / "new" / "folder" / "shop.db").string());
  CHECK(result->url == "sqlite:" + result->path);
  for (const auto& table : result->tables) {
    if (table.name == "customers") CHECK(table.rows == small.customers);
    if (table.name == "order_items") CHECK(std::abs(table.rows - small.orderItems) < 10);
  }
  const fs::path path = result->path;
  CHECK(firstValue(path, "PRAGMA integrity_check") == "ok");
  CHECK(firstValue(path, "SELECT count(*) FROM pragma_foreign_key_check") == "0");
  CHECK(firstValue(path, "SELECT count(*) FROM orders WHERE shipped_at < ordered_at") == "0");
  CHECK(firstValue(path, "SELECT count(*) > 0 FROM products WHERE weight_kg IS NULL") == "1");
  CHECK(firstValue(path, "SELECT count(*) > 0 FROM customers WHERE name GLOB '*[^ -~]*'") == "1");
  // The first tenth of the customers makes about half of the orders.
  CHECK(firstValue(path, "SELECT avg(customer_id <= 30) BETWEEN 0.35 AND 0.6 FROM orders") == "1");
}

TEST_CASE("every query of the sample runs") {
  const Folder folder;
  const auto result = create(folder.path());
  REQUIRE(result);
  int queries = 0;
  for (const auto& entry : fs::directory_iterator(result->queries)) {
    INFO(entry.path().string());
    const std::string sql = bytes(entry.path());
    CHECK(sql.starts_with("-- "));
    CHECK(sql.find("-- Fix: ") != sql.npos);
    firstValue(result->path, sql);
    ++queries;
  }
  CHECK(queries >= 12);
}

TEST_CASE("an existing sample is kept with what the user did to it") {
  const Folder folder;
  REQUIRE(create(folder.path()));
  const fs::path path = folder.path() / "shop.db";
  firstValue(path, "DELETE FROM reviews");
  std::ofstream(folder.path() / "queries" / "05-newest-reviews.sql") << "-- mine";
  const auto again = create(folder.path());
  REQUIRE(again);
  CHECK(firstValue(path, "SELECT count(*) FROM reviews") == "0");
  CHECK(bytes(folder.path() / "queries" / "05-newest-reviews.sql") == "-- mine");
  // A sample of another version is replaced.
  firstValue(path, "PRAGMA user_version = 0");
  REQUIRE(create(folder.path()));
  CHECK(firstValue(path, "SELECT count(*) FROM reviews") == std::to_string(small.reviews));
}

TEST_CASE("a file that is not the sample is not overwritten") {
  const Folder folder;
  std::ofstream(folder.path() / "shop.db") << "precious";
  const auto refused = create(folder.path());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::refused);
  CHECK(bytes(folder.path() / "shop.db") == "precious");
}

TEST_CASE("a cancelled sample leaves nothing") {
  const Folder folder;
  const fs::path target = folder.path() / "new";
  CancelSource source;
  const auto cancelAtIndexes = [&](const protocol::SampleProgress& progress) {
    if (progress.message == "Writing indexes") source.cancel(CancelReason::user);
  };
  const auto cancelled = createSample(target.string(), cancelAtIndexes, source.token(), small);
  REQUIRE_FALSE(cancelled);
  CHECK(cancelled.error().code == ErrorCode::cancelled);
  CHECK_FALSE(fs::exists(target));
}

TEST_CASE("progress rises to the end") {
  const Folder folder;
  double before = 0;
  int reports = 0;
  const auto watch = [&](const protocol::SampleProgress& progress) {
    CHECK(progress.fraction >= before);
    CHECK(progress.fraction <= 1);
    before = progress.fraction;
    ++reports;
  };
  REQUIRE(createSample(folder.path().string(), watch, {}, small));
  CHECK(reports >= 7);
}
