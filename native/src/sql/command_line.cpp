#include "sql/command_line.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>

#include "sql/keyword.h"

namespace mydba::sql {
namespace {

// sdssplitargs() of Redis 7.0 (src/sds.c) is what redis-cli uses; isspace() of the C locale.
bool isBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

int hexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The byte of `xHH` at the start of `text`.
std::optional<char> hexEscape(std::string_view text) {
  if (text.size() < 3 || text[0] != 'x') return std::nullopt;
  const int high = hexValue(text[1]);
  const int low = hexValue(text[2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

char escaped(char c) {
  switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'b': return '\b';
    case 'a': return '\a';
    default: return c;
  }
}

class Splitter {
 public:
  explicit Splitter(std::string_view line) : line_(line) {}

  Result<std::vector<std::string>> split() {
    std::vector<std::string> arguments;
    for (;;) {
      while (at_ < line_.size() && isBlank(line_[at_])) ++at_;
      if (at_ == line_.size()) return arguments;
      std::string argument;
      if (auto read = readArgument(argument); !read) return read.error();
      arguments.push_back(std::move(argument));
    }
  }

 private:
  Result<void> readArgument(std::string& argument) {
    while (at_ < line_.size() && !isBlank(line_[at_])) {
      const char c = line_[at_];
      if (c == '"' || c == '\'') return readQuoted(argument, c);
      argument += c;
      ++at_;
    }
    return {};
  }

  Result<void> readQuoted(std::string& argument, char quote) {
    const std::size_t start = at_++;
    while (at_ < line_.size() && line_[at_] != quote) {
      if (line_[at_] == '\\' && at_ + 1 < line_.size())
        readEscape(argument, quote);
      else
        argument += line_[at_++];
    }
    if (at_ == line_.size()) return error("the quote is not closed", start);
    ++at_;
    if (at_ < line_.size() && !isBlank(line_[at_]))
      return error("a closing quote must be followed by a blank", at_);
    return {};
  }

  void readEscape(std::string& argument, char quote) {
    const std::string_view rest = line_.substr(at_ + 1);
    if (quote == '\'') {
      const bool quoted = rest[0] == '\'';
      argument += quoted ? '\'' : '\\';
      at_ += quoted ? 2 : 1;
    } else if (const auto byte = hexEscape(rest)) {
      argument += *byte;
      at_ += 4;
    } else {
      argument += escaped(rest[0]);
      at_ += 2;
    }
  }

  static Error error(std::string message, std::size_t position) {
    return {.code = ErrorCode::syntax,
            .message = std::move(message),
            .position = static_cast<std::int64_t>(position),
            .hint = "put a value with blanks or quotes into double quotes and write \\\" inside"};
  }

  std::string_view line_;
  std::size_t at_ = 0;
};

// redis.io/commands: the container commands up to Redis 8 and Valkey 8.
constexpr std::string_view containers[] = {
    "ACL",    "CLIENT", "CLUSTER", "COMMAND", "CONFIG", "DEBUG",   "FUNCTION", "LATENCY",
    "MEMORY", "MODULE", "OBJECT",  "PUBSUB",  "SCRIPT", "SLOWLOG", "XGROUP",   "XINFO",
};

/// `GET`, `FT.SEARCH`, `no-touch`
bool isCommandWord(std::string_view word) {
  return !word.empty() && word.size() < 64 && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

}  // namespace

Result<std::vector<std::string>> splitCommandLine(std::string_view line) {
  return Splitter(line).split();
}

std::size_t commandNameLength(const std::vector<std::string>& words) {
  if (words.empty() || !isCommandWord(words[0])) return 0;
  const bool container =
      std::any_of(std::begin(containers), std::end(containers),
                  [&](std::string_view name) { return isKeyword(words[0], name); });
  return container && words.size() > 1 && isCommandWord(words[1]) ? 2 : 1;
}

}  // namespace mydba::sql
