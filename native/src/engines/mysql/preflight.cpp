#include "engines/mysql/preflight.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/embedded.h"
#include "base/time_limit.h"
#include "engines/mysql/explainer.h"
#include "engines/mysql/inverse.h"
#include "engines/mysql/statement.h"
#include "guard/count_query.h"
#include "guard/knowledge.h"
#include "guard/locks.h"
#include "guard/online_ways.h"

namespace mydba::mysql {
namespace {

using Effect = guard::Dependants::Effect;
using sql::StatementKind;

constexpr std::chrono::milliseconds budget{1000};
constexpr std::chrono::milliseconds countLimit{250};

std::optional<std::int64_t> number(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

/// Rows that the plan expects, of the first step that says so.
std::optional<double> expectedRows(const protocol::PlanNode& root) {
  const protocol::PlanNode* node = &root;
  while (!node->estimatedRows && !node->children.empty()) node = &node->children[0];
  return node->estimatedRows;
}

struct Table {
  std::string database;
  std::string name;
  std::string engine;
  bool view = false;
  bool compressed = false;
  bool fulltext = false;
  bool transactional() const { return view || engine == "InnoDB"; }
};

/// Finds out what one statement does.
class Foresight {
 public:
  Foresight(Session& session, const sql::Dialect& dialect, const sql::Statement& statement,
            std::string_view text, const CancelToken& cancel)
      : session_(session),
        dialect_(dialect),
        statement_(statement),
        text_(text),
        cancel_(cancel),
        written_(sql::readWrittenDefinition(text, statement, dialect)) {}

  guard::Impact look() {
    switch (statement_.kind) {
      case StatementKind::insert:
      case StatementKind::replace:
      case StatementKind::update:
      case StatementKind::remove: changeRows(); break;
      case StatementKind::truncate:
      case StatementKind::drop: remove(); break;
      case StatementKind::create: create(); break;
      case StatementKind::alter: alter(); break;
      default: maintain(); break;
    }
    if (commitsByItself())
      impact_.irreversible = session_.server().flavour + " commits such statements by itself";
    return std::move(impact_);
  }

 private:
  bool commitsByItself() const {
    const auto& definition = statement_.definition;
    if (definition) return !(definition->temporary && definition->objectType == "table");
    return statement_.kind == StatementKind::grant || statement_.kind == StatementKind::revoke ||
           statement_.kind == StatementKind::analyze;
  }

  Result<Rows> ask(std::string_view file, std::initializer_list<std::string_view> values) {
    return session_.query(embeddedSql("mysql", file), values, cancel_);
  }

  std::string databaseOf(const sql::ObjectName& name) {
    if (!name.schema.empty()) return name.schema;
    if (!current_) {
      const auto database = session_.database(cancel_);
      current_ = database ? *database : "";
    }
    return *current_;
  }

  /// Adds the size of a table; nothing when it is not there.
  std::optional<Table> table(const sql::ObjectName& name) {
    Table found{.database = databaseOf(name), .name = name.name, .engine = ""};
    const auto rows = ask("preflight_table", {found.database, name.name});
    if (!rows) {
      impact_.addUnknown("The size of " + name.name, rows.error());
      return std::nullopt;
    }
    if (rows->empty()) return std::nullopt;
    const Row& row = rows->front();
    found.view = row[0].value_or("").find("VIEW") != std::string::npos;
    found.engine = row[1].value_or("");
    found.compressed = row[4].value_or("") == "Compressed";
    found.fulltext = number(row[5]).value_or(0) > 0;
    if (!found.view)
      impact_.tables.push_back(
          {.name = name.name, .rows = number(row[2]), .bytes = number(row[3])});
    return found;
  }

  void changeRows() {
    std::optional<Table> target;
    for (const sql::TableUse& use : statement_.tables) {
      if (!use.written) continue;
      target = table(use.table);
      break;
    }
    if (!target || target->view || !count()) estimate();
    if (!target) return;
    if (!target->transactional())
      impact_.irreversible = "tables of " + target->engine + " have no transactions";
    if (statement_.kind == StatementKind::remove) rowEffects(*target, "DELETE", 2);
    if (statement_.kind == StatementKind::update) rowEffects(*target, "UPDATE", 3);
    if (statement_.kind == StatementKind::insert) triggers(*target, "INSERT");
    guard::offerPieces(impact_, text_, statement_, dialect_,
                       [](const std::string& table, const std::string& where) {
                         return "DELETE FROM " + table + where + " LIMIT 1000";
                       });
  }

  bool count() {
    const auto query = guard::countQuery(text_, statement_, dialect_);
    if (!query) return false;
    const bool nested = session_.inTransaction();
    if (!nested && !session_.query("START TRANSACTION READ ONLY", cancel_)) return false;
    const auto rows = [&] {
      const TimeLimit limit(cancel_, countLimit);
      return session_.query(*query, limit.token());
    }();
    if (!nested && session_.alive()) (void)session_.query("ROLLBACK", CancelToken{});
    if (!rows || rows->empty()) return false;
    guard::addCounted(impact_, statement_, number(rows->front()[0]).value_or(0));
    return true;
  }

  /// Planning may run stored functions, so it is left out where one is called.
  void estimate() {
    const auto& knowledge = guard::Knowledge::of(dialect_);
    for (const sql::FunctionUse& use : statement_.functions) {
      const auto* effect = knowledge.find("function", use.function.name);
      if (effect && effect->id == "read") continue;
      impact_.unavailable.push_back("How many rows it concerns is not known: planning could run " +
                                    use.function.name + ".");
      return;
    }
    const auto plan = planOf(session_, text_, cancel_);
    if (!plan) return impact_.addUnknown("How many rows it concerns", plan.error());
    if (const auto rows = expectedRows(plan->root))
      impact_.affected = guard::Affected{.count = static_cast<std::int64_t>(*rows)};
  }

  /// `rule` is the column of preflight_references.sql that says what becomes of referring rows.
  void rowEffects(const Table& target, std::string_view event, std::size_t rule) {
    const auto rows = ask("preflight_references", {target.database, target.name});
    if (!rows) return impact_.addUnknown("What refers to its rows", rows.error());
    const bool deletes = event == "DELETE";
    for (const Row& row : *rows) {
      const std::string action = row[rule].value_or("");
      if (action == "CASCADE")
        addDependant(deletes ? Effect::losesRows : Effect::changesRows, "foreign key", row);
      else if (action == "SET NULL" || action == "SET DEFAULT")
        addDependant(Effect::changesRows, "foreign key", row);
      else if (deletes)
        addDependant(Effect::refuses, "foreign key", row);
    }
    triggers(target, event);
  }

  void triggers(const Table& target, std::string_view event) {
    const auto rows = ask("triggers", {target.database, target.name});
    if (!rows) return impact_.addUnknown("Which triggers run", rows.error());
    for (const Row& row : *rows)
      if (row[2] == event) addDependant(Effect::fires, "trigger", {row[0]});
  }

  void addDependant(Effect effect, std::string_view what, const Row& row) {
    std::string name = row[0].value_or("");
    if (row.size() > 1) name += " of " + row[1].value_or("");
    impact_.addDependant(effect, what, std::move(name));
  }

  /// DROP TABLE, VIEW, INDEX, TRIGGER; TRUNCATE.
  void remove() {
    const std::string& type = statement_.definition->objectType;
    if (type == "index" || type == "trigger") return indexOrTrigger("drop_" + type);
    if (type != "table" && type != "view") return;
    const bool truncates = statement_.kind == StatementKind::truncate;
    for (const sql::ObjectName& name : statement_.definition->objects) {
      const auto found = table(name);
      if (!found) continue;
      if (!found->view) lock(truncates ? "truncate" : "drop_table", "", *found);
      const auto references = ask("preflight_references", {found->database, found->name});
      if (references)
        for (const Row& row : *references) addDependant(Effect::refuses, "foreign key", row);
      if (!truncates) brokenViews(*found);
    }
    if (type == "table" && !truncates && written_.objects.size() == 1) offerRename();
  }

  void brokenViews(const Table& found) {
    const bool mariadb = session_.flavour().typesAreSlow;
    const auto rows = ask(mariadb ? "preflight_views_mariadb" : "preflight_views_mysql",
                          {found.database, found.name});
    if (!rows) return impact_.addUnknown("Which views read " + found.name, rows.error());
    for (const Row& row : *rows) addDependant(Effect::breaks, "view", row);
  }

  void offerRename() {
    const sql::WrittenName& name = written_.objects[0];
    impact_.alternatives.push_back(guard::renameFirst("RENAME TABLE " + name.text + " TO " +
                                                      name.qualifier +
                                                      quoteName(name.value + "_dropped")));
  }

  void create() {
    const std::string& type = statement_.definition->objectType;
    if (type == "trigger") return indexOrTrigger("create_trigger");
    if (type != "index") return;
    const bool special = written_.indexType == "fulltext" || written_.indexType == "spatial";
    indexOrTrigger(special           ? "add_" + written_.indexType
                   : written_.unique ? "add_unique"
                                     : "add_index");
  }

  void indexOrTrigger(const std::string& operation) {
    for (const sql::TableUse& use : statement_.tables) {
      if (!use.written) continue;
      const auto found = table(use.table);
      if (!found) continue;
      const auto* fact = lock(operation, "", *found);
      if (!fact || fact->mode == "EXCLUSIVE") return;
      // The clauses stand behind CREATE INDEX without a comma; MariaDB's DROP INDEX has none.
      if (operation == "drop_index")
        offerStrict(
            *fact,
            "ALTER TABLE " + written_.table.text + " DROP INDEX " + written_.objects[0].text + ",",
            ",");
      else
        offerStrict(*fact, std::string(text_), "");
      return;
    }
  }

  const guard::LockFact* lock(std::string_view operation, std::string_view variant,
                              const Table& found) {
    const auto version = session_.server().versionNumber;
    const auto* fact = guard::LockFacts::of(dialect_).find(operation, variant, version);
    if (!fact) return nullptr;
    impact_.locks.push_back(fact->lockOf(found.name));
    if (fact->work) impact_.work.push_back({.table = found.name, .kind = *fact->work});
    return fact;
  }

  static std::string variantOf(const sql::Alteration& action, const Table& found) {
    const bool adds = action.operation == "add_column";
    if (adds && action.stored) return "stored";
    if (adds && action.generated && action.unique) return "counter";
    if (adds && action.unique) return "unique";
    if ((adds || action.operation == "drop_column") && (found.compressed || found.fulltext))
      return "unsuited";
    return adds && action.positioned ? "positioned" : "";
  }

  void alter() {
    if (statement_.definition->objectType != "table" || written_.objects.size() != 1) return;
    const auto found = table(statement_.definition->objects[0]);
    if (!found || found->view) return;
    if (!found->transactional()) {
      impact_.locks.push_back({.table = found->name, .mode = "COPY", .blocksWrites = true});
      impact_.work.push_back({.table = found->name, .kind = guard::TableWork::Kind::rewrite});
      return;
    }
    const guard::LockFact* worst = worstOf(*found);
    if (!worst) return;
    impact_.locks.push_back(worst->lockOf(found->name));
    if (worst->work) impact_.work.push_back({.table = found->name, .kind = *worst->work});
    for (const sql::Alteration& action : written_.actions)
      if (action.operation == "drop_column") brokenViews(*found);
    const bool chosen = std::any_of(
        written_.actions.begin(), written_.actions.end(), [](const sql::Alteration& action) {
          return action.operation == "algorithm" || action.operation == "lock";
        });
    if (!chosen) offerStrict(*worst, std::string(text_) + ",", ",");
    if (worst->work) offerTools(*found);
  }

  /// What all the actions together do: the one that costs most decides.
  const guard::LockFact* worstOf(const Table& found) {
    const auto& facts = guard::LockFacts::of(dialect_);
    const auto version = session_.server().versionNumber;
    const guard::LockFact* worst = nullptr;
    const auto cost = [](const guard::LockFact& fact) {
      const int work = fact.work ? 1 + static_cast<int>(*fact.work) : 0;
      return (fact.brief ? 0 : 100) + 10 * work + (fact.mode == "COPY" ? 1 : 0);
    };
    for (const sql::Alteration& action : written_.actions) {
      const auto* fact = facts.find(action.operation, variantOf(action, found), version);
      if (fact && (!worst || cost(*fact) > cost(*worst))) worst = fact;
    }
    return worst;
  }

  /// The same, but an error where the server would do it in a costlier way. `command` takes the
  /// clauses, with `comma` between them.
  void offerStrict(const guard::LockFact& fact, std::string command, std::string_view comma) {
    if (fact.mode == "COPY" || !fact.brief) return;
    command += " ALGORITHM=" + std::string(fact.mode);
    if (fact.mode != "INSTANT") command += std::string(comma) + " LOCK=NONE";
    impact_.alternatives.push_back(
        {.title = "Fail rather than block writes", .command = std::move(command), .shell = false});
  }

  void offerTools(const Table& found) {
    const Target& target = session_.interruptible().target;
    const std::size_t first = written_.actions.front().range.start;
    const std::size_t last = written_.actions.back().range.end;
    for (auto& way : guard::schemaChangeTools({.host = target.host,
                     .port = target.port,
                     .socket = target.socket,
                     .user = target.user,
                     .database = found.database},
                                              found.name, text_.substr(first, last - first)))
      impact_.alternatives.push_back(std::move(way));
  }

  void maintain() {
    if (statement_.verb != "optimize") return;
    for (const sql::ObjectName& name : statement_.definition->objects)
      if (const auto found = table(name)) lock("optimize", "", *found);
  }

  Session& session_;
  const sql::Dialect& dialect_;
  const sql::Statement& statement_;
  std::string_view text_;
  const CancelToken& cancel_;
  sql::WrittenDefinition written_;
  std::optional<std::string> current_;
  guard::Impact impact_;
};

class MysqlPreflight final : public Preflight {
 public:
  explicit MysqlPreflight(Session& session)
      : session_(session), dialect_(*sql::findDialect(session.flavour().id)) {}

  Result<guard::Impact> impact(const sql::Statement& statement, std::string_view text,
                               const CancelToken& cancel) override {
    auto impact = [&] {
      const TimeLimit limit(cancel, budget);
      const CancelToken token = limit.token();
      return Foresight(session_, dialect_, statement, text, token).look();
    }();
    if (cancel.cancelled()) return cancel.error();
    if (!session_.alive()) return session_.lost();
    return impact;
  }

  Result<std::optional<protocol::Undo>> inverse(const sql::Statement& statement,
                                                std::string_view text,
                                                const CancelToken& cancel) override {
    auto undo = [&] {
      const TimeLimit limit(cancel, budget);
      const CancelToken token = limit.token();
      return Inverse(session_, dialect_, statement, text, token).find();
    }();
    if (cancel.cancelled()) return cancel.error();
    if (!session_.alive()) return session_.lost();
    // Whatever else went wrong: there is no way back, which is no reason not to go on.
    return undo ? std::move(undo) : std::optional<protocol::Undo>();
  }

 private:
  Session& session_;
  const sql::Dialect& dialect_;
};

}  // namespace

std::unique_ptr<Preflight> makePreflight(Session& session) {
  return std::make_unique<MysqlPreflight>(session);
}

}  // namespace mydba::mysql
