#include "rpc/framing.h"

#include "native/catch.h"
#include "rpc/json.h"

using mydba::rpc::FrameReader;
using mydba::rpc::Incoming;

namespace {

std::string framed(const std::string& body) { return mydba::rpc::jsonHeader(body.size()) + body; }

}  // namespace

TEST_CASE("a frame is read one byte at a time") {
  FrameReader reader;
  const std::string bytes = framed("{\"a\":1}") + framed("{}");
  std::vector<std::string> bodies;
  for (const char byte : bytes) {
    reader.feed({&byte, 1});
    while (auto incoming = reader.next()) bodies.push_back(incoming->body);
  }
  CHECK(bodies == std::vector<std::string>{"{\"a\":1}", "{}"});
}

TEST_CASE("header fields match without case and unknown ones are skipped") {
  FrameReader reader;
  reader.feed(
      "content-length:2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}");
  CHECK(reader.next()->body == "{}");
}

TEST_CASE("after a false length the next header is found again") {
  FrameReader reader;
  reader.feed("Content-Length: 3\r\n\r\n{\"a\":1}" + framed("{\"b\":2}"));
  CHECK(reader.next()->body == "{\"a");
  CHECK(reader.next()->body == "{\"b\":2}");
  CHECK_FALSE(reader.next());
}

TEST_CASE("a message of a gigabyte is skipped without being stored") {
  FrameReader reader(1024);
  reader.feed("Content-Length: 1073741824\r\n\r\n");
  CHECK(reader.next()->kind == Incoming::Kind::tooLarge);
  const std::string chunk(1 << 20, 'x');
  for (int i = 0; i < 1024; ++i) {
    reader.feed(chunk);
    REQUIRE_FALSE(reader.next());
  }
  reader.feed(framed("{}"));
  CHECK(reader.next()->body == "{}");
}

TEST_CASE("bytes without a header are reported and skipped") {
  FrameReader reader;
  reader.feed("GET / HTTP/1.1\r\nHost: x\r\n\r\n" + framed("{}"));
  CHECK(reader.next()->kind == Incoming::Kind::badHeader);
  CHECK(reader.next()->body == "{}");
  reader.feed(std::string(10000, 'x'));
  CHECK(reader.next()->kind == Incoming::Kind::badHeader);
  CHECK_FALSE(reader.next());
}

TEST_CASE("lengths that are no numbers are bad headers") {
  for (const char* length : {"-1", "1e3", "99999999999999999999999", "", "0x10"}) {
    FrameReader reader;
    reader.feed("Content-Length: " + std::string(length) + "\r\n\r\n");
    CAPTURE(length);
    CHECK(reader.next()->kind == Incoming::Kind::badHeader);
  }
}

TEST_CASE("JSON that is too deep, not UTF-8 or not JSON is refused") {
  using mydba::rpc::parseJson;
  CHECK(parseJson("[[1]]"));
  CHECK(parseJson("\"" + std::string(100000, '[') + "\""));
  CHECK_FALSE(parseJson(std::string(100000, '[') + std::string(100000, ']')));
  CHECK_FALSE(parseJson("\"\xff\xfe\""));
  CHECK_FALSE(parseJson("{\"a\":"));
  CHECK_FALSE(parseJson(""));
}
