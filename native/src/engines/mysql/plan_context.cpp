#include "engines/mysql/plan_context.h"

#include <algorithm>
#include <optional>

#include "base/embedded.h"
#include "base/time_limit.h"
#include "engines/mysql/statement.h"
#include "plan/walk.h"
#include "sql/token_list.h"

namespace mydba::mysql {
namespace {

constexpr std::chrono::seconds patience{2};
constexpr std::size_t mostRelations = 20;
/// The note that is no remark but the statement, written anew (ER_YES).
constexpr std::string_view rewritten = "1003";

/// The columns of a partition expression, which the server writes in backticks where it was given
/// no more than their names; else the expression.
std::vector<std::string> keyOf(const std::string& expression) {
  std::vector<std::string> columns;
  for (const Token& token : tokens(expression))
    if (token.kind == Token::Kind::quotedName) columns.push_back(unquoted(token));
  if (columns.empty() && !expression.empty()) columns.push_back(expression);
  return columns;
}

void addIndexPart(protocol::PlanRelation& relation, const Row& row) {
  const auto name = row[1].value_or(""), column = row[2].value_or("");
  auto& indexes = *relation.indexes;
  if (indexes.empty() || indexes.back().name != name)
    indexes.push_back({.name = name, .columns = {}, .unique = row[3] == "0"});
  indexes.back().columns.push_back(column);
}

/// Nothing for what is no table, or cannot be read.
std::optional<protocol::PlanRelation> readRelation(Session& session, const std::string& schema,
                                                   const std::string& table,
                                                   const CancelToken& cancel) {
  const auto rows = session.query(embeddedSql("mysql", "plan_relation"),
                                  {schema, table, schema, table, schema, table}, cancel);
  if (!rows || rows->empty()) return std::nullopt;
  protocol::PlanRelation relation{.name = table};
  relation.indexes.emplace();
  for (const Row& row : *rows) {
    if (row[0] == "table") {
      relation.schema = row[1];
      relation.rows = numberIn(row[2]);
      relation.bytes = numberIn(row[3]);
    } else if (row[0] == "partition") {
      relation.partitions = numberIn(row[1]);
      relation.partitionKey = keyOf(row[2].value_or(""));
    } else {
      addIndexPart(relation, row);
    }
  }
  // Not everybody may read it, and not every table is InnoDB's.
  const auto taken = session.query(embeddedSql("mysql", "plan_statistics_age"),
                                   {relation.schema.value_or(""), table}, cancel);
  if (taken && !taken->empty()) relation.analyzedAt = taken->front()[0];
  return relation;
}

std::optional<protocol::StatementStatistics> readStatistics(Session& session, std::string_view sql,
                                                            bool placeholders,
                                                            const CancelToken& cancel) {
  // Only MySQL can say which digest a text has; one with placeholders may be a digest's own text.
  if (!placeholders && session.flavour().id == mariadbFlavour.id) return std::nullopt;
  const auto rows = session.query(
      embeddedSql("mysql", placeholders ? "plan_digest_of_text" : "plan_digest"), {sql}, cancel);
  if (!rows || rows->empty() || !rows->front()[0]) return std::nullopt;
  const Row& row = rows->front();
  return protocol::StatementStatistics{.calls = numberIn(row[0]),
                                       .totalMs = numberIn(row[1]),
                                       .meanMs = numberIn(row[2]),
                                       .rowsExamined = numberIn(row[3]),
                                       .rowsSent = numberIn(row[4]),
                                       .withoutIndex = numberIn(row[5]),
                                       .withoutGoodIndex = numberIn(row[6]),
                                       .diskTemporaryTables = numberIn(row[7])};
}

/// The name behind a table's, or nothing.
std::string aliasOf(const sql::TokenList& tokens, const sql::TableUse& use) {
  std::size_t at = 0;
  while (at < tokens.size() && tokens[at].start < use.table.position) ++at;
  while (tokens.isName(at) && tokens.isSymbol(at + 1, '.')) at += 2;
  ++at;
  if (tokens.is(at, sql::Keyword::as)) ++at;
  return tokens.isName(at) && tokens.is(at, sql::Keyword::none) ? tokens.value(at) : "";
}

bool hasRelation(const protocol::PlanTree& tree, const std::string& name) {
  bool found = false;
  plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    found = found || node.relation == name;
  });
  return found;
}

}  // namespace

std::vector<std::string> readRemarks(Session& session, const CancelToken& cancel) {
  std::vector<std::string> remarks;
  if (mysql_warning_count(session.handle()) == 0) return remarks;
  const auto rows = session.query("SHOW WARNINGS LIMIT 50", cancel);
  if (!rows) return remarks;
  for (const Row& row : *rows) {
    if (row.size() < 3 || !row[2]) continue;
    remarks.push_back(row[1] == rewritten ? "The optimizer reads it as: " + *row[2] : *row[2]);
  }
  return remarks;
}

std::vector<protocol::PlanRelation> readRelations(Session& session, const sql::Statement& statement,
                                                  const CancelToken& cancel) {
  const auto current = session.database(cancel);
  std::vector<protocol::PlanRelation> relations;
  for (const auto& use : statement.tables) {
    const auto& table = use.table;
    const std::string schema = !table.schema.empty() ? table.schema : current ? *current : "";
    const bool known = std::any_of(relations.begin(), relations.end(), [&](const auto& other) {
      return other.name == table.name && other.schema == schema;
    });
    if (known || relations.size() >= mostRelations) continue;
    auto relation = readRelation(session, schema, table.name, cancel);
    if (relation) relations.push_back(std::move(*relation));
  }
  return relations;
}

void addContext(Session& session, std::string_view sql, const sql::Statement& statement,
                protocol::PlanTree& tree, const CancelToken& cancel) {
  const TimeLimit limit(cancel, patience);
  const auto current = session.database(limit.token());
  const std::string database = current ? *current : "";
  const sql::TokenList tokens(sql, *sql::findDialect(session.flavour().id));
  std::vector<protocol::PlanRelation> relations;
  for (const sql::TableUse& use : statement.tables) {
    // Some plans name a table, and others its alias.
    const std::string alias = aliasOf(tokens, use);
    const auto& name = !alias.empty() && hasRelation(tree, alias) ? alias : use.table.name;
    const auto& schema = use.table.schema.empty() ? database : use.table.schema;
    const bool known =
        std::any_of(relations.begin(), relations.end(), [&](const protocol::PlanRelation& other) {
          return other.name == name && other.schema == schema;
        });
    if (known || relations.size() >= mostRelations || !hasRelation(tree, name)) continue;
    auto relation = readRelation(session, schema, use.table.name, limit.token());
    if (!relation) continue;
    relation->name = name;
    relations.push_back(std::move(*relation));
  }
  tree.relations = std::move(relations);
  tree.statistics = readStatistics(session, sql, tree.values.has_value(), limit.token());
  if (limit.token().cancelled() && !cancel.cancelled())
    tree.warnings.push_back("the server told little of the tables within two seconds");
}

}  // namespace mydba::mysql
