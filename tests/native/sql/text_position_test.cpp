#include "sql/text_position.h"

#include <string>

#include "native/catch.h"

using mydba::sql::Utf16Cursor;

TEST_CASE("byte offsets become UTF-16 offsets") {
  // One, two, three and four bytes; the last is a surrogate pair.
  const std::string text = "aé日😀z";
  Utf16Cursor cursor(text);
  CHECK(cursor.at(0) == 0);
  CHECK(cursor.at(1) == 1);
  CHECK(cursor.at(3) == 2);
  CHECK(cursor.at(6) == 3);
  CHECK(cursor.at(10) == 5);
  CHECK(cursor.at(11) == 6);
  CHECK(cursor.at(1000) == 6);
  CHECK(cursor.at(3) == 2);  // backwards is allowed
}

TEST_CASE("text that is not UTF-8 gets rising offsets") {
  const std::string text = "\xff\x80\x80\xf0\xc3";
  Utf16Cursor cursor(text);
  std::int64_t before = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const std::int64_t now = cursor.at(i);
    CHECK(now >= before);
    before = now;
  }
}
