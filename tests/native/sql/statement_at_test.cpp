// The statement at the cursor. `|` in a text is where the cursor stands.
#include "sql/statement_at.h"

#include <string>

#include "native/catch.h"
#include "sql/dialect.h"
#include "sql/text_position.h"

namespace {

/// The statement that is meant, or "none".
std::string meant(std::string text) {
  const auto cursor = text.find('|');
  text.erase(cursor, 1);
  const auto ranges = mydba::sql::split(text, mydba::sql::genericDialect());
  const auto found = mydba::sql::statementAt(text, ranges, cursor);
  return found ? text.substr(ranges[*found].start, ranges[*found].end - ranges[*found].start)
               : "none";
}

}  // namespace

TEST_CASE("the statement around the cursor, its ends included") {
  CHECK(meant("SELECT 1;\nSEL|ECT 2;\nSELECT 3") == "SELECT 2");
  CHECK(meant("SELECT 1;\n|SELECT 2;") == "SELECT 2");
  CHECK(meant("SELECT 1|;\nSELECT 2;") == "SELECT 1");
}

TEST_CASE("behind a statement on its line, that one") {
  CHECK(meant("SELECT 1;\nSELECT 2; -- the second|\nSELECT 3;") == "SELECT 2");
  CHECK(meant("SELECT 1; SELECT 2;|\n\nSELECT 3;") == "SELECT 2");
}

TEST_CASE("in the comments above a statement, that one unless a blank line is between") {
  CHECK(meant("SELECT 1;\n-- t|wo\n-- more\nSELECT 2;") == "SELECT 2");
  CHECK(meant("SELECT 1;\n-- t|wo\n \t\nSELECT 2;") == "none");
  CHECK(meant("SELECT 1;\n|\nSELECT 2;") == "none");
}

TEST_CASE("far from every statement, the only one") {
  CHECK(meant("SELECT 1;\n\n\n|") == "SELECT 1");
  CHECK(meant("|\n\nSELECT 1;") == "SELECT 1");
  CHECK(meant("SELECT 1;\nSELECT 2;\n\n|") == "none");
  CHECK(meant("|") == "none");
}

TEST_CASE("a place in UTF-16 units is a byte") {
  CHECK(mydba::sql::byteAt("a🦆b", 0) == 0);
  CHECK(mydba::sql::byteAt("a🦆b", 3) == 5);
  CHECK(mydba::sql::byteAt("aéb", 2) == 3);
  CHECK(mydba::sql::byteAt("ab", 9) == 2);
}
