#include <unistd.h>

#include <cstdio>

#include "base/timer.h"
#include "cli/confirm.h"
#include "cli/flags.h"
#include "cli/interrupt.h"
#include "cli/json_lines.h"
#include "cli/open_connection.h"
#include "cli/report.h"
#include "cli/row_writer.h"
#include "privacy/redactor.h"

namespace mydba::cli {
namespace {

/// Hands rows to a writer, counts them, and stops at the limit or when nobody reads any more.
class WriterSink : public RowSink {
 public:
  WriterSink(RowWriter& writer, const Output& out, std::optional<std::int64_t> limit,
             const sql::Dialect& dialect)
      : writer_(writer), out_(out), limit_(limit), dialect_(dialect) {}

  /// Before each statement, which must live until the next one.
  void starts(std::string_view statement) { statement_ = statement; }

  bool begin(std::span<const protocol::Column> columns) override {
    inSet_ = 0;
    hasRows_ = !columns.empty();
    if (hasRows_) writer_.begin(columns);
    open_ = hasRows_;
    return true;
  }
  bool row(std::span<const Cell> cells) override {
    if (limit_ && inSet_ >= *limit_) {
      truncated_ = true;
      return false;
    }
    ++inSet_;
    ++rows_;
    writer_.row(cells);
    return out_.ok();
  }
  void end(const ResultSetEnd& end) override {
    close();
    if (end.affected) affected_ = affected_.value_or(0) + *end.affected;
    if (!hasRows_ && ::isatty(STDERR_FILENO))
      std::fprintf(stderr, "%s%s\n", end.command.empty() ? "done" : printable(end.command).c_str(),
                   end.affected ? (", " + std::to_string(*end.affected) + " rows").c_str() : "");
  }
  void notice(std::string_view severity, std::string_view message) override {
    notices_.push_back(privacy::withoutSecretsOf(statement_, dialect_, std::string(message)));
    std::fprintf(stderr, "%s: %s\n", printable(severity).c_str(),
                 printable(notices_.back()).c_str());
  }
  /// Ends a result set that an error or the limit cut short.
  void close() {
    if (std::exchange(open_, false)) writer_.end();
  }

  /// Rows that the statements since the last call have changed, when the server says so.
  std::optional<std::int64_t> takeAffected() { return std::exchange(affected_, std::nullopt); }

  std::int64_t rows() const { return rows_; }
  bool truncated() const { return truncated_; }
  const std::vector<std::string>& notices() const { return notices_; }

 private:
  RowWriter& writer_;
  const Output& out_;
  const std::optional<std::int64_t> limit_;
  const sql::Dialect& dialect_;
  std::string_view statement_;
  std::optional<std::int64_t> affected_;
  std::int64_t rows_ = 0;
  std::int64_t inSet_ = 0;
  bool hasRows_ = false;
  bool open_ = false;
  bool truncated_ = false;
  std::vector<std::string> notices_;
};

struct QueryOptions {
  std::string url;
  std::string sql;
  std::string format = "table";
  std::string table = "result";
  std::optional<std::int64_t> limit;
  std::optional<std::chrono::milliseconds> timeout;
  bool readOnly = false;
};

Result<QueryOptions> readOptions(const ParsedArguments& parsed) {
  if (parsed.positional.size() != 2)
    return Error{
        .code = ErrorCode::invalidParams,
        .message = "needs a URL and the SQL",
        .hint = "mydba query URL SQL; quote the SQL for your shell, or give - and pipe it"};
  QueryOptions options{.url = parsed.positional[0], .sql = parsed.positional[1]};
  if (options.sql == "-") {
    auto text = readFile("-");
    if (!text) return text.error();
    options.sql = std::move(*text);
  }
  options.format = parsed.value("format").value_or(parsed.has("json") ? "json" : "table");
  options.table = parsed.value("table").value_or("result");
  options.readOnly = parsed.has("read-only");
  if (const auto limit = parsed.value("limit")) {
    const auto count = parseCount(*limit, "limit");
    if (!count) return count.error();
    options.limit = *count;
  }
  if (const auto timeout = parsed.value("timeout")) {
    const auto duration = parseDuration(*timeout);
    if (!duration) return duration.error();
    options.timeout = *duration;
  }
  return options;
}

/// Lets the statements through the gate and runs them, one after the other; an error's position is
/// one of the whole text.
Result<void> runAll(Connection& connection, std::string_view sql, const CommandGate& door,
                    const sql::Dialect& dialect, WriterSink& sink, const store::AuditTrail& audit,
                    const CancelToken& cancel) {
  auto statements = audit.judge(door.gate(), sql);
  if (!statements) return statements.error();
  for (auto& judged : *statements) {
    const auto statement = audit.admit(door.gate(), std::move(judged), door.confirm());
    if (!statement) return statement.error();
    sink.starts(statement->text());
    const auto began = audit.begins(*statement);
    if (!began) return began.error();
    const auto start = Clock::now();
    auto ran = connection.run(*statement, sink, cancel);
    sink.close();
    audit.ended(*began, ran, sink.takeAffected(), millisecondsSince(start));
    if (ran) continue;
    Error error = privacy::withoutSecretsOf(statement->text(), dialect, ran.error());
    if (error.position) *error.position += static_cast<std::int64_t>(statement->start());
    return error;
  }
  return {};
}

rpc::Json summary(const WriterSink& sink, double elapsedMs) {
  return {{"rows", sink.rows()},
          {"elapsedMs", elapsedMs},
          {"truncated", sink.truncated()},
          {"notices", sink.notices()}};
}

}  // namespace

Exit query(Arguments arguments) {
  constexpr Flag flags[] = {{"format", true}, {"limit", true},      {"timeout", true},
                            {"table", true},  {"read-only", false}, {"yes", false}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("query", parsed.error(), false);
  const bool json = parsed->has("json");
  const auto options = readOptions(*parsed);
  if (!options) return fail("query", options.error(), json);
  Interrupt interrupt;
  auto open = openConnection(options->url, options->readOnly, interrupt.token());
  if (!open) return fail("connect", open.error(), json);
  const sql::Dialect& dialect = mydba::dialectOf(open->profile.engine);
  Output out(STDOUT_FILENO);
  const auto writer = makeRowWriter(options->format, out, dialect, options->table);
  if (!writer)
    return fail("query",
                {.code = ErrorCode::invalidParams,
                 .message = "unknown format \"" + options->format + "\"",
                 .hint = "table, csv, json, jsonl or sql"},
                json);
  Timer timer;
  if (options->timeout)
    timer.at(Clock::now() + *options->timeout,
             [source = interrupt.source()]() mutable { source.cancel(CancelReason::timeout); });
  WriterSink sink(*writer, out, options->limit, dialect);
  const auto start = Clock::now();
  const CommandGate door(*open, parsed->has("yes"), interrupt.token());
  const auto ran =
      runAll(*open->connection, options->sql, door, dialect, sink, open->audit, interrupt.token());
  rpc::Json closing = summary(sink, millisecondsSince(start));
  // Rows may be out already, so the error goes into the same document, or the last line.
  if (!ran) closing["error"] = errorDocument(ran.error());
  writer->finish(rpc::writeJson(closing));
  out.flush();
  return ran ? Exit::done : failStatement("query", ran.error(), /*json=*/false);
}

}  // namespace mydba::cli
