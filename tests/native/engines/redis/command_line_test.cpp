#include "engines/redis/command_line.h"

#include <string>
#include <vector>

#include "native/catch.h"

using namespace mydba::redis;
using Words = std::vector<std::string>;

namespace {

Words split(std::string_view line) {
  auto words = splitCommandLine(line);
  INFO(line);
  REQUIRE(words);
  return *words;
}

std::int64_t errorAt(std::string_view line) {
  auto words = splitCommandLine(line);
  INFO(line);
  REQUIRE_FALSE(words);
  CHECK(words.error().code == mydba::ErrorCode::syntax);
  return words.error().position.value_or(-1);
}

}  // namespace

TEST_CASE("a command line is split as redis-cli splits it") {
  CHECK(split("").empty());
  CHECK(split(" \t\r\n ").empty());
  CHECK(split("GET key") == Words{"GET", "key"});
  CHECK(split("  SET  k\t'a b' ") == Words{"SET", "k", "a b"});
  CHECK(split(R"(SET k "a\n\x41\x7fb\"c\\d\q")") == Words{"SET", "k",
                                                          "a\nA\x7f"
                                                          "b\"c\\dq"});
  CHECK(split(R"(SET k 'a\'b\n"c')") == Words{"SET", "k", R"(a'b\n"c)"});
  CHECK(split(R"(SET "" '')") == Words{"SET", "", ""});
  CHECK(split("SET k \"\xC3\xA9\"") == Words{"SET", "k", "\xC3\xA9"});
  CHECK(split(R"(EVAL "return 1" 0)") == Words{"EVAL", "return 1", "0"});
  CHECK(split(R"(x "\xZZ")") == Words{"x", "xZZ"});
}

TEST_CASE("a wrong quote is told by its position") {
  CHECK(errorAt("SET k \"abc") == 6);
  CHECK(errorAt("SET 'abc") == 4);
  CHECK(errorAt("SET \"a\"b") == 7);
  CHECK(errorAt("SET \"a\\\"") == 4);
  CHECK(errorAt("SET 'a'\"b\"") == 7);
}

TEST_CASE("a quoted argument is read back as itself") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  for (const std::string& argument :
       {std::string(), std::string("plain"), std::string("with blank"), std::string("'\"\\"),
        std::string("\xF0\x9F\x98\x80 emoji"), std::string("\xFF\x00z", 3), all,
        std::string("; FLUSHALL\nGET x"), std::string("--x"), std::string("#x")}) {
    const std::string quoted = quoteArgument(argument);
    CHECK(quoted.find('\n') == std::string::npos);
    CHECK(split("GET " + quoted) == Words{"GET", argument});
    CHECK(unescapeBytes(escapeBytes(argument)) == argument);
  }
  CHECK(quoteArgument("user:1") == "user:1");
}

TEST_CASE("text for people keeps UTF-8 and spells out binary") {
  CHECK(displayText("a\\b\xC3\xA9") == "a\\b\xC3\xA9");
  CHECK(displayText("a\\\xFF\n") == "a\\\\\\xff\\x0a");
}
