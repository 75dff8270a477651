#include "engines/postgres/preflight.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "engines/postgres/alter_impact.h"
#include "engines/postgres/definition.h"
#include "engines/postgres/inverse.h"
#include "engines/postgres/plan_reader.h"
#include "engines/postgres/probe.h"
#include "guard/count_query.h"
#include "guard/locks.h"
#include "guard/online_ways.h"
#include "sql/keyword.h"

namespace mydba::postgres {
namespace {

using Effect = guard::Dependants::Effect;
using sql::StatementKind;

const sql::Dialect& dialect() { return *sql::findDialect("postgres"); }

std::int64_t numberOf(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// Rows that the planner expects a data change to touch: those that reach its ModifyTable.
std::optional<double> expectedRows(const protocol::PlanNode& root) {
  if (root.children.empty()) return std::nullopt;
  double rows = 0;
  for (const protocol::PlanNode& child : root.children) rows += child.estimatedRows.value_or(0);
  return rows;
}

/// Statements that PostgreSQL refuses inside a transaction, and what it keeps after a rollback.
std::optional<std::string> irreversible(const sql::Statement& statement, std::string_view text) {
  const auto& definition = statement.definition;
  const std::string type = definition ? definition->objectType : "";
  const bool alone =
      type == "database" || type == "tablespace" || type == "system" ||
      statement.kind == StatementKind::vacuum ||
      (definition && definition->concurrently && statement.verb != "refresh") ||
      (statement.verb == "reindex" && (type == "schema" || hasWord(text, "CONCURRENTLY")));
  if (alone) return "PostgreSQL runs this only outside of a transaction";
  return std::nullopt;
}

/// Finds out what one statement does.
class Foresight {
 public:
  Foresight(Probe& probe, const sql::Statement& statement, std::string_view text,
            std::int64_t version)
      : probe_(probe), statement_(statement), text_(text), version_(version) {}

  guard::Impact look() {
    written_ = sql::readWrittenDefinition(text_, statement_, dialect());
    impact_.irreversible = irreversible(statement_, text_);
    switch (statement_.kind) {
      case StatementKind::insert:
      case StatementKind::update:
      case StatementKind::remove:
      case StatementKind::merge: changeRows(); break;
      case StatementKind::truncate: truncate(); break;
      case StatementKind::drop: drop(); break;
      case StatementKind::create: create(); break;
      case StatementKind::alter: alter(); break;
      default: maintain(); break;
    }
    return std::move(impact_);
  }

 private:
  /// Adds the size of a relation; its row of preflight_relation.sql, or nothing.
  std::optional<Relation> relation(const std::string& name) {
    auto found = findRelation(probe_, name);
    if (!found) {
      impact_.addUnknown("The size of " + name, found.error());
      return std::nullopt;
    }
    if (!*found) return std::nullopt;
    const Relation& relation = **found;
    const bool stored = relation.rows || relation.bytes;
    if (stored)
      impact_.tables.push_back(
          {.name = relation.name, .rows = relation.rows, .bytes = relation.bytes});
    return **found;
  }

  void lock(std::string_view operation, std::string_view variant, const std::string& table) {
    const auto* fact = guard::LockFacts::of(dialect()).find(operation, variant, version_);
    if (!fact) return;
    impact_.locks.push_back(fact->lockOf(table));
    if (fact->work) impact_.work.push_back({.table = table, .kind = *fact->work});
  }

  void changeRows() {
    std::optional<Relation> target;
    for (const sql::TableUse& use : statement_.tables) {
      if (!use.written) continue;
      target = relation(sql::writtenName(text_, use.table.position, dialect()).text);
      break;
    }
    const bool stored = target && (target->kind == 'r' || target->kind == 'p');
    if (!stored || !count()) estimate();
    if (!target) return;
    const bool deletes = statement_.kind == StatementKind::remove;
    const bool updates = statement_.kind == StatementKind::update;
    if (deletes || updates) rowEffects(target->oid, deletes ? "8" : "16");
    if (statement_.kind == StatementKind::insert) rowEffects(target->oid, "4");
    if (target->kind == 'r')
      guard::offerPieces(impact_, text_, statement_, dialect(),
                         [](const std::string& table, const std::string& where) {
                           return "DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(SELECT ctid " +
                                  "FROM " + table + where + " LIMIT 1000))";
                         });
  }

  bool count() {
    const auto query = guard::countQuery(text_, statement_, dialect());
    if (!query) return false;
    const auto rows = probe_.askText(*query, Probe::countLimit);
    if (!rows || rows->count() != 1) return false;
    guard::addCounted(impact_, statement_, numberOf(rows->view(0, 0)));
    return true;
  }

  void estimate() {
    const auto rows =
        probe_.askText("EXPLAIN (FORMAT JSON, COSTS) " + std::string(text_), Probe::budget);
    if (!rows) return impact_.addUnknown("How many rows it concerns", rows.error());
    std::string json;
    for (int row = 0; row < rows->count(); ++row) json += rows->view(row, 0);
    const auto plan = readPlan(json, {});
    const auto expected = plan ? expectedRows(plan->root) : std::nullopt;
    if (expected) impact_.affected = guard::Affected{.count = static_cast<std::int64_t>(*expected)};
  }

  void rowEffects(const std::string& oid, const char* event) {
    const auto rows = probe_.ask("preflight_row_effects", {oid, event});
    if (!rows) return impact_.addUnknown("What hangs on its rows", rows.error());
    for (int row = 0; row < rows->count(); ++row)
      if (const auto effect = effectOf(rows->view(row, 0), rows->view(row, 1), event))
        impact_.addDependant(*effect, rows->view(row, 0), rows->text(row, 2));
  }

  /// What a foreign key, trigger or partition does; `action` is pg_constraint.confdeltype.
  std::optional<Effect> effectOf(std::string_view what, std::string_view action,
                                 std::string_view event) const {
    const bool cascades = statement_.definition && statement_.definition->cascade;
    if (what == "trigger") return Effect::fires;
    if (what == "partition") return Effect::losesMembers;
    if (event == "32") return cascades ? Effect::losesRows : Effect::refuses;
    if (action == "c") return event == "8" ? Effect::losesRows : Effect::changesRows;
    if (action == "n" || action == "d") return Effect::changesRows;
    // NO ACTION of an UPDATE concerns only changed keys.
    if (event == "16") return std::nullopt;
    return Effect::refuses;
  }

  void truncate() {
    for (const sql::WrittenName& name : written_.objects) {
      const auto found = relation(name.text);
      if (!found) continue;
      lock("truncate", {}, found->name);
      rowEffects(found->oid, "32");
    }
  }

  void drop() {
    const std::string& type = statement_.definition->objectType;
    for (const sql::WrittenName& name : written_.objects) {
      const auto found = relation(name.text);
      std::string lockedTable = found ? found->name : "";
      if (found && !found->indexed.empty()) lockedTable = found->indexed;
      if (type == "trigger") lockedTable = written_.table.value;
      const std::string operation = "drop_" + type;
      if (!lockedTable.empty())
        lock(operation, statement_.definition->concurrently ? "concurrently" : "", lockedTable);
      dependants(type, name.text + routineArguments(), {});
    }
    if (type == "index" && !statement_.definition->concurrently && !statement_.definition->cascade)
      impact_.alternatives.push_back(
          {.title = "Drop the index without blocking reads and writes",
           .command = guard::withWordBehind(text_, "INDEX", "CONCURRENTLY", dialect()),
           .shell = false});
    if (type == "table" && written_.objects.size() == 1)
      impact_.alternatives.push_back(
          guard::renameFirst("ALTER TABLE " + written_.objects[0].text + " RENAME TO " +
                             quoteName(written_.objects[0].value + "_dropped")));
  }

  std::string routineArguments() const { return std::string(written_.arguments.of(text_)); }

  void dependants(const std::string& type, const std::string& name, const std::string& column) {
    addDependants(probe_, {type, name, column}, statement_.definition->cascade, impact_);
  }

  void create() {
    const std::string& type = statement_.definition->objectType;
    if (type != "index" && type != "trigger") return;
    const auto found = relation(written_.table.text);
    if (!found) return;
    const bool online = statement_.definition->concurrently;
    lock("create_" + type, online ? "concurrently" : "", found->name);
    if (type == "index" && !online && found->kind != 'p')
      impact_.alternatives.push_back(
          {.title = "Build the index without blocking writes",
           .command = guard::withWordBehind(text_, "INDEX", "CONCURRENTLY", dialect()),
           .shell = false});
  }

  void alter() {
    const std::string& type = statement_.definition->objectType;
    if (type != "table" || written_.objects.size() != 1) return;
    const auto found = relation(written_.objects[0].text);
    if (!found) return;
    AlterImpact(probe_, text_, written_, version_)
        .add(*found, statement_.definition->cascade, impact_);
  }

  void maintain() {
    const std::string& verb = statement_.verb;
    if (verb != "vacuum" && verb != "cluster" && verb != "reindex" && verb != "refresh") return;
    const bool concurrently = hasWord(text_, "CONCURRENTLY");
    const bool full = verb == "vacuum" && hasWord(text_, "FULL");
    const std::string variant = concurrently ? "concurrently" : full ? "full" : "";
    for (const std::string& name : maintained()) {
      const auto found = relation(name);
      if (!found) continue;
      lock(verb, variant, found->indexed.empty() ? found->name : found->indexed);
    }
    if (verb == "reindex" && !concurrently && statement_.definition)
      offerConcurrently("Rebuild without blocking writes", statement_.definition->objectType);
    if (verb == "refresh" && !concurrently)
      offerConcurrently("Refresh without blocking reads; it needs a unique index", "view");
    if (full) impact_.alternatives.push_back(plainVacuum());
  }

  std::vector<std::string> maintained() const {
    std::vector<std::string> names;
    // CLUSTER [(…)] [VERBOSE] table
    if (statement_.verb == "cluster")
      return {sql::nameBehind(text_, {"CLUSTER", "VERBOSE"}, dialect()).text};
    for (const sql::WrittenName& name : written_.objects) names.push_back(name.text);
    for (const sql::TableUse& use : statement_.tables) {
      const std::string name = sql::writtenName(text_, use.table.position, dialect()).text;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return names;
  }

  void offerConcurrently(std::string title, const std::string& word) {
    impact_.alternatives.push_back(
        {.title = std::move(title),
         .command = guard::withWordBehind(text_, sql::upperCase(word), "CONCURRENTLY", dialect()),
         .shell = false});
  }

  protocol::ConfirmAlternative plainVacuum() const {
    std::string command = "VACUUM (ANALYZE)";
    for (const std::string& name : maintained()) command += " " + name;
    return {
        .title = "Make the space usable again without locking", .command = command, .shell = false};
  }

  Probe& probe_;
  const sql::Statement& statement_;
  std::string_view text_;
  std::int64_t version_;
  sql::WrittenDefinition written_;
  guard::Impact impact_;
};

}  // namespace

Result<guard::Impact> PostgresPreflight::impact(const sql::Statement& statement,
                                                std::string_view text, const CancelToken& cancel) {
  auto probe = Probe::open(session_, cancel);
  if (!probe && (cancel.cancelled() || !session_.alive())) return probe.error();
  if (!probe) {
    guard::Impact impact{.irreversible = irreversible(statement, text)};
    impact.addUnknown("What it does", probe.error());
    return impact;
  }
  auto impact = Foresight(**probe, statement, text, version_).look();
  if (cancel.cancelled()) return cancel.error();
  if (!session_.alive())
    return Error{.code = ErrorCode::connectionLost, .message = "the connection was lost"};
  return impact;
}

Result<std::optional<protocol::Undo>> PostgresPreflight::failed(const Error& error,
                                                                const CancelToken& cancel) const {
  // Whatever else went wrong: there is no way back, which is no reason not to go on.
  if (cancel.cancelled() || !session_.alive()) return error;
  return std::optional<protocol::Undo>();
}

Result<std::optional<protocol::Undo>> PostgresPreflight::inverse(const sql::Statement& statement,
                                                                 std::string_view text,
                                                                 const CancelToken& cancel) {
  const auto probe = Probe::open(session_, cancel);
  if (!probe) return failed(probe.error(), cancel);
  auto undo = Inverse(**probe, statement, text).find();
  if (!undo) return failed(undo.error(), cancel);
  return undo;
}

}  // namespace mydba::postgres
