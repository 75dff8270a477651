#include "store/audit_log.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "codec.h"
#include "native/catch.h"
#include "store/audit_chain.h"

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

/// Does to the file what nobody may: drops what keeps it and runs `sql`.
void tamper(const std::string& path, const std::string& sql) {
  auto database = mydba::store::Database::open(path);
  REQUIRE(database);
  REQUIRE(
      database->execute("DROP TRIGGER IF EXISTS entry_is_kept;"
                        "DROP TRIGGER IF EXISTS entry_is_final;"
                        "DELETE FROM ending; " +
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
  const auto all = log.list("", {});
  REQUIRE(all);
  REQUIRE(all->size() == 20);
  CHECK(all->front().seq == 1);
  CHECK(all->front().time.ends_with("Z"));
  CHECK(all->front().time <= all->back().time);
  CHECK(log.list("", 3)->front().seq == 18);
  CHECK(log.list("-- 7", {})->size() == 1);
  CHECK(log.list("FROM T where", {})->size() == 20);
  CHECK(log.list("%", {})->empty());
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
      {"UPDATE entry SET hash = CASE WHEN hash LIKE 'a%' THEN 'b' ELSE 'a' END || substr(hash, 2)"
       " WHERE seq = 5",
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
  tamper(folder.file(), "");
  for (std::size_t i = 0; i < original.size(); ++i) {
    std::string changed = original;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    auto update = database->prepare("UPDATE entry SET body = ?2 WHERE seq = ?1");
    REQUIRE(update);
    update->bind(1, std::int64_t{1}).bind(2, changed);
    REQUIRE(update->step());
    INFO(i);
    CHECK(brokenAt(folder.file()) == 1);
  }
}

TEST_CASE("every byte of the file is checked, or does not matter") {
  const Folder folder;
  {
    AuditLog log = opened(folder.file());
    fill(log, 6);
    REQUIRE(log.append({.actor = mydba::protocol::AuditActor::cli,
                        .action = mydba::protocol::AuditAction::statement,
                        .connection = "postgres://h/d",
                        .began = 6,
                        .outcome = "done"}));
  }
  std::string original;
  {
    std::ifstream file(folder.file(), std::ios::binary);
    original.assign(std::istreambuf_iterator<char>(file), {});
  }
  REQUIRE(original.size() % 4096 == 0);
  const auto texts = [](AuditLog& log) {
    std::vector<std::string> bodies;
    const auto entries = log.list("", {});
    if (!entries) return bodies;
    for (const auto& entry : *entries)
      bodies.push_back(mydba::rpc::writeJson(mydba::protocol::encode(entry)));
    return bodies;
  };
  AuditLog untouched = opened(folder.file());
  const auto expected = texts(untouched);
  int found = 0;
  for (std::size_t i = 0; i < original.size(); i += 3) {
    const std::string copy = folder.file() + "-copy";
    std::string changed = original;
    changed[i] = static_cast<char>(changed[i] ^ 0x11);
    std::ofstream(copy, std::ios::binary) << changed;
    INFO(i);
    auto log = AuditLog::open(copy);
    const auto verdict = log ? log->verify() : log.error();
    if (!verdict || !verdict->valid)
      ++found;
    else  // Space that is not in use, counters: what was entered is all there.
      CHECK(texts(*log) == expected);
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(copy + suffix);
  }
  CHECK(found > 500);
}

TEST_CASE("retention lets the oldest go, and says so in the chain") {
  const Folder folder;
  {
    AuditLog log = opened(folder.file());
    for (int i = 0; i < 3000; ++i) REQUIRE(log.append(statement(std::string(900, 'x'))));
    CHECK(*log.prune({.days = 1, .megabytes = 0}) == 0);
    const auto gone = log.prune({.days = 0, .megabytes = 1});
    REQUIRE(gone);
    CHECK(*gone > 1500);
    CHECK(*log.prune({.days = 0, .megabytes = 1}) == 0);
    const auto verdict = log.verify();
    REQUIRE(verdict);
    CHECK(verdict->valid);
    CHECK(verdict->removed == *gone);
    CHECK(verdict->entries == 3001 - *gone);
    const auto last = log.list("", 1);
    CHECK(last->front().removed->through == *gone);
    CHECK(last->front().removed->reason == "more than 1 MB");
    CHECK(*log.append(statement("after")) == 3002);
  }
  CHECK(brokenAt(folder.file()) == 0);
  // What the retention did not let go is missed, also next to what it did.
  const std::string first = "(SELECT min(seq) FROM entry)";
  tamper(folder.file(), "DELETE FROM entry WHERE seq = " + first);
  CHECK(brokenAt(folder.file()) > 0);
  tamper(folder.file(), "UPDATE start SET seq = seq + 1, hash = (SELECT hash FROM entry LIMIT 1)");
  CHECK(brokenAt(folder.file()) > 0);
}

TEST_CASE("entries that are too old go in one piece") {
  const Folder folder;
  {
    AuditLog log = opened(folder.file());
    fill(log, 10);
  }
  // Entered two days ago: the chain is made anew, as only a test may.
  tamper(folder.file(), "DELETE FROM entry; DELETE FROM head");
  {
    auto database = mydba::store::Database::open(folder.file());
    std::string hash;
    for (int seq = 1; seq <= 4; ++seq) {
      const std::string body = R"({"seq":)" + std::to_string(seq) +
                               R"(,"time":"2001-01-01T00:00:00.000Z","actor":"cli",)"
                               R"("action":"kill","connection":"x","outcome":"done"})";
      hash = mydba::store::chainHash(hash, body);
      REQUIRE(database->execute("INSERT INTO entry VALUES (" + std::to_string(seq) + ", '" + body +
                                "', '" + hash + "')"));
    }
    REQUIRE(database->execute("INSERT INTO head VALUES (1, 4, '" + hash + "')"));
  }
  AuditLog log = opened(folder.file());
  REQUIRE(*log.append(statement("new")) == 5);
  CHECK(*log.prune({.days = 365, .megabytes = 0}) == 4);
  CHECK(log.verify()->valid);
  CHECK(log.list("", {})->size() == 2);
  CHECK(log.list("", {})->back().removed->reason == "older than 365 days");
}

TEST_CASE("pages are newest first, an ending is in its beginning") {
  using mydba::protocol::AuditAction;
  using mydba::protocol::AuditActor;
  const Folder folder;
  AuditLog log = opened(folder.file());
  for (int i = 0; i < 50; ++i) {
    const auto seq = log.append(statement("INSERT INTO t" + std::to_string(i)));
    REQUIRE(log.append({.actor = AuditActor::cli,
                        .action = AuditAction::statement,
                        .connection = "postgres://h/d",
                        .began = *seq,
                        .outcome = i % 10 == 0 ? "server 42P01" : "done",
                        .rows = i}));
  }
  // Two at once: the endings lie between, and one is still open.
  const auto one = log.append(statement("UPDATE a"));
  REQUIRE(log.append(statement("UPDATE b")));
  REQUIRE(log.append({.actor = AuditActor::cli,
                      .action = AuditAction::statement,
                      .connection = "postgres://h/d",
                      .began = *one,
                      .outcome = "done",
                      .rows = 77}));
  std::vector<mydba::protocol::AuditEntry> all;
  std::optional<std::int64_t> before;
  do {
    const auto page = log.page({}, before, 7);
    REQUIRE(page);
    CHECK(page->entries.size() <= 7);
    all.insert(all.end(), page->entries.begin(), page->entries.end());
    before = page->next;
  } while (before);
  REQUIRE(all.size() == 52);
  CHECK(all[0].sql == "UPDATE b");
  CHECK_FALSE(all[0].outcome);
  CHECK(all[1].rows == 77);
  for (std::size_t i = 2; i < all.size(); ++i) {
    INFO(i);
    CHECK(all[i].sql == "INSERT INTO t" + std::to_string(51 - i));
    CHECK(all[i].rows == static_cast<std::int64_t>(51 - i));
  }
  const auto count = [&](const mydba::protocol::AuditFilter& filter) {
    return log.page(filter, {}, 1000)->entries.size();
  };
  CHECK(count({.text = "into T4"}) == 11);
  CHECK(count({.text = "42p01"}) == 5);
  CHECK(count({.outcome = mydba::protocol::AuditOutcome::failed}) == 5);
  CHECK(count({.outcome = mydba::protocol::AuditOutcome::open}) == 1);
  CHECK(count({.actor = AuditActor::chat}) == 0);
  CHECK(count({.action = AuditAction::statement, .connection = "H/D"}) == 52);
  CHECK(count({.text = "elapsedMs"}) == 0);
  CHECK(count({.from = "2100-01-01"}) == 0);
  CHECK(count({.until = "2100-01-01"}) == 52);
}

TEST_CASE("a log that cannot be opened says which file and why") {
  const auto log = AuditLog::open("/nonexistent/audit.db");
  REQUIRE_FALSE(log);
  CHECK(log.error().message.find("/nonexistent/audit.db") != std::string::npos);
  CHECK_FALSE(log.error().hint.empty());
}
