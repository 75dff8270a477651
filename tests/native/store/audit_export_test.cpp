#include "store/audit_export.h"

#include "native/catch.h"

using mydba::protocol::AuditEntry;
using mydba::store::AuditText;
using mydba::store::csvCell;

TEST_CASE("a text that a spreadsheet would run gets an apostrophe, which can be taken off again") {
  for (const std::string text :
       {"=1+1", "+1", "-1", "@SUM(A1)", "'quoted", "''", "\uff1dcmd", "=a,b", "-\"x\"", "\t=1",
        "\r=1", "\n=1", "plain", "", "a=b", "a,b", "say \"hi\"", "two\nlines"}) {
    INFO(text);
    std::string cell = csvCell(text);
    if (cell.starts_with('"')) {
      REQUIRE(cell.ends_with('"'));
      std::string bare;
      for (std::size_t i = 1; i + 1 < cell.size(); ++i) {
        if (cell[i] == '"') ++i;
        bare += cell[i];
      }
      cell = bare;
    } else {
      CHECK(cell.find_first_of(",\"\r\n") == std::string::npos);
    }
    CHECK(std::string("=+-@\t\r\n").find(cell.empty() ? 'x' : cell[0]) == std::string::npos);
    if (cell.starts_with('\'')) cell.erase(0, 1);
    CHECK(cell == text);
  }
}

TEST_CASE("an export ends where it would be too long, and stays whole") {
  const AuditEntry entry{.seq = 1, .time = "t", .connection = "c", .sql = "=x"};
  AuditText json(mydba::protocol::AuditFormat::json, 200);
  int entries = 0;
  while (json.add(entry)) ++entries;
  CHECK(entries > 0);
  const std::string text = json.finish();
  CHECK(text.ends_with("]}\n"));
  CHECK(text.size() < 220);
  AuditText csv(mydba::protocol::AuditFormat::csv, 10000);
  REQUIRE(csv.add(entry));
  const std::string table = csv.finish();
  CHECK(table.find("\n1,t,editor,connect,c,,,,'=x,") != std::string::npos);
}
