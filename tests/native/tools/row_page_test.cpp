#include "tools/row_page.h"

#include <string>
#include <vector>

#include "native/catch.h"

namespace mydba::tools {
namespace {

protocol::Column column(std::string name) {
  return {.name = std::move(name), .type = "text", .kind = protocol::ColumnKind::text};
}

/// A page of so many rows `(number, value)`.
Json page(std::int64_t offset, std::int64_t limit, int rows, std::string_view value,
          const std::string& name = "value") {
  RowPage sink(offset, limit);
  const std::vector<protocol::Column> columns = {column("id"), column(name)};
  bool wanted = sink.begin(columns);
  for (int i = 0; wanted && i < rows; ++i) {
    const std::string id = std::to_string(i);
    const std::vector<Cell> cells = {Cell::of(id), Cell::of(value)};
    wanted = sink.row(cells);
  }
  sink.end({});
  return sink.json();
}

TEST_CASE("a page has the rows that were asked for, and says where the next begins", "[tools]") {
  const Json first = page(0, 3, 7, "x");
  CHECK(first["rows"].size() == 3);
  CHECK(first["nextOffset"] == 3);
  const Json last = page(6, 3, 7, "x");
  CHECK(last["rows"].dump() == R"([["6","x"]])");
  CHECK_FALSE(last.contains("nextOffset"));
  CHECK(page(7, 3, 7, "x")["rows"].empty());
  CHECK_FALSE(page(0, 7, 7, "x").contains("nextOffset"));
}

TEST_CASE("a page is small however long its values are", "[tools]") {
  const std::string value(5000, 'v');
  const Json json = page(0, 200, 500, value);
  CHECK(json.dump().size() < mostBytes + 4096);
  CHECK(json["rows"].size() > 10);
  CHECK(json["nextOffset"] == json["rows"].size());
  CHECK(json["rows"][0][1].get<std::string>().ends_with("…"));
  CHECK(json.contains("cut"));
}

TEST_CASE("NULL, secrets and bytes that are no text are told apart", "[tools]") {
  RowPage sink(0, 10);
  const std::vector<protocol::Column> columns = {column("password"), column("note")};
  REQUIRE(sink.begin(columns));
  const std::vector<Cell> hidden = {Cell::of("hunter2"), Cell::of("\xff\xfe")};
  const std::vector<Cell> null = {Cell::null(), Cell::null()};
  REQUIRE(sink.row(hidden));
  REQUIRE(sink.row(null));
  const Json rows = sink.json()["rows"];
  CHECK(rows[0].dump() == R"(["•••","\\xff\\xfe"])");
  CHECK(rows[1].dump() == "[null,null]");
}

}  // namespace
}  // namespace mydba::tools
