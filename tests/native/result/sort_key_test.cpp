#include "result/sort_key.h"

#include <string>
#include <vector>

#include "base/fold_case.h"
#include "native/catch.h"

namespace mydba::result {
namespace {

using protocol::ColumnKind;

std::string keyOf(std::string_view text, ColumnKind kind, bool descending = false) {
  std::string key;
  appendSortKey(key, Cell::of(text), kind, descending);
  return key;
}

std::string nullKey() {
  std::string key;
  appendSortKey(key, Cell::null(), ColumnKind::number, false);
  return key;
}

std::string folded(std::string_view text) {
  std::string out;
  appendFolded(out, text);
  return out;
}

TEST_CASE("number keys have the order of the numbers") {
  const std::vector<std::string> ascending = {"-Infinity",
                                              "-1e400",
                                              "-9223372036854775808",
                                              "-9223372036854775807",
                                              "-100",
                                              "-99.5",
                                              "-99.25",
                                              "-1",
                                              "-0.5",
                                              "-1e-300",
                                              "0",
                                              "1e-300",
                                              "0.001",
                                              "0.0010000000000000000000001",
                                              "0.5",
                                              "1",
                                              "1.5",
                                              "2",
                                              "9",
                                              "10",
                                              "10.01",
                                              "99",
                                              "100",
                                              "101",
                                              "123456789012345678901234567890",
                                              "123456789012345678901234567891",
                                              "1e120",
                                              "1e121",
                                              "1e5000",
                                              "Infinity",
                                              "NaN",
                                              "not a number"};
  for (std::size_t i = 0; i + 1 < ascending.size(); ++i) {
    INFO(ascending[i] << " < " << ascending[i + 1]);
    CHECK(keyOf(ascending[i], ColumnKind::number) < keyOf(ascending[i + 1], ColumnKind::number));
    CHECK(keyOf(ascending[i], ColumnKind::number, true) >
          keyOf(ascending[i + 1], ColumnKind::number, true));
  }
}

TEST_CASE("equal numbers have equal keys however they are written") {
  for (const char* text : {"100", "+100", "0100", "100.", "100.00", "1e2", "1E+2", "1000e-1"})
    CHECK(keyOf(text, ColumnKind::number) == keyOf("100", ColumnKind::number));
  for (const char* text : {"0", "-0", "0.000", "0e10", "-0.0"})
    CHECK(keyOf(text, ColumnKind::number) == keyOf("0", ColumnKind::number));
}

TEST_CASE("what is not a number is sorted as text, behind the numbers") {
  for (const char* text : {"", "-", ".", "1e", "1x", "0x10", "1 ", "$5", "--1", "1e9999999999"}) {
    CHECK(keyOf(text, ColumnKind::number) > keyOf("1e9", ColumnKind::number));
    CHECK(keyOf(text, ColumnKind::number) == keyOf(text, ColumnKind::text));
  }
}

TEST_CASE("text keys ignore case and no key is the start of another") {
  CHECK(keyOf("Zebra", ColumnKind::text) == keyOf("zEBRA", ColumnKind::text));
  CHECK(keyOf("ŽLUŤ", ColumnKind::text) == keyOf("žluť", ColumnKind::text));
  const std::vector<std::string> ascending = {"",
                                              std::string(1, '\0'),
                                              std::string("\0\0", 2),
                                              std::string("\0\1", 2),
                                              "\1",
                                              "a",
                                              std::string("a\0", 2),
                                              "a\1",
                                              "aa",
                                              "AB",
                                              "b"};
  for (std::size_t i = 0; i + 1 < ascending.size(); ++i) {
    const std::string lower = keyOf(ascending[i], ColumnKind::text);
    const std::string upper = keyOf(ascending[i + 1], ColumnKind::text);
    CHECK(lower < upper);
    CHECK_FALSE(upper.starts_with(lower));
    CHECK(keyOf(ascending[i], ColumnKind::text, true) >
          keyOf(ascending[i + 1], ColumnKind::text, true));
  }
}

TEST_CASE("NULL is last in both directions") {
  for (const bool descending : {false, true})
    for (const char* text : {"-Infinity", "5", "NaN", "zzz"})
      CHECK(keyOf(text, ColumnKind::number, descending) < nullKey());
}

TEST_CASE("a key never exceeds its limit") {
  CHECK(keyOf(std::string(70000, '\0'), ColumnKind::text).size() <= maxCellKeyBytes);
  CHECK(keyOf(std::string(60000, '7'), ColumnKind::number).size() <= maxCellKeyBytes);
}

TEST_CASE("letters are folded, other characters stay") {
  CHECK(folded("ABCxyz 019_[]") == "abcxyz 019_[]");
  CHECK(folded("ÀÉÞ×ß÷ ŠŽĹŁŸ ΑΩΆΏς ЖЯЁ") == "àéþ×ß÷ šžĺłÿ αωάώσ жяё");
  CHECK(folded("日本 🙂 \xFF\xC3") == "日本 🙂 \xFF\xC3");
}

}  // namespace
}  // namespace mydba::result
