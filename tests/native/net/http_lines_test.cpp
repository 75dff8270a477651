#include "net/http_lines.h"

#include <utility>
#include <vector>

#include "native/catch.h"

using namespace mydba;

namespace {

using Lines = std::vector<std::string>;
using Events = std::vector<std::pair<std::string, std::string>>;

/// What a reader makes of a text that comes in pieces of `size` bytes.
Lines linesOf(const std::string& text, std::size_t size) {
  Lines found;
  const auto keep = [&](std::string_view line) -> Result<void> {
    found.emplace_back(line);
    return {};
  };
  net::HttpLines lines(100);
  for (std::size_t at = 0; at < text.size(); at += size)
    REQUIRE(lines.add(std::string_view(text).substr(at, size), keep));
  REQUIRE(lines.finish(keep));
  return found;
}

Events eventsOf(const std::string& text, std::size_t size) {
  Events found;
  net::HttpEvents events(100);
  for (std::size_t at = 0; at < text.size(); at += size)
    REQUIRE(events.add(std::string_view(text).substr(at, size),
                       [&](std::string_view name, std::string_view data) -> Result<void> {
                         found.emplace_back(name, data);
                         return {};
                       }));
  return found;
}

}  // namespace

TEST_CASE("lines are found, however they end and come", "[http]") {
  const auto size = static_cast<std::size_t>(GENERATE(1, 2, 3, 100));
  CHECK(linesOf("a\nbc\r\nd\re\n\nf", size) == Lines{"a", "bc", "d", "e", "", "f"});
  CHECK(linesOf("\r\n\r\n\n", size) == Lines{"", "", ""});
  CHECK(linesOf("", size).empty());
}

TEST_CASE("events are found as the standard says", "[http]") {
  const auto size = static_cast<std::size_t>(GENERATE(1, 2, 3, 5, 100));
  CHECK(eventsOf("\xef\xbb\xbf"
                 "data: one\n\n",
                 size) == Events{{"", "one"}});
  CHECK(eventsOf("event: x\ndata:a\ndata:  b\nid: 7\nretry: 1\n\ndata\n\n", size) ==
        Events{{"x", "a\n b"}, {"", ""}});
  CHECK(eventsOf(": comment\n\nevent: lost\n\ndata: kept\r\n\r\n", size) == Events{{"", "kept"}});
  CHECK(eventsOf("data: cut off\n", size).empty());
}

TEST_CASE("a line and an event have limits", "[http]") {
  const auto use = [](std::string_view) -> Result<void> { return {}; };
  net::HttpLines lines(10);
  CHECK(lines.add("0123456789\n", use));
  CHECK(lines.add("01234", use));
  CHECK(lines.add("56789a", use).error().code == ErrorCode::tooLarge);
  net::HttpEvents events(20);
  const auto drop = [](std::string_view, std::string_view) -> Result<void> { return {}; };
  CHECK(events.add("data: 0123456789\n", drop));
  CHECK(events.add("data: 0123456789\n", drop).error().code == ErrorCode::tooLarge);
}

TEST_CASE("an error of who uses a line ends the reading", "[http]") {
  net::HttpLines lines(10);
  int used = 0;
  const auto fail = [&](std::string_view) -> Result<void> {
    ++used;
    return Error{.code = ErrorCode::server};
  };
  CHECK(lines.add("a\nb\n", fail).error().code == ErrorCode::server);
  CHECK(used == 1);
}
