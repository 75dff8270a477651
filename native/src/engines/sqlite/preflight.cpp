#include "engines/sqlite/preflight.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/time_limit.h"
#include "engines/sqlite/inverse.h"
#include "engines/sqlite/query.h"
#include "engines/sqlite/read_only.h"
#include "guard/count_query.h"
#include "guard/locks.h"
#include "guard/online_ways.h"
#include "guard/wording.h"
#include "sql/keyword.h"
#include "sql/token_list.h"

namespace mydba::sqlite {
namespace {

using Effect = guard::Dependants::Effect;
using sql::StatementKind;

constexpr std::chrono::milliseconds budget{1000};
constexpr std::chrono::milliseconds countLimit{250};

const sql::Dialect& dialect() { return *sql::findDialect("sqlite"); }

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// The event of a trigger, in upper case: the first of these words in its statement.
std::string_view eventOf(std::string_view trigger) {
  const sql::TokenList tokens(trigger, dialect());
  for (std::size_t at = 0; at < tokens.size(); ++at)
    for (const std::string_view event : {"DELETE", "INSERT", "UPDATE"})
      if (tokens.isWord(at, event)) return event;
  return {};
}

/// Finds out what one statement does.
class Foresight {
 public:
  Foresight(Session& session, const sql::Statement& statement, std::string_view text,
            const CancelToken& cancel)
      : session_(session),
        statement_(statement),
        text_(text),
        cancel_(cancel),
        written_(sql::readWrittenDefinition(text, statement, dialect())) {}

  guard::Impact look() {
    switch (statement_.kind) {
      case StatementKind::insert:
      case StatementKind::replace:
      case StatementKind::update:
      case StatementKind::remove: changeRows(); break;
      case StatementKind::drop: drop(); break;
      case StatementKind::create: create(); break;
      case StatementKind::alter: alter(); break;
      case StatementKind::vacuum: vacuum(); break;
      case StatementKind::attach:
        impact_.irreversible = "SQLite does this only outside of a transaction";
        break;
      default:
        if (statement_.verb == "reindex") lock("reindex", "", {});
        break;
    }
    return std::move(impact_);
  }

 private:
  static std::string schemaOf(const sql::ObjectName& name) {
    return name.schema.empty() ? "main" : name.schema;
  }

  /// The one number that a query answers, within `countLimit`; nothing is written whatever it says.
  Result<std::int64_t> ask(const std::string& query) {
    const TimeLimit limit(cancel_, countLimit);
    const CancelToken token = limit.token();
    const Session::Guard guard(session_, token);
    const ReadOnlyScope scope(session_.handle());
    auto prepared = prepare(session_.handle(), query);
    if (!prepared) return prepared.error();
    const int code = sqlite3_step(prepared->get());
    if (code != SQLITE_ROW) return session_.failed(code, token);
    return number(columnText(prepared->get(), 0));
  }

  Result<std::vector<TextRow>> rows(std::string_view file, const std::string& schema,
                                    const std::vector<std::string>& values) {
    const Session::Guard guard(session_, cancel_);
    return readRows(session_, file, schema, values, cancel_);
  }

  void size(const sql::ObjectName& name) {
    guard::TableSize size{.name = name.name, .rowsExact = true};
    const auto counted =
        ask("SELECT count(*) FROM " + quoteName(schemaOf(name)) + "." + quoteName(name.name));
    if (!counted)
      return impact_.addUnknown("How many rows " + name.name + " holds", counted.error());
    size.rows = *counted;
    impact_.tables.push_back(std::move(size));
  }

  void changeRows() {
    const auto used = std::find_if(statement_.tables.begin(), statement_.tables.end(),
                                   [](const sql::TableUse& use) { return use.written; });
    if (used == statement_.tables.end()) return;
    const sql::ObjectName& target = used->table;
    if (statement_.kind == StatementKind::update || statement_.kind == StatementKind::remove) {
      size(target);
      count();
    }
    if (statement_.kind == StatementKind::remove) {
      references(target, 2);
      triggers(target, "DELETE");
      guard::offerPieces(impact_, text_, statement_, dialect(),
                         [](const std::string& table, const std::string& where) {
                           return "DELETE FROM " + table + " WHERE rowid IN (SELECT rowid FROM " +
                                  table + where + " LIMIT 1000)";
                         });
    } else if (statement_.kind == StatementKind::update) {
      references(target, 3);
      triggers(target, "UPDATE");
    } else {
      triggers(target, "INSERT");
    }
  }

  void count() {
    const auto query = guard::countQuery(text_, statement_, dialect());
    if (!query) {
      impact_.unavailable.push_back(
          "How many rows it concerns is not known: only a condition on one table is counted.");
      return;
    }
    const auto counted = ask(*query);
    if (!counted) return impact_.addUnknown("How many rows it concerns", counted.error());
    guard::addCounted(impact_, statement_, *counted);
  }

  /// `rule` is the column of preflight_references.sql that says what becomes of referring rows.
  void references(const sql::ObjectName& target, std::size_t rule) {
    const auto found =
        rows("preflight_references", schemaOf(target), {schemaOf(target), target.name});
    if (!found) return impact_.addUnknown("What refers to its rows", found.error());
    for (const TextRow& row : *found) {
      const std::string name = row[1] + " of " + row[0];
      if (row[rule] == "CASCADE")
        impact_.addDependant(rule == 2 ? Effect::losesRows : Effect::changesRows, "foreign key",
                             name);
      else if (row[rule] == "SET NULL" || row[rule] == "SET DEFAULT")
        impact_.addDependant(Effect::changesRows, "foreign key", name);
      else if (rule == 2)
        impact_.addDependant(Effect::refuses, "foreign key", name);
    }
  }

  void triggers(const sql::ObjectName& target, std::string_view event) {
    const auto found = rows("preflight_objects", schemaOf(target), {"trigger"});
    if (!found) return impact_.addUnknown("Which triggers run", found.error());
    for (const TextRow& row : *found)
      if (sql::lowerCase(row[1]) == sql::lowerCase(target.name) &&
          (event.empty() || eventOf(row[2]) == event))
        impact_.addDependant(event.empty() ? Effect::isDropped : Effect::fires, "trigger", row[0]);
  }

  void views(const sql::ObjectName& target) {
    const auto found = rows("preflight_objects", schemaOf(target), {"view"});
    if (!found) return impact_.addUnknown("Which views read it", found.error());
    for (const TextRow& row : *found) {
      const auto view = sql::readStatement(row[2], dialect());
      const bool reads =
          std::any_of(view.tables.begin(), view.tables.end(), [&](const sql::TableUse& use) {
            return !use.written && sql::lowerCase(use.table.name) == sql::lowerCase(target.name);
          });
      if (reads) impact_.addDependant(Effect::breaks, "view", row[0]);
    }
  }

  /// SQLite locks the file, whatever the table; `table` is whose rows are worked on.
  void lock(std::string_view operation, std::string_view variant, const std::string& table) {
    const auto* fact =
        guard::LockFacts::of(dialect()).find(operation, variant, session_.server().versionNumber);
    if (!fact) return;
    impact_.locks.push_back(fact->lockOf("The whole file"));
    if (fact->work && !table.empty()) impact_.work.push_back({.table = table, .kind = *fact->work});
  }

  void drop() {
    const std::string& type = statement_.definition->objectType;
    for (const sql::ObjectName& name : statement_.definition->objects) {
      lock("drop_" + type, "", name.name);
      if (type != "table" && type != "view") continue;
      if (type == "table") {
        size(name);
        references(name, 2);
      }
      triggers(name, {});
      views(name);
    }
    if (type != "table" || written_.objects.size() != 1) return;
    impact_.alternatives.push_back(
        guard::renameFirst("ALTER TABLE " + written_.objects[0].text + " RENAME TO " +
                           quoteName(written_.objects[0].value + "_dropped")));
  }

  void create() {
    if (statement_.definition->objectType == "index")
      lock("create_index", "", written_.table.value);
  }

  void alter() {
    for (const sql::Alteration& action : written_.actions) {
      const bool scans = action.check || (action.generated && action.notNull);
      lock(action.operation, scans ? "scan" : "", written_.objects[0].value);
      if (action.operation == "drop_column") views(statement_.definition->objects[0]);
    }
  }

  void vacuum() {
    impact_.irreversible = "SQLite runs VACUUM only outside of a transaction";
    lock("vacuum", "", {});
    const auto pages =
        ask("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    if (pages)
      impact_.notes.push_back("The file (" + guard::humanSize(*pages) +
                              ") is written anew, and needs up to twice that space meanwhile.");
  }

  Session& session_;
  const sql::Statement& statement_;
  std::string_view text_;
  const CancelToken& cancel_;
  sql::WrittenDefinition written_;
  guard::Impact impact_;
};

}  // namespace

Result<guard::Impact> SqlitePreflight::impact(const sql::Statement& statement,
                                              std::string_view text, const CancelToken& cancel) {
  auto impact = [&] {
    const TimeLimit limit(cancel, budget);
    const CancelToken token = limit.token();
    return Foresight(session_, statement, text, token).look();
  }();
  if (cancel.cancelled()) return cancel.error();
  return impact;
}

Result<std::optional<protocol::Undo>> SqlitePreflight::inverse(const sql::Statement& statement,
                                                               std::string_view text,
                                                               const CancelToken& cancel) {
  auto undo = [&] {
    const TimeLimit limit(cancel, budget);
    const CancelToken token = limit.token();
    const Session::Guard guard(session_, token);
    return inverseOf(session_, statement, text, token);
  }();
  if (cancel.cancelled()) return cancel.error();
  // Whatever else went wrong: there is no way back, which is no reason not to go on.
  return undo ? std::move(undo) : std::optional<protocol::Undo>();
}

}  // namespace mydba::sqlite
