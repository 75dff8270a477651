#include "cli/json_lines.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>

#include "base/utf8.h"
#include "cli/report.h"

namespace mydba::cli {
namespace {

constexpr const char* dialectNames = "postgres, mysql, mariadb, sqlite, redis or generic";

constexpr std::size_t longestLine = 64u << 20;

struct Close {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};

/// Lines of stdin with bounded memory: of a longer line only the start is kept.
class LineReader {
 public:
  /// False at the end of the input.
  bool next(std::string& line, bool& tooLong) {
    line.clear();
    tooLong = false;
    for (;;) {
      const auto end = static_cast<const char*>(std::memchr(buffer_ + at_, '\n', filled_ - at_));
      const std::size_t stop = end ? static_cast<std::size_t>(end - buffer_) : filled_;
      if (line.size() + stop - at_ > longestLine)
        tooLong = true;
      else
        line.append(buffer_ + at_, stop - at_);
      at_ = end ? stop + 1 : filled_;
      if (end) return true;
      filled_ = std::fread(buffer_, 1, sizeof buffer_, stdin);
      at_ = 0;
      if (filled_ == 0) return !line.empty() || tooLong;
    }
  }

 private:
  char buffer_[65536];
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
};

void print(const std::optional<rpc::Json>& id, const Result<rpc::Json>& result) {
  rpc::Json line = rpc::Json::object();
  if (id) line["id"] = *id;
  if (result) {
    line.update(*result);
  } else {
    line["error"] = errorDocument(result.error());
  }
  const std::string text = rpc::writeJson(line) + "\n";
  std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace

Exit eachJsonLine(const std::function<Result<rpc::Json>(const rpc::Json& line)>& answer) {
  auto reader = std::make_unique<LineReader>();
  Exit exit = Exit::done;
  std::string text;
  for (bool tooLong = false; reader->next(text, tooLong);) {
    if (text.empty() && !tooLong) continue;
    std::optional<rpc::Json> id;
    Result<rpc::Json> result = Error{.code = ErrorCode::tooLarge, .message = "a line over 64 MiB"};
    if (!tooLong) {
      const auto line = rpc::parseJson(text);
      if (line && line->is_object() && line->contains("id")) id = (*line)["id"];
      result = line ? answer(*line) : Result<rpc::Json>(line.error());
    }
    if (!result) exit = Exit::usage;
    print(id, result);
    std::fflush(stdout);
  }
  return exit;
}

Result<SqlLine> sqlLine(const rpc::Json& line, const sql::Dialect& fallback) {
  if (!line.is_object() || !line.contains("sql") || !line["sql"].is_string())
    return Error{.code = ErrorCode::invalidParams, .message = "sql: expected string"};
  SqlLine request{.sql = line["sql"].get<std::string>(), .dialect = &fallback};
  if (line.contains("dialect") && line["dialect"].is_string()) {
    request.dialect = sql::findDialect(line["dialect"].get<std::string>());
    if (!request.dialect)
      return Error{
          .code = ErrorCode::invalidParams, .message = "dialect: unknown", .hint = dialectNames};
  }
  return request;
}

Result<const sql::Dialect*> dialectOf(const ParsedArguments& parsed) {
  const std::string name = parsed.value("dialect").value_or("generic");
  if (const sql::Dialect* dialect = sql::findDialect(name)) return dialect;
  return Error{.code = ErrorCode::invalidParams,
               .message = "unknown dialect \"" + name.substr(0, 40) + "\"",
               .hint = dialectNames};
}

Result<std::string> readFile(const std::string& path) {
  const std::unique_ptr<std::FILE, Close> file(path == "-" ? stdin
                                                           : std::fopen(path.c_str(), "re"));
  if (!file) return Error{.code = ErrorCode::io, .message = path + ": " + std::strerror(errno)};
  std::string text;
  char bytes[65536];
  for (std::size_t count; (count = std::fread(bytes, 1, sizeof bytes, file.get())) > 0;)
    text.append(bytes, count);
  if (std::ferror(file.get()))
    return Error{.code = ErrorCode::io, .message = path + ": " + std::strerror(errno)};
  return text;
}

Result<std::string> readText(const ParsedArguments& parsed) {
  auto text = readFile(parsed.positional.empty() ? "-" : parsed.positional[0]);
  if (text && !validUtf8(*text))
    return Error{.code = ErrorCode::invalidParams, .message = "the text is not UTF-8"};
  return text;
}

}  // namespace mydba::cli
