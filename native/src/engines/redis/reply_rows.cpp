#include "engines/redis/reply_rows.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "engines/redis/command_line.h"
#include "engines/redis/error_reply.h"
#include "sql/keyword.h"

namespace mydba::redis {
namespace {

using protocol::Column;
using protocol::ColumnKind;

enum class Shape { list, pairs, scores, scan, scanPairs, entries };

constexpr std::size_t maxNested = std::size_t{1} << 20;
constexpr int maxDepth = 64;

bool hasWord(const std::vector<std::string>& command, std::string_view word) {
  return std::any_of(command.begin() + 1, command.end(),
                     [&](const std::string& argument) { return sql::upperCase(argument) == word; });
}

// Replies that are maps in RESP3 and flat pairs in RESP2 (https://redis.io/commands, "RESP2
// reply").
Shape shapeOf(const std::vector<std::string>& command) {
  const std::string name = sql::upperCase(command[0]);
  const std::string both = command.size() > 1 ? name + ' ' + sql::upperCase(command[1]) : name;
  const auto any = [](const std::string& word, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  if (any(name, {"HGETALL", "HELLO"})) return Shape::pairs;
  if (any(both, {"CONFIG GET", "MEMORY STATS", "XINFO STREAM", "ACL GETUSER", "PUBSUB NUMSUB",
                 "PUBSUB SHARDNUMSUB", "FUNCTION STATS", "LATENCY HISTOGRAM", "COMMAND DOCS",
                 "CLIENT TRACKINGINFO"}))
    return Shape::pairs;
  if (name == "HRANDFIELD" && hasWord(command, "WITHVALUES")) return Shape::pairs;
  if (any(name, {"ZPOPMIN", "ZPOPMAX"})) return Shape::scores;
  if (name.starts_with('Z') && hasWord(command, "WITHSCORES") && name != "ZRANK" &&
      name != "ZREVRANK")
    return Shape::scores;
  if (any(name, {"SCAN", "SSCAN"})) return Shape::scan;
  if (any(name, {"HSCAN", "ZSCAN"}))
    return hasWord(command, "NOVALUES") ? Shape::scan : Shape::scanPairs;
  if (any(name, {"XRANGE", "XREVRANGE"})) return Shape::entries;
  return Shape::list;
}

std::vector<Column> columnsOf(Shape shape) {
  const auto text = [](const char* name) {
    return Column{.name = name, .type = "", .kind = ColumnKind::text};
  };
  switch (shape) {
    case Shape::list:
      return {{.name = "index", .type = "", .kind = ColumnKind::number}, text("value")};
    case Shape::pairs:
    case Shape::scanPairs: return {text("field"), text("value")};
    case Shape::scores:
      return {text("member"), {.name = "score", .type = "", .kind = ColumnKind::number}};
    case Shape::scan: return {text("value")};
    case Shape::entries:
      return {text("id"), {.name = "fields", .type = "", .kind = ColumnKind::json}};
  }
  return {};
}

void appendJsonString(std::string& out, const std::string& bytes) {
  out += nlohmann::json(displayText(bytes)).dump();
}

/// One cell: NULL, or text that lives here.
struct Value {
  std::string text;
  bool null = false;

  Cell cell() const { return null ? Cell::null() : Cell::of(text); }
};

class RowWriter {
 public:
  RowWriter(const std::vector<std::string>& command, const TokenSource& next, RowSink& sink)
      : command_(command), next_(next), sink_(sink) {}

  Result<RowsEnd> write() {
    if (auto read = next_(token_); !read) return read.error();
    if (token_.kind == Token::Kind::error) return errorOfReply(token_.text);
    if (token_.kind != Token::Kind::array) return writeScalar();
    shape_ = shapeOf(command_);
    const bool scan = shape_ == Shape::scan || shape_ == Shape::scanPairs;
    std::string cursor;
    if (scan) {
      if (token_.number != 2) return unexpected();
      if (auto read = next_(token_); !read) return read.error();
      cursor = displayText(token_.text);
      if (auto read = next_(token_); !read) return read.error();
      if (token_.kind != Token::Kind::array) return unexpected();
    }
    if (!sink_.begin(columnsOf(shape_))) return RowsEnd::stopped;
    auto end = writeElements(token_.number);
    if (!end || *end == RowsEnd::stopped) return end;
    if (scan)
      sink_.notice("info", cursor == "0" ? "the scan is complete" : "next cursor: " + cursor);
    finish();
    return RowsEnd::complete;
  }

 private:
  static Error unexpected() {
    return {.code = ErrorCode::connectionLost, .message = "the server sent an unexpected reply"};
  }

  void finish() {
    if (cutBytes_ > 0)
      sink_.notice("warning", "a value of " + std::to_string(cutBytes_) +
                                  " bytes is shown to its first " + std::to_string(maxText));
    if (nestedCut_)
      sink_.notice("warning",
                   "a nested reply is shown to its first " + std::to_string(maxNested) + " bytes");
    sink_.end({.affected = {}, .command = sql::upperCase(command_[0])});
  }

  Result<RowsEnd> writeScalar() {
    const bool number = token_.kind == Token::Kind::integer;
    const Column column{.name = "reply",
                        .type = number ? "integer" : "",
                        .kind = number ? ColumnKind::number : ColumnKind::text};
    if (!sink_.begin({&column, 1})) return RowsEnd::complete;
    Value value;
    if (auto taken = take(value); !taken) return taken.error();
    const Cell cell = value.cell();
    // The reply has been read either way.
    if (sink_.row({&cell, 1})) finish();
    return RowsEnd::complete;
  }

  Result<RowsEnd> writeElements(std::int64_t count) {
    std::int64_t done = 0;
    while (done < count) {
      Value first, second;
      if (shape_ == Shape::entries) {
        if (auto read = readEntry(first, second); !read) return read.error();
        ++done;
      } else if (shape_ == Shape::list) {
        first.text = std::to_string(++done);
        if (auto read = readValue(second); !read) return read.error();
      } else {
        if (auto read = readValue(first); !read) return read.error();
        ++done;
        second.null = true;
        if (shape_ != Shape::scan && done++ < count)
          if (auto read = readValue(second); !read) return read.error();
      }
      const Cell cells[] = {first.cell(), second.cell()};
      if (!sink_.row({cells, shape_ == Shape::scan ? std::size_t{1} : std::size_t{2}}))
        return RowsEnd::stopped;
    }
    return RowsEnd::complete;
  }

  /// `[id, [field, value, …]]`; nil in place of an entry that was deleted meanwhile.
  Result<void> readEntry(Value& id, Value& fields) {
    fields.null = true;
    if (auto read = next_(token_); !read) return read;
    if (token_.kind != Token::Kind::array || token_.number != 2) return take(id);
    if (auto read = readValue(id); !read) return read;
    if (auto read = next_(token_); !read) return read;
    fields.null = token_.kind == Token::Kind::nil;
    if (token_.kind != Token::Kind::array) return take(fields);
    const std::int64_t count = token_.number;
    std::string& out = fields.text;
    out += '{';
    for (std::int64_t i = 0; i < count; ++i) {
      if (i > 0) out += i % 2 ? ": " : ", ";
      if (auto read = next_(token_); !read) return read;
      if (auto added = appendNested(out, 1); !added) return added;
    }
    out += '}';
    return {};
  }

  Result<void> readValue(Value& value) {
    if (auto read = next_(token_); !read) return read;
    return take(value);
  }

  /// The value that the current token begins.
  Result<void> take(Value& value) {
    value.null = token_.kind == Token::Kind::nil;
    if (token_.kind == Token::Kind::array) return appendNested(value.text, 0);
    if (token_.kind == Token::Kind::error) value.text = "(error) ";
    if (token_.size > token_.text.size()) {
      cutBytes_ = token_.size;
      // The cut may have split a character, which would make all of the text look binary.
      value.text += displayText(utf8Prefix(token_.text, token_.text.size() - 1));
    } else {
      value.text += displayText(token_.text);
    }
    return {};
  }

  Result<void> appendNested(std::string& out, int depth) {
    if (depth > maxDepth)
      return Error{.code = ErrorCode::tooLarge, .message = "the reply is nested too deeply"};
    switch (token_.kind) {
      case Token::Kind::nil: out += "null"; return {};
      case Token::Kind::integer: out += token_.text; return {};
      case Token::Kind::array: return appendArray(out, token_.number, depth);
      default: break;
    }
    if (out.size() + token_.text.size() > maxNested)
      nestedCut_ = true;
    else
      appendJsonString(out, token_.text);
    return {};
  }

  Result<void> appendArray(std::string& out, std::int64_t count, int depth) {
    out += '[';
    for (std::int64_t i = 0; i < count; ++i) {
      // Beyond the bound the rest is read, because the next row comes after it, but not kept.
      if (out.size() > maxNested) nestedCut_ = true;
      std::string rest;
      std::string& target = out.size() > maxNested ? rest : out;
      if (i > 0) target += ", ";
      if (auto read = next_(token_); !read) return read;
      if (auto added = appendNested(target, depth + 1); !added) return added;
    }
    out += ']';
    return {};
  }

  const std::vector<std::string>& command_;
  const TokenSource& next_;
  RowSink& sink_;
  Token token_;
  Shape shape_ = Shape::list;
  std::uint64_t cutBytes_ = 0;
  bool nestedCut_ = false;
};

}  // namespace

Result<RowsEnd> replyToRows(const std::vector<std::string>& command, const TokenSource& next,
                            RowSink& sink) {
  return RowWriter(command, next, sink).write();
}

}  // namespace mydba::redis
