#include "engines/redis/resp.h"

#include <algorithm>
#include <string>

#include "native/catch.h"

using namespace mydba::redis;

namespace {

/// Gives `text` in pieces of `piece` bytes, then the end of the stream.
ByteSource pieces(std::string text, std::size_t piece) {
  return [text = std::move(text), piece,
          at = std::size_t{0}](std::span<char> into) mutable -> mydba::Result<std::size_t> {
    const std::size_t count = std::min({piece, into.size(), text.size() - at});
    std::copy_n(text.data() + at, count, into.data());
    at += count;
    return count;
  };
}

mydba::Result<Reply> reply(const std::string& text, std::size_t piece) {
  RespReader reader(pieces(text, piece));
  return readReply([&](Token& token) { return reader.next(token); });
}

}  // namespace

TEST_CASE("a reply is the same in whatever pieces it comes") {
  const std::string text =
      "*6\r\n+OK\r\n-ERR no\r\n:-42\r\n$5\r\na\r\nb\x01\r\n$-1\r\n*2\r\n*-1\r\n$0\r\n\r\n";
  for (const std::size_t piece : {1, 2, 3, 7, 1000}) {
    const auto parsed = reply(text, piece);
    REQUIRE(parsed);
    REQUIRE(parsed->elements.size() == 6);
    CHECK(parsed->elements[0].text() == "OK");
    CHECK(parsed->elements[1].isError());
    CHECK(parsed->elements[2].token.number == -42);
    CHECK(parsed->elements[3].text() == "a\r\nb\x01");
    CHECK(parsed->elements[4].token.kind == Token::Kind::nil);
    REQUIRE(parsed->elements[5].elements.size() == 2);
    CHECK(parsed->elements[5].elements[0].token.kind == Token::Kind::nil);
    CHECK(parsed->elements[5].elements[1].token.kind == Token::Kind::string);
  }
}

TEST_CASE("a string beyond the limit is cut, and the stream stays in step") {
  const std::size_t size = maxText + 70'000;
  const std::string text =
      "*2\r\n$" + std::to_string(size) + "\r\n" + std::string(size, 'x') + "\r\n:7\r\n";
  const auto parsed = reply(text, 1 << 16);
  REQUIRE(parsed);
  CHECK(parsed->elements[0].text().size() == maxText);
  CHECK(parsed->elements[0].token.size == size);
  CHECK(parsed->elements[1].token.number == 7);
}

TEST_CASE("what is not RESP2 is an error, not a crash or a wait") {
  for (const char* bad : {"HTTP/1.1 400\r\n", "%1\r\n", "$x\r\n", "$-2\r\n", "*-7\r\n", ":\r\n",
                          "+OK\n", "\r\n", "$3\r\nabcd\r\n", "*2\r\n:1\r\n",
                          "$99999999999999999999\r\n", "*1000000000\r\n:1\r\n", ""}) {
    INFO(bad);
    const auto parsed = reply(bad, 4);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == mydba::ErrorCode::connectionLost);
  }
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "*1\r\n";
  const auto parsed = reply(deep, 4096);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == mydba::ErrorCode::tooLarge);
  CHECK_FALSE(reply(std::string(200'000, '+'), 4096));
}

TEST_CASE("a command is an array of bulk strings") {
  const std::vector<std::string> command{"SET", "", std::string("a\0b", 3)};
  CHECK(formatCommand(command) == std::string("*3\r\n$3\r\nSET\r\n$0\r\n\r\n$3\r\na\0b\r\n", 28));
}
