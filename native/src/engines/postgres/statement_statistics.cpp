#include "engines/postgres/statement_statistics.h"

#include <charconv>
#include <chrono>

#include "base/embedded.h"
#include "engines/postgres/in_schema.h"

namespace mydba::postgres {
namespace {

constexpr std::chrono::milliseconds patience{250};

std::optional<double> numberAt(const Rows& rows, const char* column) {
  const auto text = rows.view(0, rows.column(column));
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<CountedStatement> countedBefore(Session& session, PostgresExplainer& explainer,
                                              std::string_view explained,
                                              const CancelToken& cancel) {
  const auto end = Clock::now() + patience;
  const auto place =
      session.query(embeddedSql("postgres", "statement_statistics_place"), {}, cancel, end);
  if (!place || place->count() != 1) return std::nullopt;
  const auto answer = explainer.ask("VERBOSE, COSTS OFF, FORMAT JSON", explained, cancel, end);
  if (!answer) return std::nullopt;
  const auto plan = explainer.treeOf(*answer, explained, false);
  if (!plan || !plan->queryId) return std::nullopt;
  const auto counted = session.query(inSchema("statement_statistics", place->text(0, 0)),
                                     {*plan->queryId}, cancel, end);
  if (!counted || counted->count() != 1) return std::nullopt;
  CountedStatement found{.queryId = *plan->queryId, .statistics = {}};
  auto& statistics = found.statistics;
  statistics.calls = numberAt(*counted, "calls");
  statistics.totalMs = numberAt(*counted, "total_ms");
  if (statistics.calls.value_or(0) > 0)
    statistics.meanMs = statistics.totalMs.value_or(0) / *statistics.calls;
  statistics.rowsSent = numberAt(*counted, "rows");
  return found;
}

}  // namespace mydba::postgres
