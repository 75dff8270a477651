#include "engines/sqlite/inverse.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engines/sqlite/query.h"
#include "sql/alteration.h"
#include "sql/keyword.h"

namespace mydba::sqlite {
namespace {

using sql::StatementKind;
using Answer = Result<std::optional<protocol::Undo>>;

/// ALTER TABLE … DROP COLUMN (sqlite.org/changes.html).
constexpr std::int64_t firstWithDropColumn = 33500;

const sql::Dialect& dialect() { return *sql::findDialect("sqlite"); }

std::optional<protocol::Undo> undo(std::string title, std::string sql,
                                   std::optional<std::string> caution = {}) {
  return protocol::Undo{
      .title = std::move(title), .sql = std::move(sql), .caution = std::move(caution)};
}

class Inverse {
 public:
  Inverse(Session& session, const sql::Statement& statement, std::string_view text,
          const CancelToken& cancel)
      : session_(session),
        statement_(statement),
        cancel_(cancel),
        written_(sql::readWrittenDefinition(text, statement, dialect())) {}

  Answer find() {
    if (!statement_.complete) return Answer(std::nullopt);
    if (statement_.kind == StatementKind::pragma) return ofPragma();
    if (written_.objects.size() != 1) return Answer(std::nullopt);
    if (statement_.kind == StatementKind::alter) return ofAlter();
    const auto temporary = meansTemporary();
    if (!temporary) return temporary.error();
    if (*temporary) return Answer(std::nullopt);
    if (statement_.kind == StatementKind::create) return ofCreate();
    return statement_.kind == StatementKind::drop ? ofDrop() : Answer(std::nullopt);
  }

 private:
  /// True when the name says no file and the temporary one holds an object that is called so: it
  /// is the one that the name means afterwards, whatever the statement makes or drops.
  Result<bool> meansTemporary() {
    const sql::Definition& made = *statement_.definition;
    const sql::ObjectName& name = made.objects[0];
    if (!name.schema.empty()) return false;
    const auto found =
        readRows(session_, "inverse_object", "temp", {made.objectType, name.name}, cancel_);
    if (!found) return found.error();
    return !found->empty();
  }

  /// The statements that made an object of the main file, which is the only one that they name.
  Result<std::optional<std::string>> definition(const std::string& type) {
    const sql::ObjectName& name = statement_.definition->objects[0];
    if (!name.schema.empty() && sql::lowerCase(name.schema) != "main")
      return std::optional<std::string>();
    const auto stored = readRows(session_, "inverse_object", "main", {type, name.name}, cancel_);
    if (!stored) return stored.error();
    std::string text;
    for (const TextRow& row : *stored) text += (text.empty() ? "" : "\n") + row[0] + ";";
    return text.empty() ? std::nullopt : std::optional(std::move(text));
  }

  Answer ofCreate() {
    const auto& definition = *statement_.definition;
    const std::string& type = definition.objectType;
    static constexpr std::array known = {"table", "index", "view", "trigger"};
    if (std::find(known.begin(), known.end(), type) == known.end()) return Answer(std::nullopt);
    if (definition.ifNotExists) {
      const auto there = this->definition(type);
      if (!there) return there.error();
      if (*there || !definition.objects[0].schema.empty()) return Answer(std::nullopt);
    }
    std::optional<std::string> caution;
    if (type == "table") caution = "What was put into it since goes with it.";
    return undo("Drop the " + type,
                "DROP " + sql::upperCase(type) + " " + written_.objects[0].text + ";",
                std::move(caution));
  }

  Answer ofDrop() {
    const std::string& type = statement_.definition->objectType;
    if (type != "index" && type != "view" && type != "trigger") return Answer(std::nullopt);
    const auto before = definition(type);
    if (!before) return before.error();
    if (!*before) return Answer(std::nullopt);
    return undo("Create the " + type + " again", **before);
  }

  Answer ofAlter() {
    if (written_.actions.size() != 1) return Answer(std::nullopt);
    const sql::Alteration& action = written_.actions[0];
    const sql::WrittenName& table = written_.objects[0];
    const std::string title = "Alter the table back";
    if (action.operation == "rename_to")
      return undo(title, "ALTER TABLE " + table.qualifier + action.newName.text + " RENAME TO " +
                             table.text.substr(table.qualifier.size()) + ";");
    if (action.operation == "rename_column")
      return undo(title, "ALTER TABLE " + table.text + " RENAME COLUMN " + action.newName.text +
                             " TO " + action.name.text + ";");
    // A column that refers to another table cannot be dropped (sqlite.org/lang_altertable.html).
    const bool droppable = action.operation == "add_column" && !action.references &&
                           session_.server().versionNumber >= firstWithDropColumn;
    if (!droppable) return Answer(std::nullopt);
    return undo(title, "ALTER TABLE " + table.text + " DROP COLUMN " + action.name.text + ";",
                "What was written into the column since goes with it.");
  }

  Answer ofPragma() {
    // Those whose answer is the value that sets them (sqlite.org/pragma.html).
    static constexpr std::array known = {
        "application_id",     "busy_timeout",  "cache_size",  "foreign_keys", "journal_mode",
        "recursive_triggers", "secure_delete", "synchronous", "user_version", "wal_autocheckpoint"};
    const auto& pragma = *statement_.pragma;
    const bool sets = pragma.assigns || pragma.hasArgument;
    if (!sets || std::find(known.begin(), known.end(), pragma.name) == known.end())
      return Answer(std::nullopt);
    auto asked = prepare(session_.handle(), "PRAGMA " + pragma.name);
    if (!asked) return asked.error();
    if (sqlite3_step(asked->get()) != SQLITE_ROW) return Answer(std::nullopt);
    const std::string value(columnText(asked->get(), 0));
    return undo("Set " + pragma.name + " back", "PRAGMA " + pragma.name + " = " + value + ";");
  }

  Session& session_;
  const sql::Statement& statement_;
  const CancelToken& cancel_;
  sql::WrittenDefinition written_;
};

}  // namespace

Result<std::optional<protocol::Undo>> inverseOf(Session& session, const sql::Statement& statement,
                                                std::string_view text, const CancelToken& cancel) {
  return Inverse(session, statement, text, cancel).find();
}

}  // namespace mydba::sqlite
