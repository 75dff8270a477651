#include "engines/redis/resp.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace mydba::redis {
namespace {

constexpr std::size_t bufferSize = 64 << 10;
constexpr std::size_t maxLine = 64 << 10;
constexpr int maxDepth = 32;
constexpr std::size_t maxElements = 1'000'000;

Error broken(std::string message) {
  return {.code = ErrorCode::connectionLost, .message = std::move(message)};
}

Error notResp() { return broken("the server does not speak the Redis protocol"); }

bool parseNumber(std::string_view text, std::int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty();
}

Result<void> readInto(const TokenSource& next, Reply& reply, int depth, std::size_t& budget) {
  if (auto read = next(reply.token); !read) return read;
  if (reply.token.kind != Token::Kind::array) return {};
  if (depth == maxDepth)
    return Error{.code = ErrorCode::tooLarge, .message = "the reply is nested too deeply"};
  for (std::int64_t i = 0; i < reply.token.number; ++i) {
    if (budget-- == 0)
      return Error{.code = ErrorCode::tooLarge, .message = "the reply has too many elements"};
    auto read = readInto(next, reply.elements.emplace_back(), depth + 1, budget);
    if (!read) return read;
  }
  return {};
}

}  // namespace

RespReader::RespReader(ByteSource source) : source_(std::move(source)), buffer_(bufferSize) {}

Result<void> RespReader::fill() {
  begin_ = end_ = 0;
  auto count = source_(buffer_);
  if (!count) return count.error();
  if (*count == 0) return broken("the server closed the connection");
  end_ = *count;
  return {};
}

Result<void> RespReader::readLine(std::string& line) {
  line.clear();
  for (;;) {
    const auto* start = buffer_.data() + begin_;
    const auto* feed = static_cast<const char*>(std::memchr(start, '\n', end_ - begin_));
    const std::size_t size = feed ? static_cast<std::size_t>(feed - start) : end_ - begin_;
    line.append(start, size);
    begin_ += size;
    if (line.size() > maxLine) return notResp();
    if (feed) {
      ++begin_;
      if (line.empty() || line.back() != '\r') return notResp();
      line.pop_back();
      return {};
    }
    if (auto filled = fill(); !filled) return filled;
  }
}

Result<void> RespReader::readString(Token& token) {
  token.text.clear();
  // The text, then \r\n.
  std::uint64_t left = token.size + 2;
  while (left > 0) {
    if (begin_ == end_)
      if (auto filled = fill(); !filled) return filled;
    const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(left, end_ - begin_));
    const std::size_t room = maxText + 2 - std::min(token.text.size(), maxText + 2);
    token.text.append(buffer_.data() + begin_, std::min(size, room));
    begin_ += size;
    left -= size;
  }
  if (token.size <= maxText) {
    if (!token.text.ends_with("\r\n")) return notResp();
    token.text.resize(static_cast<std::size_t>(token.size));
  } else {
    token.text.resize(maxText);
  }
  return {};
}

Result<void> RespReader::next(Token& token) {
  if (auto line = readLine(token.text); !line) return line;
  if (token.text.empty()) return notResp();
  const char type = token.text.front();
  token.text.erase(0, 1);
  token.size = token.text.size();
  token.number = 0;
  if (type == '+' || type == '-') {
    token.kind = type == '+' ? Token::Kind::status : Token::Kind::error;
    return {};
  }
  if (type != ':' && type != '$' && type != '*') return notResp();
  if (!parseNumber(token.text, token.number)) return notResp();
  if (type == ':') {
    token.kind = Token::Kind::integer;
    return {};
  }
  if (token.number < -1) return notResp();
  if (token.number == -1) {
    token.kind = Token::Kind::nil;
    token.size = 0;
    token.text.clear();
    return {};
  }
  if (type == '*') {
    token.kind = Token::Kind::array;
    token.text.clear();
    return {};
  }
  token.kind = Token::Kind::string;
  token.size = static_cast<std::uint64_t>(token.number);
  return readString(token);
}

Result<Reply> readReply(const TokenSource& next) {
  Reply reply;
  std::size_t budget = maxElements;
  if (auto read = readInto(next, reply, 0, budget); !read) return read.error();
  return reply;
}

std::string formatCommand(std::span<const std::string> arguments) {
  std::string out = "*" + std::to_string(arguments.size()) + "\r\n";
  for (const std::string& argument : arguments) {
    out += "$" + std::to_string(argument.size()) + "\r\n";
    out += argument;
    out += "\r\n";
  }
  return out;
}

}  // namespace mydba::redis
