#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "cli/confirm.h"
#include "cli/interrupt.h"
#include "cli/json_lines.h"
#include "cli/open_connection.h"
#include "cli/report.h"
#include "codec.h"
#include "plan/collect.h"
#include "plan/collection_counts.h"
#include "plan/rule.h"
#include "plan/statements_to_plan.h"
#include "sql/splitter.h"

namespace mydba::cli {
namespace {

using protocol::WorkloadResult;
using protocol::WorkloadStatement;

struct Options {
  std::string url;
  std::optional<std::string> file;
  std::optional<std::int64_t> limit;
  std::chrono::milliseconds timeout{};
  bool analyze = false;
};

Result<Options> optionsOf(const ParsedArguments& parsed) {
  const auto& given = parsed.positional;
  if (given.empty() || given.size() > 2)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "needs a URL, and a file with statements or nothing",
                 .hint = "mydba plan collect URL [FILE]; - is stdin"};
  Options options{.url = given[0], .file = {}, .analyze = parsed.has("analyze")};
  if (given.size() == 2) options.file = given[1];
  if (const auto limit = parsed.value("limit")) {
    const auto read = parseCount(*limit, "limit");
    if (!read) return read.error();
    options.limit = *read;
  }
  const auto timeout = parseDuration(parsed.value("timeout").value_or("5s"));
  if (!timeout) return timeout.error();
  options.timeout = *timeout;
  return options;
}

Result<std::vector<std::string>> statementsIn(const std::string& file,
                                              const sql::Dialect& dialect) {
  const auto text = readFile(file);
  if (!text) return text.error();
  std::vector<std::string> statements;
  for (const auto [start, end] : sql::split(*text, dialect))
    statements.push_back(text->substr(start, end - start));
  return statements;
}

/// Those of the file, else those on which the server spends its time.
Result<WorkloadResult> statementsOf(const Options& options, Connection& connection,
                                    const CancelToken& cancel) {
  std::optional<std::vector<std::string>> given;
  if (options.file) {
    auto read = statementsIn(*options.file, dialectOf(connection));
    if (!read) return read.error();
    given = std::move(*read);
  }
  auto result = plan::statementsToPlan(connection, given, options.limit, cancel);
  if (!result) return result;
  if (result->unavailable && result->statements.empty())
    return Error{.code = ErrorCode::unsupported,
                 .message = result->unavailable->reason,
                 .hint = result->unavailable->fix.value_or("")};
  return result;
}

Result<void> collect(const Options& options, OpenConnection& open, WorkloadResult& result,
                     const CancelToken& cancel) {
  const CommandGate door(open, /*yes=*/false, cancel);
  const auto connect = [&]() -> Result<Connection*> {
    if (!open.connection->alive()) {
      auto again = openConnection(options.url, /*readOnly=*/false, cancel);
      if (!again) return again.error();
      open.connection = std::move(again->connection);
    }
    return open.connection.get();
  };
  const plan::Collector collector(dialectOf(*open.connection), door.gate(), connect,
                                  {.timeout = options.timeout});
  for (WorkloadStatement& statement : result.statements) {
    if (!statement.attempts.empty()) continue;
    auto collected = collector.collect(statement.sql, options.analyze, cancel);
    if (!collected) return collected.error();
    plan::describe(statement, std::move(*collected));
  }
  result.counts = plan::count(result.statements);
  return {};
}

std::string rounded(const std::optional<double>& value) {
  return value ? plan::groupedNumber(*value) : "";
}

/// Its beginning, on one line.
std::string shortened(const std::string& sql) {
  constexpr std::size_t shown = 100;
  std::string line(utf8Prefix(sql, shown));
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line.size() < sql.size() ? line + "…" : line;
}

void printStatements(const std::vector<WorkloadStatement>& statements) {
  std::vector<std::vector<std::string>> rows = {
      {"plan", "cost", "findings", "calls", "total ms", "statement"}};
  for (const WorkloadStatement& statement : statements) {
    const auto statistics = statement.statistics.value_or(protocol::StatementStatistics{});
    rows.push_back(
        {statement.way ? std::string(protocol::name(*statement.way)) : "none",
         rounded(statement.cost), statement.findings ? std::to_string(*statement.findings) : "",
         rounded(statistics.calls), rounded(statistics.totalMs), shortened(statement.sql)});
  }
  printColumns(rows);
}

void printCounts(const protocol::CollectionCounts& counts) {
  const auto number = [](std::int64_t count) { return static_cast<long long>(count); };
  std::printf("\n%lld of %lld statements have a plan: %lld estimated, %lld measured\n",
              number(counts.explain + counts.analyze), number(counts.asked), number(counts.explain),
              number(counts.analyze));
  std::printf("%lld have row estimates instead, %lld nothing; %lld tries were repeated\n",
              number(counts.rowEstimates), number(counts.failed), number(counts.repeated));
  for (const auto& [failure, count] : counts.reasons) {
    std::string line = printable(failure.message);
    if (failure.engineCode) line += " (" + printable(*failure.engineCode) + ")";
    if (failure.hint) line += "; " + printable(*failure.hint);
    std::printf("  %lld: %s\n", number(count), line.c_str());
  }
}

}  // namespace

Exit planCollect(Arguments arguments) {
  constexpr Flag flags[] = {{"limit", true}, {"analyze", false}, {"timeout", true}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("plan collect", parsed.error(), false);
  const bool json = parsed->has("json");
  const auto options = optionsOf(*parsed);
  if (!options) return fail("plan collect", options.error(), json);
  Interrupt interrupt;
  auto open = openConnection(options->url, /*readOnly=*/false, interrupt.token());
  if (!open) return fail("connect", open.error(), json);
  auto result = statementsOf(*options, *open->connection, interrupt.token());
  if (!result) return fail("plan collect", result.error(), json);
  if (const auto done = collect(*options, *open, *result, interrupt.token()); !done)
    return fail("plan collect", done.error(), json);
  if (json) {
    printJson(protocol::encode(*result));
  } else {
    printStatements(result->statements);
    printCounts(result->counts);
  }
  const bool all = result->counts.rowEstimates == 0 && result->counts.failed == 0;
  return all ? Exit::done : Exit::findings;
}

}  // namespace mydba::cli
