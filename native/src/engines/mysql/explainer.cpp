// Plans of statements.
//
// A plain EXPLAIN changes nothing. Measuring runs the statement, held back (held_back.h).
//
// The optimizer's trace takes longer than planning does: of a join of six tables, EXPLAIN with it
// took 1.7 to 4.4 times as long as without, and the whole answer 26 to 41 % longer. So the
// statement is planned once more for it, and only where a table of many rows has several indexes to
// choose from.
//
// MySQL answers in four formats, by version and statement: JSON version 2 from 9.0 on, which knows
// no single-table UPDATE or DELETE; version 1 before, and for those; the text tree for EXPLAIN
// ANALYZE before 9.0 (the MySQL 8.4 manual has FORMAT=JSON for ANALYZE only with version 2 chosen).

#include "engines/mysql/explainer.h"

#include <algorithm>
#include <vector>

#include "base/embedded.h"
#include "engines/mysql/held_back.h"
#include "engines/mysql/optimizer_trace.h"
#include "engines/mysql/plan_context.h"
#include "engines/mysql/plan_readers.h"
#include "engines/mysql/trace_weighed.h"
#include "plan/fill.h"
#include "plan/walk.h"

namespace mydba::mysql {
namespace {

constexpr std::int64_t firstWithPlanV2 = 90000;
constexpr std::int64_t firstWithAnalyze = 80018;
/// What MySQL says instead of a plan that its iterators cannot run.
constexpr std::string_view notExecutable = "<not executable by iterator executor>";

Error refusal(std::string message) {
  return {.code = ErrorCode::refused,
          .message = std::move(message),
          .hint = "explain it without measuring"};
}

/// Rows from which another index would matter.
constexpr double manyRows = 1000;

/// Whether a step reads many rows of a table that has several indexes.
bool hasChoice(const protocol::PlanTree& tree) {
  bool found = false;
  const auto hasIndexes = [&](const std::string& table) {
    return tree.relations && std::any_of(tree.relations->begin(), tree.relations->end(),
                                         [&](const protocol::PlanRelation& relation) {
                                           return relation.name == table && relation.indexes &&
                                                  relation.indexes->size() > 1;
                                         });
  };
  plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    const bool many =
        std::max(node.estimatedRead.value_or(0), node.actualRead.value_or(0)) >= manyRows;
    found = found || (node.relation && many && hasIndexes(*node.relation));
  });
  return found;
}

class MysqlExplainer final : public Explainer {
 public:
  explicit MysqlExplainer(Session& session) : session_(session) {}

  Result<protocol::PlanTree> explain(const guard::CheckedStatement& statement, bool analyze,
                                     const CancelToken& cancel) override {
    const std::string_view sql = statement.text();
    const auto read = sql::readStatement(sql, *sql::findDialect(session_.flavour().id));
    noted_ = true;
    auto tree = explainAny(sql, read, analyze, cancel);
    if (!tree) return tree;
    addContext(session_, sql, read, *tree, cancel);
    if (!tree->values && hasChoice(*tree)) addWays(sql, *tree, cancel);
    return tree;
  }

  Result<protocol::PlanTree> explainText(std::string_view sql, bool analyze,
                                         const CancelToken& cancel) {
    // Planning reads constant tables and may run functions, so it is held back as well.
    auto tree = analyze                    ? measured(sql, cancel)
                : session_.holdsReadOnly() ? heldBack(session_, HeldBack::readOnly, cancel,
                                                      [&] { return planned(sql, cancel); })
                                           : planned(sql, cancel);
    if (!tree) return tree;
    tree->engine = session_.flavour().id;
    tree->version = session_.server().version;
    tree->sql = sql;
    tree->analyzed = analyze;
    return tree;
  }

 private:
  /// What the session may not see, and a trace that was cut, is left out.
  void addWays(std::string_view sql, protocol::PlanTree& tree, const CancelToken& cancel) {
    const auto trace = traceOf(session_, sql, HeldBack::readOnly, cancel);
    if (trace && !trace->missingBytes) addWeighed(trace->raw, tree.root);
  }

  /// Neither server plans a statement without its values (MySQL manual, "EXPLAIN Statement": not
  /// for a prepared one), so a digest gets samples. They mean nothing, and never run.
  Result<protocol::PlanTree> explainAny(std::string_view sql, const sql::Statement& read,
                                        bool analyze, const CancelToken& cancel) {
    const auto& dialect = *sql::findDialect(session_.flavour().id);
    if (plan::fillPlaceholders(sql, dialect).parameters == 0)
      return explainText(sql, analyze, cancel);
    if (analyze) return refusal("this statement has placeholders, and invented values never run");
    const auto columns = columnTypes(read, cancel);
    const auto filled = plan::fillPlaceholders(sql, dialect, columns);
    auto tree = explainText(filled.sql, false, cancel);
    if (!tree) {
      Error error = tree.error();
      error.position.reset();  // it counts in the filled text
      return error;
    }
    tree->sql = sql;
    tree->values = protocol::PlanValues::sampled;
    return tree;
  }

  /// Of the tables in a statement; none where the catalogue cannot be read.
  std::vector<plan::ColumnType> columnTypes(const sql::Statement& statement,
                                            const CancelToken& cancel) {
    std::vector<plan::ColumnType> columns;
    for (const auto& [table, written, afterUnion] : statement.tables) {
      const auto rows =
          session_.query(embeddedSql("mysql", "column_types"), {table.schema, table.name}, cancel);
      if (!rows) return columns;
      for (const Row& row : *rows)
        if (row[0] && row[1]) columns.push_back({.name = *row[0], .type = *row[1]});
    }
    return columns;
  }

  using Reader = Result<protocol::PlanTree> (*)(std::string_view);

  /// Sends a prefixed statement whose only cell is the plan. The position of a syntax error is
  /// moved back to the user's text.
  Result<protocol::PlanTree> ask(std::string_view prefix, std::string_view sql, Reader read,
                                 const CancelToken& cancel) {
    const auto rows = session_.query(std::string(prefix) + std::string(sql), cancel);
    if (!rows) {
      Error error = rows.error();
      const auto moved = static_cast<std::int64_t>(prefix.size());
      if (error.position && *error.position >= moved) *error.position -= moved;
      return error;
    }
    if (rows->empty() || rows->front().empty() || !rows->front()[0])
      return Error{.code = ErrorCode::unsupported,
                   .message = "the server has no plan for this statement"};
    const std::string& raw = *rows->front()[0];
    auto tree = read(raw);
    if (!tree) return tree;
    tree->raw = raw;
    // Before anything else is sent: the server keeps the remarks on its last statement only.
    if (noted_) tree->notices = readRemarks(session_, cancel);
    return tree;
  }

  Result<protocol::PlanTree> planned(std::string_view sql, const CancelToken& cancel) {
    const auto& flavour = session_.flavour();
    auto tree = ask(flavour.explainPrefix, sql, flavour.readJson, cancel);
    if (!tree || tree->root.operation != notExecutable) return tree;
    const auto chosen = session_.query("SET SESSION explain_json_format_version = 1", cancel);
    if (!chosen) return chosen.error();
    auto old = ask(flavour.explainPrefix, sql, flavour.readJson, cancel);
    if (!session_.alive()) return old;
    const auto restored = session_.query("SET SESSION explain_json_format_version = 2", cancel);
    return restored || !old ? std::move(old) : restored.error();
  }

  Result<protocol::PlanTree> measured(std::string_view sql, const CancelToken& cancel) {
    const auto how = mayMeasure(session_, sql, cancel);
    if (!how) return how.error();
    return heldBack(session_, *how, cancel, [&] { return analyzed(sql, cancel); });
  }

  Result<protocol::PlanTree> analyzed(std::string_view sql, const CancelToken& cancel) {
    const auto& flavour = session_.flavour();
    if (!flavour.analyzePrefix.empty())
      return ask(flavour.analyzePrefix, sql, flavour.readJson, cancel);
    const auto version = session_.server().versionNumber;
    if (version < firstWithAnalyze)
      return Error{.code = ErrorCode::unsupported,
                   .message = "this server cannot measure a plan",
                   .hint = "EXPLAIN ANALYZE came with MySQL 8.0.18"};
    auto tree = version >= firstWithPlanV2
                    ? ask("EXPLAIN ANALYZE FORMAT=JSON ", sql, readPlanV2, cancel)
                    : ask("EXPLAIN ANALYZE ", sql, readPlanTree, cancel);
    // Version 1 may have been chosen for the session or the server.
    if (!tree && tree.error().code == ErrorCode::unsupported && version >= firstWithPlanV2)
      tree = ask("EXPLAIN ANALYZE FORMAT=TREE ", sql, readPlanTree, cancel);
    if (tree && tree->root.operation == notExecutable)
      return refusal("MySQL cannot measure this kind of statement");
    return tree;
  }

  Session& session_;
  bool noted_ = false;  ///< the server's remarks are read
};

}  // namespace

std::unique_ptr<Explainer> makeExplainer(Session& session) {
  return std::make_unique<MysqlExplainer>(session);
}

Result<protocol::PlanTree> planOf(Session& session, std::string_view sql,
                                  const CancelToken& cancel) {
  return MysqlExplainer(session).explainText(sql, false, cancel);
}

}  // namespace mydba::mysql
