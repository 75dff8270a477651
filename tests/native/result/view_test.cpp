#include "result/view.h"

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "native/catch.h"

namespace mydba::result {
namespace {

using protocol::ColumnKind;
using protocol::Filter;
using protocol::FilterOp;
using protocol::SortKey;
using Row = std::vector<std::optional<std::string>>;

const std::vector<protocol::Column> columns = {
    {.name = "id", .type = "int", .kind = ColumnKind::number},
    {.name = "name", .type = "text", .kind = ColumnKind::text}};

std::unique_ptr<Spool> spoolOf(const std::vector<Row>& rows) {
  auto made = Spool::create({});
  REQUIRE(made);
  RowFrameWriter writer;
  writer.begin(0, 2, 0, Pace::bulk);
  std::uint64_t number = 0;
  for (const Row& row : rows) {
    std::vector<Cell> cells;
    for (const auto& cell : row) cells.push_back(cell ? Cell::of(*cell) : Cell::null());
    const std::size_t cuts = writer.cuts().size();
    writer.append(cells);
    if (writer.cuts().size() > cuts) REQUIRE((*made)->keepCell(number, 1, cells[1]));
    ++number;
    if (writer.full()) REQUIRE(*(*made)->append(writer.finish()));
  }
  REQUIRE(*(*made)->append(writer.finish()));
  return std::move(*made);
}

View makeView(const Spool& spool, std::vector<SortKey> sort, std::vector<Filter> filters,
              std::size_t memory = sortMemory) {
  auto view =
      View::create(spool, {.columns = columns, .sort = sort, .filters = filters, .memory = memory},
                   {}, [](std::uint64_t) {});
  REQUIRE(view);
  return std::move(*view);
}

using Numbers = std::vector<std::uint32_t>;

Numbers numbersOf(const View& view) {
  auto window = view.window(0, view.rows() + 10);
  REQUIRE(window);
  return *window;
}

const std::vector<Row> people = {{"10", "Zoe"}, {"9", "adam"},         {std::nullopt, "Bob"},
                                 {"10", "eve"}, {"2.5", std::nullopt}, {"-1", "BOB"}};

TEST_CASE("a view is sorted by number, NULL last either way, equal rows in their order") {
  const auto spool = spoolOf(people);
  CHECK(numbersOf(makeView(*spool, {{0, false}}, {})) == Numbers{5, 4, 1, 0, 3, 2});
  CHECK(numbersOf(makeView(*spool, {{0, true}}, {})) == Numbers{0, 3, 1, 4, 5, 2});
}

TEST_CASE("a view is sorted by text without case and by several columns") {
  const auto spool = spoolOf(people);
  CHECK(numbersOf(makeView(*spool, {{1, false}}, {})) == Numbers{1, 2, 5, 3, 0, 4});
  CHECK(numbersOf(makeView(*spool, {{1, false}, {0, false}}, {})) == Numbers{1, 5, 2, 3, 0, 4});
  CHECK(numbersOf(makeView(*spool, {{0, true}, {1, true}}, {})) == Numbers{0, 3, 1, 4, 5, 2});
  CHECK(numbersOf(makeView(*spool, {{0, true}, {1, false}}, {})) == Numbers{3, 0, 1, 4, 5, 2});
}

TEST_CASE("filters compare as the protocol says") {
  const auto spool = spoolOf(people);
  const auto filtered = [&](Filter filter) {
    return numbersOf(makeView(*spool, {}, {std::move(filter)}));
  };
  CHECK(filtered({1, FilterOp::contains, "O"}) == Numbers{0, 2, 5});
  CHECK(filtered({1, FilterOp::notContains, "o"}) == Numbers{1, 3, 4});
  CHECK(filtered({1, FilterOp::equals, "bob"}) == Numbers{2, 5});
  CHECK(filtered({1, FilterOp::notEquals, "bob"}) == Numbers{0, 1, 3, 4});
  CHECK(filtered({0, FilterOp::equals, "10.0"}) == Numbers{0, 3});
  CHECK(filtered({0, FilterOp::less, "9"}) == Numbers{4, 5});
  CHECK(filtered({0, FilterOp::lessOrEqual, "9"}) == Numbers{1, 4, 5});
  CHECK(filtered({0, FilterOp::greater, "9"}) == Numbers{0, 3});
  CHECK(filtered({0, FilterOp::greaterOrEqual, "9"}) == Numbers{0, 1, 3});
  CHECK(filtered({1, FilterOp::greater, "c"}) == Numbers{0, 3});
  CHECK(filtered({0, FilterOp::isNull, std::nullopt}) == Numbers{2});
  CHECK(filtered({1, FilterOp::isNotNull, std::nullopt}) == Numbers{0, 1, 2, 3, 5});
  CHECK(filtered({std::nullopt, FilterOp::contains, "1"}) == Numbers{0, 3, 5});
  CHECK(filtered({std::nullopt, FilterOp::notContains, "1"}) == Numbers{1, 2, 4});
  CHECK(filtered({std::nullopt, FilterOp::isNull, std::nullopt}) == Numbers{2, 4});
}

TEST_CASE("all filters must hold, and the rest is sorted") {
  const auto spool = spoolOf(people);
  const auto view = makeView(
      *spool, {{1, true}}, {{0, FilterOp::isNotNull, std::nullopt}, {1, FilterOp::contains, "e"}});
  CHECK(numbersOf(view) == Numbers{0, 3});
  CHECK(view.rows() == 2);
}

TEST_CASE("filters see the whole of a cut cell") {
  const auto spool = spoolOf({{"1", std::string(100'000, 'x') + "Needle"}, {"2", "hay"}});
  CHECK(numbersOf(makeView(*spool, {}, {{1, FilterOp::contains, "needle"}})) == Numbers{0});
}

TEST_CASE("the rows of a view are sent in its order, numbered by it") {
  const auto spool = spoolOf(people);
  const auto view = makeView(*spool, {{0, false}}, {});
  std::vector<Cell> cells;
  const auto sent = view.send(*spool, 1, 2, 0, [&](std::string_view bytes) {
    const auto frame = RowFrameReader::open(bytes);
    REQUIRE(frame);
    CHECK(frame->firstRow() == 1);
    REQUIRE(frame->rowCount() == 2);
    REQUIRE(frame->row(0, cells));
    CHECK(cells[0].text() == "2.5");
    REQUIRE(frame->row(1, cells));
    CHECK(cells[0].text() == "9");
    return true;
  });
  CHECK(*sent == 2);
  CHECK(*view.send(*spool, 6, 5, 0, [](std::string_view) { return true; }) == 0);
}

TEST_CASE("a sort that does not fit into memory gives the same order") {
  std::mt19937 random(7);
  std::vector<Row> rows;
  std::vector<std::pair<int, std::uint32_t>> expected;
  // Two keys of a row take about 50 bytes, so 1 MiB is spilled often enough for two merge passes.
  for (std::uint32_t i = 0; i < 250'000; ++i) {
    const int number = static_cast<int>(random() % 100'000);
    rows.push_back({std::to_string(number), "a text that is longer than the prefix"});
    expected.emplace_back(number, i);
  }
  const auto spool = spoolOf(rows);
  std::stable_sort(expected.begin(), expected.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto numbers = numbersOf(makeView(*spool, {{1, false}, {0, false}}, {}, 1 << 20));
  REQUIRE(numbers.size() == expected.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) REQUIRE(numbers[i] == expected[i].second);
}

TEST_CASE("a view can be cancelled, and reports its progress") {
  const auto spool = spoolOf(std::vector<Row>(50'000, Row{"1", "some text"}));
  CancelSource source;
  std::vector<SortKey> sort = {{0, false}};
  std::uint64_t seen = 0;
  const auto view =
      View::create(*spool, {.columns = columns, .sort = sort}, source.token(), [&](auto rows) {
        seen = rows;
        source.cancel(CancelReason::user);
      });
  REQUIRE_FALSE(view);
  CHECK(view.error().code == ErrorCode::cancelled);
  CHECK(seen > 0);
  CHECK(seen < 50'000);
}

TEST_CASE("columns that do not exist are refused") {
  const auto spool = spoolOf(people);
  const std::vector<SortKey> sort = {{2, false}};
  const std::vector<Filter> filters = {{-1, FilterOp::equals, "x"}};
  const std::vector<Filter> noValue = {{0, FilterOp::equals, std::nullopt}};
  const auto refused = [&](const ViewSpec& spec) {
    const auto view = View::create(*spool, spec, {}, [](std::uint64_t) {});
    return !view && view.error().code == ErrorCode::invalidParams;
  };
  CHECK(refused({.columns = columns, .sort = sort}));
  CHECK(refused({.columns = columns, .filters = filters}));
  CHECK(refused({.columns = columns, .filters = noValue}));
}

}  // namespace
}  // namespace mydba::result
