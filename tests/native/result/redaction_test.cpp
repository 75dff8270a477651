#include "result/redaction.h"

#include <optional>

#include "native/catch.h"
#include "result/row_frame.h"

namespace mydba::result {
namespace {

std::string frameOf(std::span<const std::vector<Cell>> rows) {
  RowFrameWriter writer;
  writer.begin(3, 2, 40, Pace::bulk);
  for (const auto& row : rows) writer.append(row);
  return std::string(writer.finish());
}

TEST_CASE("a redacted frame has no value of a redacted column") {
  const std::string secret(100'000, 's');  // is cut
  const std::string plain(100'000, 'p');
  const std::vector<std::vector<Cell>> rows = {{Cell::of("hunter2"), Cell::of("a")},
                                               {Cell::null(), Cell::null()},
                                               {Cell::of(secret), Cell::of(plain)},
                                               {Cell::of(""), Cell::of("")}};
  const std::string frame = frameOf(rows);
  const auto shown = redactFrame(frame, {true, false});
  REQUIRE(shown);
  CHECK(shown->find("hunter2") == std::string::npos);
  CHECK(shown->find("sss") == std::string::npos);
  const auto reader = RowFrameReader::open(*shown);
  REQUIRE(reader);
  CHECK(reader->resultSet() == 3);
  CHECK(reader->firstRow() == 40);
  REQUIRE(reader->rowCount() == 4);
  REQUIRE(reader->cutCount() == 1);
  CHECK(reader->cut(0).column == 1);
  CHECK(reader->cut(0).row == 2);
  CHECK(reader->cut(0).bytes == plain.size());
  std::vector<Cell> cells;
  REQUIRE(reader->row(0, cells));
  CHECK(cells[0].text() == redactedCell);
  CHECK(cells[1].text() == "a");
  REQUIRE(reader->row(1, cells));
  CHECK(cells[0].isNull());
  REQUIRE(reader->row(3, cells));
  CHECK(cells[0].text() == redactedCell);
  CHECK(cells[1].text().empty());
}

TEST_CASE("a damaged frame is refused and not passed on") {
  const std::vector<std::vector<Cell>> rows = {{Cell::of("x"), Cell::of("y")}};
  std::string frame = frameOf(rows);
  CHECK_FALSE(redactFrame(frame, {true}));
  frame.pop_back();
  CHECK_FALSE(redactFrame(frame, {true, false}));
}

}  // namespace
}  // namespace mydba::result
