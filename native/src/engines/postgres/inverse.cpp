#include "engines/postgres/inverse.h"

#include <algorithm>
#include <array>

#include "sql/keyword.h"
#include "sql/token_list.h"

namespace mydba::postgres {
namespace {

using sql::StatementKind;

const sql::Dialect& dialect() { return *sql::findDialect("postgres"); }

std::optional<protocol::Undo> undo(std::string title, std::string sql,
                                   std::optional<std::string> caution = {}) {
  return protocol::Undo{
      .title = std::move(title), .sql = std::move(sql), .caution = std::move(caution)};
}

/// Objects that DROP names like CREATE does.
bool isDroppable(std::string_view type) {
  static constexpr std::array types = {
      "table",    "view",      "materialized view", "index",  "sequence",  "type",
      "domain",   "schema",    "extension",         "role",   "user",      "database",
      "function", "procedure", "trigger",           "policy", "collation", "publication"};
  return std::find(types.begin(), types.end(), type) != types.end();
}

bool isRoutine(std::string_view type) { return type == "function" || type == "procedure"; }
bool standsOnTable(std::string_view type) { return type == "trigger" || type == "policy"; }

/// The file of sql/ that defines such an object; empty when there is none.
std::string_view fileOf(std::string_view type) {
  if (type == "index") return "define_index";
  if (type == "view" || type == "materialized view") return "define_view";
  if (isRoutine(type)) return "define_function";
  if (type == "sequence") return "define_sequence";
  return type == "type" || type == "domain" ? "define_type" : "";
}

/// The statements of all rows; nothing when there are none.
std::optional<std::string> joined(const Rows& rows) {
  std::string sql;
  for (int row = 0; row < rows.count(); ++row) sql += (row ? "\n" : "") + rows.text(row, 0);
  return sql.empty() ? std::nullopt : std::optional(std::move(sql));
}

/// Settings whose value may hold a secret are not repeated.
bool maySecret(std::string_view name) {
  static constexpr std::array parts = {"conninfo", "passphrase", "password",
                                       "command",  "secret",     "key"};
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return name.find(part) != name.npos; });
}

bool isPlainName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

std::string literal(std::string_view text) {
  std::string quotedText = text.find('\\') == text.npos ? "'" : " E'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quotedText += c;
    quotedText += c;
  }
  return quotedText + "'";
}

}  // namespace

Inverse::Inverse(Probe& probe, const sql::Statement& statement, std::string_view text)
    : probe_(probe),
      statement_(statement),
      text_(text),
      written_(sql::readWrittenDefinition(text, statement, dialect())) {}

Inverse::Answer Inverse::find() {
  const bool defines = statement_.definition.has_value() && statement_.complete;
  if (defines && statement_.definition->objectType == "system") return ofAlterSystem();
  if (!defines || written_.objects.empty()) return Answer(std::nullopt);
  switch (statement_.kind) {
    case StatementKind::create: return ofCreate();
    case StatementKind::drop: return ofDrop();
    case StatementKind::alter: return ofAlter();
    default: return Answer(std::nullopt);
  }
}

std::string Inverse::alter() const {
  return "ALTER " + sql::upperCase(statement_.definition->objectType) + " ";
}

Inverse::Answer Inverse::ofCreate() {
  const auto& definition = *statement_.definition;
  const std::string& type = definition.objectType;
  const sql::WrittenName& name = written_.objects[0];
  if (!isDroppable(type)) return Answer(std::nullopt);
  if (definition.orReplace || definition.ifNotExists) {
    auto replaced = ofReplaced();
    if (!replaced || *replaced) return replaced;
    if (definition.ifNotExists) {
      const auto there = probe_.ask("inverse_name", {type, name.text});
      if (!there) return there.error();
      if (there->count() > 0 || fileOf(type).empty()) return Answer(std::nullopt);
    }
  }
  std::string sql = "DROP " + sql::upperCase(type) + " ";
  if (type == "index" && definition.concurrently) sql += "CONCURRENTLY ";
  if (type == "index") sql += written_.table.qualifier;
  const auto called = isRoutine(type) ? signature(name) : Found(name.text);
  if (!called) return called.error();
  if (!*called) return Answer(std::nullopt);
  sql += **called;
  if (standsOnTable(type)) sql += " ON " + written_.table.text;
  std::optional<std::string> caution;
  if (type == "table" || type == "schema" || type == "database")
    caution = "What was put into it since goes with it.";
  return undo("Drop the " + type, sql + ";", std::move(caution));
}

Inverse::Found Inverse::signature(const sql::WrittenName& name) {
  std::string types;
  for (const std::string_view argument :
       sql::readMembers(written_.arguments.of(text_), dialect())) {
    const auto type = typeOf(argument);
    if (!type) return type.error();
    if (!*type) return Found(std::nullopt);
    if (**type == "OUT") continue;
    types += (types.empty() ? "" : ", ") + **type;
  }
  return Found(name.text + "(" + types + ")");
}

/// `OUT` for an argument that is only given back. Whether its first word is a name or part of the
/// type (`double precision`), only the server knows.
Inverse::Found Inverse::typeOf(std::string_view argument) {
  const sql::TokenList tokens(argument, dialect());
  std::size_t first = 0;
  if (tokens.isWord(0, "OUT")) return Found("OUT");
  if (tokens.isWord(0, "IN") || tokens.isWord(0, "INOUT") || tokens.isWord(0, "VARIADIC")) ++first;
  std::size_t end = first;
  while (end < tokens.size() && !tokens.isWord(end, "DEFAULT") && !tokens.isSymbol(end, '=') &&
         !tokens.isSymbol(end, ':'))
    ++end;
  for (std::size_t begin = first; begin < std::min(first + 2, end); ++begin) {
    const std::string text(
        argument.substr(tokens[begin].start, tokens[end - 1].end - tokens[begin].start));
    const auto type = probe_.ask("inverse_type", {text});
    if (type && type->count() > 0 && !type->isNull(0, 0)) return Found(type->text(0, 0));
  }
  return Found(std::nullopt);
}

Inverse::Answer Inverse::ofReplaced() {
  const std::string& type = statement_.definition->objectType;
  const bool trigger = type == "trigger";
  if (!statement_.definition->orReplace || (!trigger && fileOf(type).empty()))
    return Answer(std::nullopt);
  sql::WrittenName name = written_.objects[0];
  if (isRoutine(type)) {
    auto called = signature(name);
    if (!called || !*called) return called ? Answer(std::nullopt) : called.error();
    name.text = std::move(**called);
  }
  const auto before =
      trigger ? member("define_trigger", written_.table.text, name.text) : definition(type, name);
  if (!before) return before.error();
  if (!*before) return Answer(std::nullopt);
  // A view cannot be replaced by one with fewer columns.
  std::string drop = isRoutine(type) ? "" : "DROP " + sql::upperCase(type) + " " + name.text;
  if (trigger) drop += " ON " + written_.table.text;
  if (!drop.empty()) drop += ";\n";
  return undo("Bring the " + type + " back as it was", drop + **before);
}

Inverse::Answer Inverse::ofDrop() {
  const auto& type = statement_.definition->objectType;
  std::string sql;
  for (const sql::WrittenName& object : written_.objects) {
    Found found = std::optional<std::string>();
    if (type == "trigger") {
      found = member("define_trigger", written_.table.text, object.text);
    } else {
      sql::WrittenName name = object;
      if (isRoutine(type) && !written_.arguments.empty()) {
        if (written_.objects.size() > 1) return Answer(std::nullopt);
        auto called = signature(name);
        if (!called || !*called) return called ? Answer(std::nullopt) : called.error();
        name.text = std::move(**called);
      }
      found = definition(type, name);
    }
    if (!found) return found.error();
    if (!*found) return Answer(std::nullopt);
    sql += (sql.empty() ? "" : "\n") + **found;
  }
  std::optional<std::string> caution;
  if (statement_.definition->cascade)
    caution = "What CASCADE has dropped besides does not come back.";
  if (type == "materialized view") caution = "It is filled with what its query finds then.";
  const bool several = written_.objects.size() > 1;
  return undo("Create the " + type + (several ? " and the others" : "") + " again", sql,
              std::move(caution));
}

Inverse::Found Inverse::definition(const std::string& type, const sql::WrittenName& name) {
  if (fileOf(type).empty()) return Found(std::nullopt);
  const auto found = probe_.ask("inverse_name", {type, name.text});
  if (!found) return found.error();
  if (found->count() == 0) return Found(std::nullopt);
  const std::string schema = found->text(0, 0);
  // A function is found by the text of its argument types, which depends on the search path; its
  // definition is qualified in any case.
  const auto rows = isRoutine(type)
                        ? probe_.ask(fileOf(type), {schema, found->text(0, 1)})
                        : probe_.askQualified(fileOf(type), {schema, found->text(0, 1)});
  if (!rows) return rows.error();
  auto sql = joined(*rows);
  if (!sql) return Found(std::nullopt);
  const auto extras = probe_.askQualified("inverse_extras", {type, found->text(0, 2)});
  if (!extras) return extras.error();
  if (const auto more = joined(*extras)) *sql += "\n" + *more;
  return Found(std::move(sql));
}

Inverse::Found Inverse::member(std::string_view file, const std::string& table,
                               const std::string& name) {
  const auto relation = probe_.ask("inverse_name", {"table", table});
  if (!relation) return relation.error();
  if (relation->count() == 0) return Found(std::nullopt);
  const auto plain = probe_.ask("inverse_plain_name", {name});
  if (!plain) return plain.error();
  const auto rows =
      probe_.askQualified(file, {relation->text(0, 0), relation->text(0, 1), plain->text(0, 0)});
  if (!rows) return rows.error();
  return joined(*rows);
}

Inverse::Answer Inverse::ofAlter() {
  if (written_.objects.size() != 1 || written_.actions.empty()) return Answer(std::nullopt);
  std::string sql;
  bool adds = false;
  for (auto action = written_.actions.rbegin(); action != written_.actions.rend(); ++action) {
    const auto found = ofAction(*action);
    if (!found) return found.error();
    if (!*found) return Answer(std::nullopt);
    if (!sql.empty() && !(*found)->empty()) sql += "\n";
    sql += **found;
    adds = adds || action->operation == "add_column";
  }
  if (sql.empty()) return Answer(std::nullopt);
  std::optional<std::string> caution;
  if (adds) caution = "What was written into the column since goes with it.";
  return undo("Alter the " + statement_.definition->objectType + " back", sql, std::move(caution));
}

Inverse::Found Inverse::ofAction(const sql::Alteration& action) {
  const std::string& operation = action.operation;
  const sql::WrittenName& object = written_.objects[0];
  const std::string head = alter() + object.text + " ";
  const auto made = [](std::string sql) { return Found(std::move(sql) + ";"); };
  if (operation == "rename_to")
    return made(alter() + object.qualifier + action.newName.text + " RENAME TO " +
                object.text.substr(object.qualifier.size()));
  if (statement_.definition->objectType != "table") return Found(std::nullopt);
  if (operation == "rename_column")
    return made(head + "RENAME COLUMN " + action.newName.text + " TO " + action.name.text);
  if (operation == "rename_constraint")
    return made(head + "RENAME CONSTRAINT " + action.newName.text + " TO " + action.name.text);
  if (operation == "add_column" && !action.ifExists)
    return made(head + "DROP COLUMN " + action.name.text);
  const bool constraint = operation == "add_check" || operation == "add_unique" ||
                          operation == "add_primary_key" || operation == "add_foreign_key" ||
                          operation == "add_exclude" || operation == "add_not_null";
  // The index that it takes over would go with the constraint.
  if (constraint && !action.name.empty() && !action.usingIndex)
    return made(head + "DROP CONSTRAINT " + action.name.text);
  if (operation == "drop_constraint") return member("define_key", object.text, action.name.text);
  if (operation == "enable_trigger" || operation == "disable_trigger") return ofTrigger(action);
  return ofColumn(action);
}

Inverse::Found Inverse::ofTrigger(const sql::Alteration& action) {
  const std::string& table = written_.objects[0].text;
  const auto state = probe_.ask("inverse_trigger_state", {table, action.name.text});
  if (!state) return state.error();
  if (state->count() == 0) return Found(std::nullopt);
  return Found(alter() + table + " " + state->text(0, 0) + " " + action.name.text + ";");
}

Inverse::Found Inverse::ofColumn(const sql::Alteration& action) {
  const std::string& operation = action.operation;
  const bool byDefault = operation == "set_default" || operation == "drop_default";
  const bool byNull = operation == "set_not_null" || operation == "drop_not_null";
  if (!byDefault && !byNull) return Found(std::nullopt);
  const std::string& table = written_.objects[0].text;
  const auto column = probe_.ask("inverse_column", {table, action.name.text});
  if (!column) return column.error();
  if (column->count() == 0 || column->truth(0, 2)) return Found(std::nullopt);
  const std::string head = alter() + table + " ALTER COLUMN " + action.name.text + " ";
  if (byDefault)
    return Found(head + (column->isNull(0, 0) ? "DROP DEFAULT;"
                                              : "SET DEFAULT " + column->text(0, 0) + ";"));
  return Found(head + (column->truth(0, 1) ? "SET NOT NULL;" : "DROP NOT NULL;"));
}

Inverse::Answer Inverse::ofAlterSystem() {
  if (statement_.settings.size() != 1) return Answer(std::nullopt);
  const std::string& name = statement_.settings[0].name;
  if (!isPlainName(name) || maySecret(name) || name == "all") return Answer(std::nullopt);
  const auto stored = probe_.ask("inverse_system", {name});
  // Only those with pg_read_all_settings may look.
  if (!stored) return Answer(std::nullopt);
  const std::string sql =
      stored->count() == 0 ? "ALTER SYSTEM RESET " + name + ";"
                           : "ALTER SYSTEM SET " + name + " = " + literal(stored->view(0, 0)) + ";";
  return undo("Set " + name + " back", sql,
              "It takes effect when the server reads its files again.");
}

}  // namespace mydba::postgres
