#include "engines/redis/reply_rows.h"

#include <algorithm>
#include <string>

#include "engines/redis/command_line.h"
#include "engines/redis/error_reply.h"
#include "native/catch.h"

using namespace mydba::redis;

namespace {

/// Rows as lines of text: `a|b`, NULL as `~`.
class TextSink final : public mydba::RowSink {
 public:
  explicit TextSink(int most = 1000) : most_(most) {}
  bool begin(std::span<const mydba::protocol::Column> columns) override {
    for (const auto& column : columns) text += (text.empty() ? "" : "|") + column.name;
    return most_ > 0;
  }
  bool row(std::span<const mydba::Cell> cells) override {
    text += '\n';
    for (std::size_t i = 0; i < cells.size(); ++i)
      text += (i ? "|" : "") + (cells[i].isNull() ? "~" : std::string(cells[i].text()));
    return --most_ > 0;
  }
  void end(const mydba::ResultSetEnd& end) override { text += "\n" + end.command; }
  void notice(std::string_view, std::string_view message) override {
    text += "\n! " + std::string(message);
  }
  std::string text;

 private:
  int most_;
};

std::string rows(std::string_view command, std::string bytes) {
  RespReader reader(
      [&, at = std::size_t{0}](std::span<char> into) mutable -> mydba::Result<std::size_t> {
        const std::size_t count = std::min(into.size(), bytes.size() - at);
        std::copy_n(bytes.data() + at, count, into.data());
        at += count;
        return count;
      });
  TextSink sink;
  auto done = replyToRows(
      *splitCommandLine(command), [&](Token& token) { return reader.next(token); }, sink);
  if (!done) return "error " + done.error().engineCode;
  return sink.text;
}

}  // namespace

TEST_CASE("single values are one row") {
  CHECK(rows("ping", "+PONG\r\n") == "reply\nPONG\nPING");
  CHECK(rows("GET a", "$-1\r\n") == "reply\n~\nGET");
  CHECK(rows("GET a", "$0\r\n\r\n") == "reply\n\nGET");
  CHECK(rows("INCR a", ":12\r\n") == "reply\n12\nINCR");
  CHECK(rows("GET a", "$2\r\n\xFF\x01\r\n") == "reply\n\\xff\\x01\nGET");
  CHECK(rows("LPOP a", "-WRONGTYPE Operation\r\n") == "error WRONGTYPE");
}

TEST_CASE("arrays are rows in the shape of the command") {
  CHECK(rows("LRANGE l 0 -1", "*2\r\n$1\r\na\r\n$-1\r\n") == "index|value\n1|a\n2|~\nLRANGE");
  CHECK(rows("LRANGE l 0 -1", "*0\r\n") == "index|value\nLRANGE");
  CHECK(rows("hgetall h", "*2\r\n$1\r\nf\r\n$1\r\nv\r\n") == "field|value\nf|v\nHGETALL");
  CHECK(rows("config get x", "*3\r\n$1\r\nf\r\n$1\r\nv\r\n$1\r\ng\r\n") ==
        "field|value\nf|v\ng|~\nCONFIG");
  CHECK(rows("ZRANGE z 0 -1 withscores", "*2\r\n$1\r\nm\r\n$3\r\n1.5\r\n") ==
        "member|score\nm|1.5\nZRANGE");
  CHECK(rows("SSCAN s 0", "*2\r\n$2\r\n17\r\n*1\r\n$1\r\nm\r\n") ==
        "value\nm\n! next cursor: 17\nSSCAN");
  CHECK(rows("HSCAN h 0", "*2\r\n$1\r\n0\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n") ==
        "field|value\nf|v\n! the scan is complete\nHSCAN");
  CHECK(rows("XRANGE x - +", "*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n") ==
        "id|fields\n1-1|{\"f\": \"v\"}\nXRANGE");
  CHECK(rows("EXEC", "*2\r\n-ERR bad\r\n*2\r\n:1\r\n*1\r\n$1\r\n\"\r\n") ==
        "index|value\n1|(error) ERR bad\n2|[1, [\"\\\"\"]]\nEXEC");
}

TEST_CASE("error replies say what can be done") {
  const auto moved = errorOfReply("MOVED 3999 127.0.0.1:6381");
  CHECK(moved.engineCode == "MOVED");
  CHECK(moved.message.find("127.0.0.1:6381") != std::string::npos);
  CHECK(moved.hint.find("connect to 127.0.0.1:6381") != std::string::npos);
  CHECK(errorOfReply("NOAUTH Authentication required.").code == mydba::ErrorCode::authFailed);
  CHECK(errorOfReply("LOADING Redis is loading the dataset in memory").retryable);
  CHECK(errorOfReply("NOPERM this user has no permissions").engineCode == "NOPERM");
  CHECK(errorOfReply("ERR unknown command 'x'").code == mydba::ErrorCode::syntax);
  CHECK(errorOfReply("Lua said no").engineCode == "ERR");
  CHECK(errorOfReply("").engineCode == "ERR");
}
