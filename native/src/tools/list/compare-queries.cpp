#include "optimize/compare.h"
#include "sql/row_order.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

using optimize::Comparison;

std::string_view verdictName(Comparison::Verdict verdict) {
  switch (verdict) {
    case Comparison::Verdict::proven: return "proven";
    case Comparison::Verdict::sameNotFaster: return "sameNotFaster";
    case Comparison::Verdict::different: return "different";
    case Comparison::Verdict::unknown: return "unknown";
  }
  return "";
}

Json comparisonJson(const Comparison& comparison) {
  Json json = {{"verdict", verdictName(comparison.verdict)}, {"reason", comparison.reason}};
  const auto side = [](const std::optional<std::int64_t>& rows, const std::optional<double>& ms) {
    Json counts = Json::object();
    if (rows) counts["rows"] = *rows;
    if (ms) counts["medianMs"] = *ms;
    return counts;
  };
  json["before"] = side(comparison.rowsBefore, comparison.msBefore);
  json["after"] = side(comparison.rowsAfter, comparison.msAfter);
  return json;
}

Result<Json> compareBoth(const Bench& bench, const std::string& before, const std::string& after) {
  const auto first = bench.gate.admitToExplain(before, /*analyze=*/true, bench.confirm);
  if (!first) return first.error();
  const auto second = bench.gate.admitToExplain(after, /*analyze=*/true, bench.confirm);
  if (!second) return second.error();
  const auto& dialect = dialectOf(bench.connection);
  const bool ordered = sql::ordersRows(first->text(), dialect);
  const auto comparison =
      optimize::compare(bench.connection, *first, *second, ordered, {}, bench.cancel);
  if (!comparison) return comparison.error();
  return comparisonJson(*comparison);
}

Result<Json> run(const Arguments& arguments, Desk& desk) {
  const auto connection = arguments.text("connection");
  const auto before = arguments.text("before");
  const auto after = arguments.text("after");
  if (auto complete = arguments.complete(); !complete) return complete.error();
  desk.progress("Running both queries in turns");
  return desk.withConnection(connection, Access::read,
                             [=](const Bench& bench) { return compareBoth(bench, before, after); });
}

}  // namespace

extern const Tool compareQueries{
    .name = "compare_queries",
    .title = "Compare two queries",
    .description =
        "Runs two read-only queries in turns and tells whether the second may take the "
        "place of the first: the same columns and rows on the data of now, and clearly "
        "faster. Only with the verdict proven may a rewritten query be presented as "
        "proven; anything else is a suggestion.",
    .run = run};

}  // namespace mydba::tools
