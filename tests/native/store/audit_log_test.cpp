#include "store/audit_log.h"

#include <filesystem>
#include <fstream>

#include "native/catch.h"

namespace {

using mydba::store::AuditLog;

/// A folder that goes with the test.
class Folder {
 public:
  Folder() {
    std::string path = (std::filesystem::temp_directory_path() / "mydba-audit-XXXXXX").string();
    REQUIRE(mkdtemp(path.data()));
    path_ = path;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file() const { return (path_ / "audit.db").string(); }

 private:
  std::filesystem::path path_;
};

AuditLog opened(const std::string& path) {
  auto log = AuditLog::open(path);
  REQUIRE(log);
  return std::move(*log);
}

mydba::protocol::AuditEntry statement(const std::string& sql) {
  return {.actor = mydba::protocol::AuditActor::cli,
          .action = mydba::protocol::AuditAction::statement,
          .connection = "postgres://h/d",
          .sql = sql};
}

void fill(AuditLog& log, int entries) {
  for (int i = 1; i <= entries; ++i)
    REQUIRE(*log.append(statement("DELETE FROM t WHERE id = ? -- " + std::to_string(i))) == i);
}

/// Does to the file what nobody may: drops the triggers that keep it and runs `sql`.
void tamper(const std::string& path, const std::string& sql) {
  auto database = mydba::store::Database::open(path);
  REQUIRE(database);
  REQUIRE(
      database->execute("DROP TRIGGER IF EXISTS entry_is_kept;"
                        "DROP TRIGGER IF EXISTS entry_is_final; " +
                        sql));
}

std::int64_t brokenAt(const std::string& path) {
  const auto verdict = opened(path).verify();
  REQUIRE(verdict);
  CHECK(verdict->valid == !verdict->brokenAt.has_value());
  return verdict->brokenAt.value_or(0);
}

}  // namespace

TEST_CASE("entries are numbered, dated, listed and found") {
  const Folder folder;
  AuditLog log = opened(folder.file());
  fill(log, 20);
  const auto all = log.list({});
  REQUIRE(all);
  REQUIRE(all->size() == 20);
  CHECK(all->front().seq == 1);
  CHECK(all->front().time.ends_with("Z"));
  CHECK(all->front().time <= all->back().time);
  CHECK(log.list({.text = "", .limit = 3})->front().seq == 18);
  CHECK(log.list({.text = "-- 7", .limit = {}})->size() == 1);
  CHECK(log.list({.text = "FROM T where", .limit = {}})->size() == 20);
  CHECK(log.list({.text = "%", .limit = {}})->empty());
  CHECK(log.verify()->valid);
  CHECK(log.verify()->entries == 20);
}

TEST_CASE("an empty log is valid, and a log goes on where it was") {
  const Folder folder;
  CHECK(opened(folder.file()).verify()->valid);
  {
    AuditLog log = opened(folder.file());
    fill(log, 3);
  }
  AuditLog log = opened(folder.file());
  CHECK(*log.append(statement("x")) == 4);
  CHECK(log.verify()->valid);
}

TEST_CASE("two programs add to one log") {
  const Folder folder;
  AuditLog one = opened(folder.file());
  AuditLog other = opened(folder.file());
  for (int i = 0; i < 20; ++i) {
    REQUIRE(one.append(statement("one")));
    REQUIRE(other.append(statement("other")));
  }
  CHECK(one.verify()->valid);
  CHECK(one.verify()->entries == 40);
}

TEST_CASE("the file itself refuses to change or forget an entry") {
  const Folder folder;
  AuditLog log = opened(folder.file());
  fill(log, 3);
  auto database = mydba::store::Database::open(folder.file());
  REQUIRE(database);
  CHECK_FALSE(database->execute("DELETE FROM entry"));
  CHECK_FALSE(database->execute("UPDATE entry SET body = '{}'"));
  CHECK(log.verify()->valid);
}

TEST_CASE("a changed, removed, moved or added entry breaks the chain there") {
  struct Case {
    const char* sql;
    std::int64_t at;
  };
  const Case cases[] = {
      {"UPDATE entry SET body = replace(body, 'id', 'ix') WHERE seq = 4", 4},
      {"UPDATE entry SET hash = 'a' || substr(hash, 2) WHERE seq = 5 AND hash NOT LIKE 'a%';"
       "UPDATE entry SET hash = 'b' || substr(hash, 2) WHERE seq = 5 AND hash LIKE 'a%'",
       5},
      {"DELETE FROM entry WHERE seq = 6", 6},
      {"DELETE FROM entry WHERE seq = 1", 1},
      {"DELETE FROM entry WHERE seq = 10", 10},
      {"DELETE FROM entry", 1},
      {"UPDATE entry SET seq = -seq WHERE seq IN (3, 4);"
       "UPDATE entry SET seq = CASE seq WHEN -3 THEN 4 ELSE 3 END WHERE seq < 0",
       3},
      {"INSERT INTO entry SELECT 11, body, hash FROM entry WHERE seq = 10", 11},
      {"UPDATE head SET seq = 9, hash = (SELECT hash FROM entry WHERE seq = 9)", 11},
  };
  for (const Case& one : cases) {
    INFO(one.sql);
    const Folder folder;
    {
      AuditLog log = opened(folder.file());
      fill(log, 10);
    }
    CHECK(brokenAt(folder.file()) == 0);
    tamper(folder.file(), one.sql);
    CHECK(brokenAt(folder.file()) == one.at);
  }
}

TEST_CASE("every byte of an entry counts") {
  const Folder folder;
  {
    AuditLog log = opened(folder.file());
    fill(log, 2);
  }
  auto database = mydba::store::Database::open(folder.file());
  REQUIRE(database);
  auto body = database->prepare("SELECT body FROM entry WHERE seq = 1");
  REQUIRE(*body->step());
  const std::string original = body->text(0);
  REQUIRE_FALSE(*body->step());
  for (std::size_t i = 0; i < original.size(); ++i) {
    std::string changed = original;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    tamper(folder.file(), "");  // opening the log has put the triggers back
    auto update = database->prepare("UPDATE entry SET body = ?2 WHERE seq = ?1");
    REQUIRE(update);
    update->bind(1, std::int64_t{1}).bind(2, changed);
    REQUIRE(update->step());
    INFO(i);
    CHECK(brokenAt(folder.file()) == 1);
  }
}

TEST_CASE("a log that cannot be opened says which file and why") {
  const auto log = AuditLog::open("/nonexistent/audit.db");
  REQUIRE_FALSE(log);
  CHECK(log.error().message.find("/nonexistent/audit.db") != std::string::npos);
  CHECK_FALSE(log.error().hint.empty());
}
