#include "sql/splitter.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "native/catch.h"
#include "sql/facts.h"

using namespace mydba::sql;
namespace fs = std::filesystem;

namespace {

std::string readFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// The statements with their facts, as the golden files hold them.
std::string render(std::string_view text, const Dialect& dialect) {
  std::string out;
  for (const StatementRange& range : split(text, dialect)) {
    const std::string_view sql = text.substr(range.start, range.end - range.start);
    const StatementFacts facts = readFacts(sql, dialect);
    out += "=== " + std::to_string(range.start) + ".." + std::to_string(range.end) + " " +
           facts.kindName + (facts.explainable ? " explainable" : "") +
           (facts.returnsRows ? " rows" : "") + "\n";
    out += std::string(sql) + "\n";
  }
  return out;
}

std::string repeat(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

}  // namespace

TEST_CASE("every file under tests/sql splits as its golden file says") {
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(MYDBA_SOURCE_DIR "/tests/sql")) {
    if (entry.path().extension() != ".sql") continue;
    // What the linter is tested with has no golden files.
    const auto folder = entry.path().parent_path().filename();
    if (folder == "lint" || folder == "ordinary") continue;
    ++files;
    const Dialect* dialect = findDialect(entry.path().parent_path().filename().string());
    REQUIRE(dialect);
    const std::string actual = render(readFile(entry.path()), *dialect);
    fs::path golden = entry.path();
    golden.replace_extension(".golden");
    // To accept a change: UPDATE_GOLDEN=1, then read the diff.
    if (std::getenv("UPDATE_GOLDEN")) std::ofstream(golden, std::ios::binary) << actual;
    INFO(golden.string());
    CHECK(actual == readFile(golden));
  }
  CHECK(files >= 10);
}

TEST_CASE("what is no statement gives no range") {
  for (const char* name : {"generic", "postgres", "mysql", "mariadb", "sqlite", "redis"}) {
    for (const char* text : {"", " \n\t", "\xEF\xBB\xBF", "\n\n"}) {
      INFO(name << ": " << text);
      CHECK(split(text, *findDialect(name)).empty());
    }
  }
  CHECK(split(";;; -- only a comment\n;/* and another */", genericDialect()).empty());
}

TEST_CASE("offsets count a byte order mark") {
  const std::vector<StatementRange> expected = {{3, 11}};
  CHECK(split("\xEF\xBB\xBFSELECT 1;", genericDialect()) == expected);
  CHECK(split("\xEF\xBB\xBFSELECT 1\n", *findDialect("redis")) == expected);
}

TEST_CASE("hostile text is split in linear time") {
  constexpr std::size_t bytes = 200'000;
  const char* pieces[] = {
      "/*",
      "(",
      "CASE ",
      "BEGIN ",
      "'",
      "''",
      "$a$",
      "$a",
      "\"",
      "`",
      "[",
      "*/",
      "\\",
      "\\.\n",
      "END ",
      ";",
      "--",
      "- ",
      "/*! ",
      "/*!1*/",
      "E'\\",
      "DELIMITER a\n",
      "IF ",
      "CREATE TRIGGER a ",
      "@",
      "WITH a (",
      "COPY t FROM STDIN;\n",
      "*",
      "/",
      "1e",
      "\n\\",
      "THEN CASE ",
      "BEGIN CASE a; ",
      "\xff",
      "DELIMITER aaaaaaaab\n",
      "a",
      "aaaaaaaa",
      "1.",
      "COPY t FROM STDIN;\n\\.x\n",
  };
  for (const char* name : {"postgres", "mysql", "sqlite"}) {
    for (const char* piece : pieces) {
      for (const char* head : {"", "CREATE TRIGGER t BEGIN ", "DELIMITER aaaaaaaaaaaaab\n"}) {
        const std::string text = head + repeat(piece, bytes);
        INFO(name << ": " << head << piece);
        const auto start = std::chrono::steady_clock::now();
        const auto ranges = split(text, *findDialect(name));
        if (!ranges.empty()) CHECK(ranges.back().end <= text.size());
        // This takes some 10 ms without optimisation; quadratic time would take minutes.
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
      }
    }
  }
}
