#include "store/sent_log.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "native/catch.h"

using namespace mydba;
using store::SentLog;

namespace {

/// A folder that goes with the test.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / "mydba-sent-XXXXXX") {
    std::string name = path_.string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file() const { return (path_ / "sent.db").string(); }
  /// All bytes of all files in it.
  std::string bytes() const {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      std::ifstream file(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }

 private:
  std::filesystem::path path_;
};

store::SentEntry entry(std::string request, std::string model = "small") {
  return {.provider = "ollama",
          .address = "http://127.0.0.1:11434",
          .model = std::move(model),
          .purpose = "explain",
          .request = std::move(request),
          .masked = {{"text", 2}, {"comment", 1}}};
}

}  // namespace

TEST_CASE("what was sent is found again, word for word") {
  Folder folder;
  const auto log = std::move(*SentLog::open(folder.file()));
  const auto first = log->begin(entry("first % \"one\"\n"));
  REQUIRE(first);
  const auto second = log->begin(entry("the second"));
  REQUIRE(second);
  REQUIRE(log->complete(
      *first, {.outcome = "answered", .inputTokens = 12, .outputTokens = 0, .cost = 0.0025}));

  const auto found = log->find(*first);
  REQUIRE(found);
  CHECK(found->request == "first % \"one\"\n");
  CHECK(found->outcome == "answered");
  CHECK(found->inputTokens == 12);
  CHECK(found->outputTokens == 0);
  CHECK(found->cost == 0.0025);
  CHECK(found->masked == store::MaskedCounts{{"text", 2}, {"comment", 1}});
  const auto open = log->find(*second);
  REQUIRE(open);
  CHECK(open->outcome == "sent");
  CHECK_FALSE(open->inputTokens);
  CHECK_FALSE(open->cost);

  CHECK(log->list("", std::nullopt, 10)->front().id == *second);
  CHECK(log->list("", *second, 10)->size() == 1);
  CHECK(log->list("SECOND", std::nullopt, 10)->size() == 1);
  CHECK(log->list("%", std::nullopt, 10)->size() == 1);
  CHECK(log->list("", std::nullopt, 1)->size() == 1);
  const auto lines = log->exportLines();
  REQUIRE(lines);
  CHECK(lines->find(R"("request":"first % \"one\"\n")") != std::string::npos);
}

TEST_CASE("the report says where how much went and what was kept back") {
  Folder folder;
  const auto log = std::move(*SentLog::open(folder.file()));
  const auto id = log->begin(entry("12345"));
  REQUIRE(log->complete(*id,
                        {.outcome = "answered", .inputTokens = 7, .outputTokens = 3, .cost = 0.5}));
  const auto last = log->begin(entry("ü", "large"));
  REQUIRE(last);
  REQUIRE(log->complete(
      *last, {.outcome = "answered", .inputTokens = 5, .outputTokens = {}, .cost = 0.25}));
  const auto report = log->report();
  REQUIRE(report);
  CHECK(report->tokens == 15);
  CHECK(report->cost == 0.75);
  CHECK(report->requests == 2);
  CHECK(report->bytes == 7);
  CHECK(report->masked == store::MaskedCounts{{"text", 4}, {"comment", 2}});
  REQUIRE(report->destinations.size() == 2);
  CHECK(report->destinations[0].model == "small");
  CHECK(report->destinations[0].tokens == 10);
  CHECK(report->destinations[0].cost == 0.5);
  CHECK(report->since == log->find(*id)->time);
  CHECK(report->until == log->find(*last)->time);
}

TEST_CASE("pages of the log follow each other, newest first, and none is shown twice") {
  Folder folder;
  const auto log = std::move(*SentLog::open(folder.file()));
  for (int i = 0; i < 25; ++i) REQUIRE(log->begin(entry("request " + std::to_string(i))));
  std::vector<std::string> seen;
  std::optional<std::int64_t> before;
  for (;;) {
    const auto page = log->list("", before, 10);
    REQUIRE(page);
    if (page->empty()) break;
    for (const auto& each : *page) seen.push_back(each.request);
    before = page->back().id;
    // What is sent meanwhile is no part of the pages that follow.
    REQUIRE(log->begin(entry("later")));
  }
  REQUIRE(seen.size() == 25);
  for (std::size_t i = 0; i < 25; ++i) CHECK(seen[i] == "request " + std::to_string(24 - i));
  REQUIRE(log->clear());
  CHECK(log->find(1).error().code == ErrorCode::invalidParams);
  CHECK(log->report()->until.empty());
}

TEST_CASE("only the user can read the log, and what he clears is gone from the disk") {
  Folder folder;
  const auto log = std::move(*SentLog::open(folder.file()));
  REQUIRE(log->begin(entry("something that nobody should find")));
  struct stat status {};
  REQUIRE(::stat(folder.file().c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(folder.bytes().find("nobody should find") != std::string::npos);
  REQUIRE(log->clear());
  CHECK(log->list("", std::nullopt, 10)->empty());
  CHECK(log->report()->requests == 0);
  CHECK(folder.bytes().find("nobody should find") == std::string::npos);
}

TEST_CASE("the oldest requests go when there is too much") {
  Folder folder;
  const auto log = std::move(*SentLog::open(folder.file(), {.days = 1, .megabytes = 1}));
  const std::string large(400'000, 'x');
  for (int i = 0; i < 4; ++i) REQUIRE(log->begin(entry(large)));
  const auto kept = log->list("", std::nullopt, 10);
  REQUIRE(kept);
  CHECK(kept->size() == 3);  // two that fit, and the one that came after
  CHECK(kept->front().id == 4);
}

TEST_CASE("a log that cannot be opened says so") {
  const auto log = SentLog::open("/proc/no/such/sent.db");
  REQUIRE_FALSE(log);
  CHECK_FALSE(log.error().message.empty());
}
