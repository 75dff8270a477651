#pragma once

// RESP2, the wire format of Redis and Valkey, read as a sequence of tokens.
//
// hiredis builds a whole reply in memory before it hands it over, and its reader of Debian 12
// (0.14.1) refuses replies nested more than seven deep, which COMMAND DOCS is. Reading tokens
// instead lets an array of ten million elements pass through as rows in constant memory. A token of
// an array says how many tokens (or nested arrays) follow for it. Format:
// https://redis.io/docs/latest/develop/reference/protocol-spec/
//
// The server is not trusted: lines are bounded, a string is kept up to `maxText` and skipped beyond
// it, and nothing is allocated because of an announced number.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mydba::redis {

/// Longest piece of a value that is kept: 16 MiB. Redis allows 512 MiB.
inline constexpr std::size_t maxText = std::size_t{16} << 20;

struct Token {
  enum class Kind { status, error, integer, string, nil, array };
  Kind kind = Kind::nil;
  std::string text;         ///< of status, error, string; digits of an integer
  std::uint64_t size = 0;   ///< bytes of the whole string, of which `text` may be the beginning
  std::int64_t number = 0;  ///< of an integer; elements of an array
};

/// Gives some bytes, waiting for them; 0 at the end of the stream.
using ByteSource = std::function<Result<std::size_t>(std::span<char>)>;
/// Gives the next token of a reply.
using TokenSource = std::function<Result<void>(Token&)>;

class RespReader {
 public:
  explicit RespReader(ByteSource source);
  /// Reads one token into `token`, whose text is reused. Errors: those of the source, and
  /// `connectionLost` when the stream ends or is not RESP2.
  Result<void> next(Token& token);

 private:
  Result<void> readLine(std::string& line);
  Result<void> readString(Token& token);
  Result<void> fill();

  ByteSource source_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

/// A whole reply, for commands of our own whose replies are known to be small.
struct Reply {
  Token token;
  std::vector<Reply> elements;

  bool isError() const { return token.kind == Token::Kind::error; }
  const std::string& text() const { return token.text; }
};

/// Reads a whole reply. `tooLarge` when it is nested deeper than 32 or has more than a million
/// elements; the stream is then in the middle of it.
Result<Reply> readReply(const TokenSource& next);

/// A command as an array of bulk strings.
std::string formatCommand(std::span<const std::string> arguments);

}  // namespace mydba::redis
