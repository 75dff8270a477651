#include "engines/postgres/explainer.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "engines/postgres/plan_reader.h"
#include "engines/postgres/plan_relations.h"
#include "engines/postgres/plan_samples.h"
#include "engines/postgres/rolled_back.h"
#include "engines/postgres/statement_statistics.h"
#include "sql/dialect.h"
#include "sql/statement.h"

namespace mydba::postgres {
namespace {

constexpr std::string_view planningOptions = "FORMAT JSON, COSTS, SETTINGS";

/// Positions of an error count in the statement, not in what stands before it.
Error movedBack(Error error, std::size_t prefix) {
  if (error.position)
    error.position = std::max<std::int64_t>(0, *error.position - static_cast<std::int64_t>(prefix));
  return error;
}

/// The n of `$n`; the most that the protocol can bind when it is more.
std::size_t numberOf(std::string_view sql, const sql::Parameter& found) {
  constexpr std::size_t most = 65535;
  std::size_t number = most;
  const auto digits = sql.substr(found.start + 1, found.end - found.start - 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return std::min(number, most);
}

/// The types of `$1` to the highest `$n`; none without placeholders. A number that the statement
/// leaves out has no context to take a type from, so it gets one.
std::vector<std::string> typesOf(std::string_view sql, std::span<const sql::Parameter> parameters) {
  std::vector<std::string> types;
  for (const auto& found : parameters) {
    const std::size_t number = numberOf(sql, found);
    if (number > types.size()) types.resize(number, "text");
    if (number > 0) types[number - 1] = "unknown";
  }
  return types;
}

/// After an error: whether it was a placeholder without a type (42P18, as in `$1 IS NULL`), which
/// then has one in `types`.
bool giveType(std::string_view sql, std::span<const sql::Parameter> placeholders,
              const Error& error, std::vector<std::string>& types) {
  if (error.engineCode != "42P18" || !error.position) return false;
  const auto at = static_cast<std::size_t>(*error.position);
  const auto found = std::find_if(placeholders.begin(), placeholders.end(),
                                  [at](const auto& one) { return one.start == at; });
  if (found == placeholders.end() || numberOf(sql, *found) == 0) return false;
  std::string& type = types[numberOf(sql, *found) - 1];
  return std::exchange(type, "text") != "text";
}

/// Rows of a change are those that it changed.
void addCounted(CountedStatement counted, protocol::PlanTree& tree) {
  if (tree.root.category == protocol::PlanCategory::modify) counted.statistics.rowsSent.reset();
  tree.queryId = std::move(counted.queryId);
  tree.statistics = std::move(counted.statistics);
}

Error noValues() {
  return {.code = ErrorCode::invalidParams,
          .message = "a statement with placeholders cannot be run to measure it",
          .hint = "put values in their place, or ask for the plan without running it"};
}

}  // namespace

Result<Rows> PostgresExplainer::ask(std::string_view options, std::string_view sql,
                                    const CancelToken& cancel, Deadline deadline) {
  const std::string prefix = "EXPLAIN (" + std::string(options) + ") ";
  auto answer = session_.query(prefix + std::string(sql), {}, cancel, deadline);
  if (!answer) return movedBack(answer.error(), prefix.size());
  return answer;
}

// GENERIC_PLAN of version 16 needs the simple protocol: the extended one wants values for the
// placeholders, which the planner then folds into the plan.
Result<Rows> PostgresExplainer::askGeneric(std::string_view sql,
                                           std::span<const sql::Parameter> placeholders,
                                           std::vector<std::string>& types,
                                           std::optional<CountedStatement>& counted,
                                           const CancelToken& cancel) {
  for (;;) {
    bool prepared = false;
    std::string nulls;
    for (std::size_t i = 0; i < types.size(); ++i) nulls += i > 0 ? ", NULL" : "NULL";
    auto answer = rolledBack(session_, Aside::reads, cancel, [&] {
      auto planned = askPrepared(sql, types, "force_generic_plan", nulls, prepared, cancel);
      if (planned)
        counted = countedBefore(session_, *this, "EXECUTE mydba_generic(" + nulls + ")", cancel);
      return planned;
    });
    // A prepared statement outlives its transaction.
    if (prepared && session_.alive())
      if (const auto dropped = session_.cleanUp("DEALLOCATE mydba_generic"); !dropped)
        return dropped.error();
    if (answer || !giveType(sql, placeholders, answer.error(), types)) return answer;
  }
}

std::optional<double> PostgresExplainer::customCost(std::string_view sql,
                                                    const sql::Statement& statement,
                                                    std::span<const std::string> types,
                                                    const CancelToken& cancel) {
  bool prepared = false;
  const auto answer = rolledBack(session_, Aside::reads, cancel, [&]() -> Result<Rows> {
    const auto values = samplesFor(session_, sql, statement, types.size(), cancel);
    if (!values) return values.error();
    if (values->empty()) return Rows(nullptr);
    return askPrepared(sql, types, "force_custom_plan", *values, prepared, cancel);
  });
  if (prepared && session_.alive() && !session_.cleanUp("DEALLOCATE mydba_generic"))
    return std::nullopt;
  if (!answer || !prepared) return std::nullopt;
  const auto tree = treeOf(*answer, sql, false);
  return tree ? tree->root.totalCost : std::nullopt;
}

Result<Rows> PostgresExplainer::askPrepared(std::string_view sql,
                                            std::span<const std::string> types,
                                            std::string_view mode, std::string_view values,
                                            bool& prepared, const CancelToken& cancel) {
  const auto chosen =
      session_.query("SET LOCAL plan_cache_mode = " + std::string(mode), {}, cancel);
  if (!chosen) return chosen.error();
  std::string declared;
  for (const std::string& type : types) declared += (declared.empty() ? "" : ", ") + type;
  const std::string prefix = "PREPARE mydba_generic(" + declared + ") AS ";
  if (auto made = session_.query(prefix + std::string(sql), {}, cancel); !made)
    return movedBack(made.error(), prefix.size());
  prepared = true;
  return ask(planningOptions, "EXECUTE mydba_generic(" + std::string(values) + ")", cancel);
}

std::string PostgresExplainer::measuringOptions() const {
  const bool serializes = PQserverVersion(session_.raw()) >= 170000;
  return std::string(planningOptions) + ", ANALYZE, BUFFERS, TIMING, WAL" +
         (serializes ? ", MEMORY, SERIALIZE" : "");
}

void PostgresExplainer::addRelations(protocol::PlanTree& tree, const CancelToken& cancel) {
  const auto read = [&] { return readPlanRelations(session_, tree, cancel); };
  // A failing statement would abort an open transaction.
  auto relations =
      session_.inTransaction() ? rolledBack(session_, Aside::reads, cancel, read) : read();
  if (relations)
    tree.relations = std::move(*relations);
  else
    tree.warnings.push_back("the catalogue told nothing of the tables: " +
                            relations.error().message);
}

Result<Trial> PostgresExplainer::mayMeasure(std::string_view sql, const CancelToken& cancel) {
  const auto statement = sql::readStatement(sql, *sql::findDialect("postgres"));
  if (!typesOf(sql, statement.parameters).empty()) return noValues();
  return judgeTrial(session_, sql, cancel);
}

Result<Rows> PostgresExplainer::measure(std::string_view sql, const CancelToken& cancel) {
  return ask(measuringOptions(), sql, cancel);
}

Result<protocol::PlanTree> PostgresExplainer::treeOf(const Rows& answer, std::string_view sql,
                                                     bool analyzed) const {
  std::string json;
  for (int row = 0; row < answer.count(); ++row) json += answer.view(row, 0);
  auto tree = readPlan(json, version_);
  if (!tree) return tree.error();
  tree->sql = std::string(sql);
  tree->analyzed = analyzed;
  return tree;
}

Result<protocol::PlanTree> PostgresExplainer::explain(const guard::CheckedStatement& statement,
                                                      bool analyze, const CancelToken& cancel) {
  const std::string_view sql = statement.text();
  const auto read = sql::readStatement(sql, *sql::findDialect("postgres"));
  const auto& placeholders = read.parameters;
  auto types = typesOf(sql, placeholders);
  const bool generic = !types.empty();
  // Planning folds constants: it runs functions that call themselves immutable. EXPLAIN of a change
  // is no change.
  const auto how = analyze ? mayMeasure(sql, cancel) : Result<Trial>(Trial{Aside::reads});
  if (!how) return how.error();
  std::optional<CountedStatement> counted;
  const auto plain = [&] {
    auto planned = analyze ? measure(sql, cancel) : ask(planningOptions, sql, cancel);
    if (planned) counted = countedBefore(session_, *this, sql, cancel);
    return planned;
  };
  const auto answer = generic ? askGeneric(sql, placeholders, types, counted, cancel)
                              : rolledBack(session_, how->how, cancel, plain);
  if (!answer) return ofTrial(answer.error(), how->how);
  auto tree = treeOf(*answer, sql, analyze);
  if (!tree) return tree.error();
  if (generic) {
    tree->values = protocol::PlanValues::generic;
    tree->customCost = customCost(sql, read, types, cancel);
  }
  if (counted) addCounted(std::move(*counted), *tree);
  addRelations(*tree, cancel);
  return tree;
}

}  // namespace mydba::postgres
