#include <algorithm>
#include <string>

#include "privacy/secrets.h"
#include "sql/keyword.h"

namespace mydba::privacy {
namespace {

using sql::isKeyword;

bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// An argument with its quotes.
struct Argument {
  std::size_t start = 0;
  std::size_t end = 0;
};

/// The arguments of a line, by the quotes of redis-cli (sql/command_line.h), and to the end where
/// those are wrong.
std::vector<Argument> argumentsOf(std::string_view line) {
  std::vector<Argument> arguments;
  for (std::size_t at = 0; at < line.size();) {
    if (isBlank(line[at])) {
      ++at;
      continue;
    }
    const std::size_t start = at;
    char quote = '\0';
    for (; at < line.size() && (quote != '\0' || !isBlank(line[at])); ++at) {
      if (quote != '\0' && line[at] == '\\')
        ++at;
      else if (line[at] == quote)
        quote = '\0';
      else if (quote == '\0' && (line[at] == '"' || line[at] == '\''))
        quote = line[at];
    }
    at = std::min(at, line.size());
    arguments.push_back({start, at});
  }
  return arguments;
}

/// Commands whose arguments name something and then give it its value.
constexpr std::string_view setters[] = {"SET",   "SETEX", "PSETEX", "SETNX",  "GETSET",  "APPEND",
                                        "MSET",  "HSET",  "HMSET",  "HSETNX", "XADD",    "MSETNX",
                                        "LPUSH", "RPUSH", "SADD",   "ZADD",   "JSON.SET"};

class LineReader {
 public:
  LineReader(std::string_view line, std::size_t offset, std::vector<Secret>& found)
      : line_(line), offset_(offset), found_(found), arguments_(argumentsOf(line)) {}

  void read() {
    if (arguments_.empty()) return;
    if (is(0, "AUTH")) return addFrom(1);
    if (is(0, "HELLO")) return addBehind("AUTH", 2);
    if (is(0, "MIGRATE")) {
      addBehind("AUTH", 1);
      return addBehind("AUTH2", 2);
    }
    if (is(0, "ACL") && is(1, "SETUSER")) return addRules();
    if ((is(0, "CONFIG") || is(0, "SENTINEL")) && arguments_.size() > 2) return addPairs(2);
    for (const std::string_view setter : setters)
      if (is(0, setter)) return addPairs(1);
    addTexts();
  }

 private:
  std::string_view text(std::size_t index) const {
    if (index >= arguments_.size()) return {};
    std::string_view word =
        line_.substr(arguments_[index].start, arguments_[index].end - arguments_[index].start);
    if (!word.empty() && (word[0] == '"' || word[0] == '\'')) {
      const char quote = word[0];
      word.remove_prefix(1);
      if (word.ends_with(quote)) word.remove_suffix(1);
    }
    return word;
  }
  bool is(std::size_t index, std::string_view upper) const { return isKeyword(text(index), upper); }

  void add(std::size_t index) {
    if (index >= arguments_.size()) return;
    found_.push_back({offset_ + arguments_[index].start, offset_ + arguments_[index].end});
  }
  void addFrom(std::size_t index) {
    for (; index < arguments_.size(); ++index) add(index);
  }
  void addBehind(std::string_view option, std::size_t count) {
    for (std::size_t i = 1; i < arguments_.size(); ++i)
      if (is(i, option))
        for (std::size_t k = 1; k <= count; ++k) add(i + k);
  }

  /// redis.io/commands/acl-setuser: `>password`, `<password`, `#hash`, `!hash`.
  void addRules() {
    for (std::size_t i = 3; i < arguments_.size(); ++i) {
      const std::string_view rule = text(i);
      if (!rule.empty() && std::string_view("><#!").find(rule[0]) != rule.npos) add(i);
    }
  }

  /// All behind a name that says secret: of some commands it is the next, of others (SETEX) a time
  /// stands in between.
  void addPairs(std::size_t from) {
    for (std::size_t i = from; i < arguments_.size(); ++i)
      if (namesSecret(text(i)) || is(i, "MASTERAUTH")) return addFrom(i + 1);
    addTexts();
  }

  void addTexts() {
    for (std::size_t i = 1; i < arguments_.size(); ++i) {
      const std::size_t start = arguments_[i].start;
      for (const Secret& secret : secretsOfText(line_.substr(start, arguments_[i].end - start)))
        found_.push_back({offset_ + start + secret.start, offset_ + start + secret.end});
    }
  }

  const std::string_view line_;
  const std::size_t offset_;
  std::vector<Secret>& found_;
  const std::vector<Argument> arguments_;
};

}  // namespace

std::vector<Secret> secretsOfCommands(std::string_view text) {
  std::vector<Secret> found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    LineReader(text.substr(at, end - at), at, found).read();
    at = end + 1;
  }
  std::sort(found.begin(), found.end(),
            [](const Secret& a, const Secret& b) { return a.start < b.start; });
  return found;
}

}  // namespace mydba::privacy
