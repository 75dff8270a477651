#include "engines/mysql/inverse.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engines/mysql/statement.h"
#include "sql/keyword.h"

namespace mydba::mysql {
namespace {

using sql::StatementKind;

std::optional<protocol::Undo> undo(std::string title, std::string sql,
                                   std::optional<std::string> caution = {}) {
  return protocol::Undo{
      .title = std::move(title), .sql = std::move(sql), .caution = std::move(caution)};
}

/// How SHOW CREATE names an object, and the column of its answer.
struct Shown {
  std::string_view type;
  std::size_t column;
};

const Shown* shownType(std::string_view type) {
  static constexpr std::array types = {Shown{"view", 1}, Shown{"procedure", 2},
                                       Shown{"function", 2}, Shown{"trigger", 2},
                                       Shown{"event", 3}};
  const auto found = std::find_if(types.begin(), types.end(),
                                  [&](const Shown& shown) { return shown.type == type; });
  return found == types.end() ? nullptr : &*found;
}

bool isDroppable(std::string_view type) {
  return shownType(type) || type == "table" || type == "index" || type == "database" ||
         type == "schema" || type == "user" || type == "role" || type == "sequence" ||
         type == "server";
}

/// Settings whose value may hold a secret or a program are not repeated.
bool maySecret(std::string_view name) {
  static constexpr std::array parts = {"password", "secret", "key", "init_connect", "credential"};
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return name.find(part) != name.npos; });
}

bool isPlainName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

Inverse::Inverse(Session& session, const sql::Dialect& dialect, const sql::Statement& statement,
                 std::string_view text, const CancelToken& cancel)
    : session_(session),
      dialect_(dialect),
      statement_(statement),
      text_(text),
      cancel_(cancel),
      written_(sql::readWrittenDefinition(text, statement, dialect)) {}

Inverse::Answer Inverse::find() {
  if (!statement_.complete || statement_.dependsOnMode) return Answer(std::nullopt);
  if (statement_.kind == StatementKind::set) return ofSettings();
  if (written_.objects.empty()) return Answer(std::nullopt);
  switch (statement_.kind) {
    case StatementKind::create: return ofCreate();
    case StatementKind::drop: return ofDrop();
    case StatementKind::alter: return ofAlter();
    case StatementKind::rename: return ofRename();
    default: return Answer(std::nullopt);
  }
}

Result<bool> Inverse::exists(const std::string& type, const std::string& name) {
  const std::string shown = type == "schema" ? "database" : type;
  const auto rows = session_.query("SHOW CREATE " + sql::upperCase(shown) + " " + name, cancel_);
  if (rows) return true;
  // No such database, table or view, routine, trigger, event (MySQL manual, "Server Error Message
  // Reference"). Any other error, such as a missing privilege, says nothing of what is there.
  static constexpr std::array missing = {"1049", "1146", "1305", "1360", "1539"};
  const std::string& code = rows.error().engineCode;
  if (std::find(missing.begin(), missing.end(), code) != missing.end()) return false;
  return rows.error();
}

Inverse::Answer Inverse::ofCreate() {
  const auto& definition = *statement_.definition;
  const std::string& type = definition.objectType;
  const std::string& name = written_.objects[0].text;
  const bool account = type == "user" || type == "role";
  if (!isDroppable(type) || account) return Answer(std::nullopt);
  const std::string drop = "DROP " + sql::upperCase(type) + " " + name;
  if (definition.orReplace || definition.ifNotExists) {
    if (type == "index" || type == "server" || type == "sequence") return Answer(std::nullopt);
    const auto there = exists(type, name);
    if (!there) return there.error();
    if (*there && (definition.ifNotExists || !shownType(type))) return Answer(std::nullopt);
    if (*there) {
      const auto before = this->definition(type, name);
      if (!before) return before.error();
      if (!*before) return Answer(std::nullopt);
      return undo("Bring the " + type + " back as it was", drop + ";\n" + **before + ";");
    }
  }
  if (type == "index") return undo("Drop the index", drop + " ON " + written_.table.text + ";");
  std::optional<std::string> caution;
  if (type == "table" || type == "database" || type == "schema")
    caution = "What was put into it since goes with it.";
  return undo("Drop the " + type, drop + ";", std::move(caution));
}

Inverse::Found Inverse::definition(const std::string& type, const std::string& name) {
  const Shown* shown = shownType(type);
  if (!shown) return Found(std::nullopt);
  const auto rows = session_.query("SHOW CREATE " + sql::upperCase(type) + " " + name, cancel_);
  if (!rows) return rows.error();
  if (rows->empty() || rows->front().size() <= shown->column) return Found(std::nullopt);
  return Found(rows->front()[shown->column]);
}

Inverse::Answer Inverse::ofDrop() {
  const std::string& type = statement_.definition->objectType;
  if (type == "index") {
    const auto found = member(written_.table.text, "KEY", written_.objects[0].value);
    if (!found) return found.error();
    if (!*found) return Answer(std::nullopt);
    return undo("Create the index again",
                "ALTER TABLE " + written_.table.text + " ADD " + **found + ";");
  }
  std::string sql;
  for (const sql::WrittenName& object : written_.objects) {
    const auto found = definition(type, object.text);
    if (!found) return found.error();
    if (!*found) return Answer(std::nullopt);
    sql += (sql.empty() ? "" : "\n") + **found + ";";
  }
  return undo("Create the " + type + " again", sql);
}

Inverse::Answer Inverse::ofRename() {
  // RENAME TABLE a TO b, c TO d; RENAME USER says nothing that its words do not.
  if (written_.objects.size() % 2 != 0) return Answer(std::nullopt);
  std::string sql;
  for (std::size_t i = written_.objects.size(); i >= 2; i -= 2)
    sql += (sql.empty() ? "" : ", ") + written_.objects[i - 1].text + " TO " +
           written_.objects[i - 2].text;
  if (statement_.definition->objectType != "table") return Answer(std::nullopt);
  return undo("Rename it back", "RENAME TABLE " + sql + ";");
}

Inverse::Answer Inverse::ofAlter() {
  if (statement_.definition->objectType != "table" || written_.objects.size() != 1)
    return Answer(std::nullopt);
  const sql::WrittenName& table = written_.objects[0];
  std::string name = table.text;
  std::string sql;
  std::optional<std::string> caution;
  for (auto action = written_.actions.rbegin(); action != written_.actions.rend(); ++action) {
    const std::string& operation = action->operation;
    if (operation == "algorithm" || operation == "lock") continue;
    if (operation == "rename_to") {
      const bool elsewhere = action->newName.qualifier.empty();
      name = (elsewhere ? table.qualifier : "") + action->newName.text;
    }
    const auto found = ofAction(*action);
    if (!found) return found.error();
    if (!*found) return Answer(std::nullopt);
    sql += (sql.empty() ? "" : ", ") + **found;
    if (operation == "add_column") caution = "What was written into the column since goes with it.";
    if (operation == "modify_column" || operation == "change_column")
      caution = "Values that the change has cut or converted do not come back.";
    if (operation == "add_foreign_key") caution = "An index that the server made for it stays.";
  }
  if (sql.empty()) return Answer(std::nullopt);
  return undo("Alter the table back", "ALTER TABLE " + name + " " + sql + ";", std::move(caution));
}

Inverse::Found Inverse::ofAction(const sql::Alteration& action) {
  const std::string& operation = action.operation;
  const std::string& name = action.name.text;
  if (operation == "rename_to") return Found("RENAME TO " + written_.objects[0].text);
  if (operation == "rename_column")
    return Found("RENAME COLUMN " + action.newName.text + " TO " + name);
  if (operation == "rename_index")
    return Found("RENAME INDEX " + action.newName.text + " TO " + name);
  if (operation == "add_primary_key") return Found("DROP PRIMARY KEY");
  if (name.empty() || action.ifExists) {
    if (operation == "drop_primary_key") return ofRemoved(action);
    return Found(std::nullopt);
  }
  if (operation == "add_column") return Found("DROP COLUMN " + name);
  if (operation == "add_index" || operation == "add_unique" || operation == "add_fulltext" ||
      operation == "add_spatial")
    return Found("DROP INDEX " + name);
  if (operation == "add_foreign_key") return Found("DROP FOREIGN KEY " + name);
  if (operation == "add_check") return Found("DROP CONSTRAINT " + name);
  if (operation.starts_with("drop_") && operation != "drop_default") return ofRemoved(action);
  return ofColumn(action);
}

Inverse::Found Inverse::ofRemoved(const sql::Alteration& action) {
  const std::string& table = written_.objects[0].text;
  Found found = std::optional<std::string>();
  if (action.operation == "drop_primary_key") found = member(table, "PRIMARY KEY", "");
  if (action.operation == "drop_index") found = member(table, "KEY", action.name.value);
  if (action.operation == "drop_foreign_key" || action.operation == "drop_constraint" ||
      action.operation == "drop_check")
    found = member(table, "CONSTRAINT", action.name.value);
  if (!found || !*found) return found;
  return Found("ADD " + **found);
}

Inverse::Found Inverse::ofColumn(const sql::Alteration& action) {
  const std::string& operation = action.operation;
  const bool known = operation == "set_default" || operation == "drop_default" ||
                     operation == "modify_column" || operation == "change_column";
  if (!known || action.positioned) return Found(std::nullopt);
  const auto column = member(written_.objects[0].text, "", action.name.value);
  if (!column || !*column) return column;
  if (operation == "change_column")
    return Found("CHANGE COLUMN " + action.newName.text + " " + **column);
  return Found("MODIFY COLUMN " + **column);
}

Inverse::Found Inverse::member(const std::string& table, std::string_view first,
                               const std::string& name) {
  const auto rows = session_.query("SHOW CREATE TABLE " + table, cancel_);
  if (!rows) return rows.error();
  if (rows->empty() || rows->front().size() < 2 || !rows->front()[1]) return Found(std::nullopt);
  const std::string& text = *rows->front()[1];
  for (const std::string_view member : sql::readMembers(text, dialect_)) {
    const auto words = tokens(member);
    std::size_t at = 0;
    if (first == "KEY") {
      // UNIQUE, FULLTEXT, SPATIAL and VECTOR stand before it.
      while (at < words.size() && words[at].kind == Token::Kind::word && !isWord(words[at], "KEY"))
        ++at;
      if (at >= words.size() || at > 1 || !isWord(words[at], "KEY")) continue;
      ++at;
    } else if (first == "PRIMARY KEY") {
      if (words.size() > 1 && isWord(words[0], "PRIMARY")) return Found(std::string(member));
      continue;
    } else if (first == "CONSTRAINT") {
      if (words.empty() || !isWord(words[0], "CONSTRAINT")) continue;
      at = 1;
    }
    if (at >= words.size() || words[at].kind != Token::Kind::quotedName) continue;
    // Names of columns and keys are compared without case.
    if (sql::lowerCase(unquoted(words[at])) == sql::lowerCase(name))
      return Found(std::string(member));
  }
  return Found(std::nullopt);
}

Inverse::Answer Inverse::ofSettings() {
  std::string sql;
  for (auto setting = statement_.settings.rbegin(); setting != statement_.settings.rend();
       ++setting) {
    const bool server =
        setting->scope == sql::SettingScope::global || setting->scope == sql::SettingScope::persist;
    if (!server || !isPlainName(setting->name) || maySecret(setting->name))
      return Answer(std::nullopt);
    const auto found = ofSetting(*setting);
    if (!found) return found.error();
    if (!*found) return Answer(std::nullopt);
    sql += (sql.empty() ? "" : "\n") + **found;
  }
  if (sql.empty()) return Answer(std::nullopt);
  return undo("Set it back", sql, "Sessions that began meanwhile keep the value they began with.");
}

Inverse::Found Inverse::ofSetting(const sql::Setting& setting) {
  const std::string& name = setting.name;
  const auto value = session_.query("SELECT @@GLOBAL." + name, cancel_);
  if (!value) return value.error();
  if (value->empty() || !value->front()[0]) return Found(std::nullopt);
  const std::string back = "SET GLOBAL " + name + " = " + literal(*value->front()[0]) + ";";
  if (setting.scope != sql::SettingScope::persist) return Found(back);
  const auto stored = session_.query(
      "SELECT VARIABLE_VALUE FROM performance_schema.persisted_variables WHERE VARIABLE_NAME = ?",
      {name}, cancel_);
  if (!stored) return stored.error();
  if (stored->empty()) return Found("RESET PERSIST IF EXISTS " + name + ";\n" + back);
  return Found("SET PERSIST " + name + " = " + literal(stored->front()[0].value_or("")) + ";");
}

}  // namespace mydba::mysql
