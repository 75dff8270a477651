#include "base/utf8.h"

#include <string>

#include "native/catch.h"

using mydba::validUtf8;

TEST_CASE("UTF-8 of every length is accepted") {
  CHECK(validUtf8(""));
  CHECK(validUtf8("plain ASCII that is longer than one word"));
  CHECK(validUtf8("\xC2\x80\xDF\xBF"));
  CHECK(validUtf8("\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"));
  CHECK(validUtf8("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
  CHECK(validUtf8(std::string(3, '\0')));
}

TEST_CASE("what is not UTF-8 is refused wherever it stands") {
  for (const char* bad :
       {"\x80", "\xC0\xAF", "\xC1\xBF", "\xC2", "\xE0\x9F\xBF", "\xE2\x82", "\xED\xA0\x80",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    CHECK_FALSE(validUtf8(bad));
    CHECK_FALSE(validUtf8(std::string("12345678") + bad));
    CHECK_FALSE(validUtf8(std::string(bad) + "12345678"));
  }
}
