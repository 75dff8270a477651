#include "optimize/row_digest.h"

#include <string>
#include <vector>

#include "native/catch.h"

namespace mydba::optimize {
namespace {

using Row = std::vector<Cell>;

RowDigest digestOf(const std::vector<Row>& rows) {
  RowDigest digest;
  for (const Row& row : rows) digest.add(row);
  return digest;
}

TEST_CASE("results are the same when they have the same rows as often", "[optimize]") {
  const Row a = {Cell::of("1"), Cell::of("x")};
  const Row b = {Cell::of("2"), Cell::of("y")};
  CHECK(digestOf({a, b}).sameOrder(digestOf({a, b})));
  CHECK(digestOf({a, b}).sameRows(digestOf({b, a})));
  CHECK_FALSE(digestOf({a, b}).sameOrder(digestOf({b, a})));
  CHECK_FALSE(digestOf({a, a}).sameRows(digestOf({a})));
  CHECK_FALSE(digestOf({a, a, b}).sameRows(digestOf({a, b, b})));
  CHECK(digestOf({}).sameOrder(digestOf({})));
}

TEST_CASE("cells are told apart where they end, and NULL from nothing", "[optimize]") {
  CHECK_FALSE(digestOf({{Cell::of("ab"), Cell::of("c")}})
                  .sameRows(digestOf({{Cell::of("a"), Cell::of("bc")}})));
  CHECK_FALSE(digestOf({{Cell::null()}}).sameRows(digestOf({{Cell::of("")}})));
  CHECK_FALSE(
      digestOf({{Cell::of("a\0b")}}).sameRows(digestOf({{Cell::of(std::string_view("a\0b", 3))}})));
}

TEST_CASE("the sum carries over into its upper half", "[optimize]") {
  // Of some thousand sums of random numbers half overflow: order would show if a carry were lost.
  std::vector<Row> rows;
  std::vector<std::string> texts;
  for (int i = 0; i < 2000; ++i) texts.push_back(std::to_string(i * 7919));
  for (const auto& text : texts) rows.push_back({Cell::of(text)});
  const std::vector<Row> backwards(rows.rbegin(), rows.rend());
  CHECK(digestOf(rows).sameRows(digestOf(backwards)));
}

}  // namespace
}  // namespace mydba::optimize
