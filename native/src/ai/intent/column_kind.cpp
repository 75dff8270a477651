#include "ai/intent/column_kind.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "privacy/name_words.h"
#include "sql/keyword.h"

namespace mydba::ai::intent {
namespace {

bool typeHas(const SchemaColumn& column, std::initializer_list<std::string_view> parts) {
  const std::string type = sql::lowerCase(column.type);
  return std::ranges::any_of(parts,
                             [&](std::string_view part) { return type.find(part) != type.npos; });
}

bool nameHas(const SchemaColumn& column, std::initializer_list<std::string_view> words) {
  const auto name = privacy::nameWords(column.name);
  return std::ranges::any_of(
      words, [&](std::string_view word) { return std::ranges::find(name, word) != name.end(); });
}

}  // namespace

bool isTime(const SchemaColumn& column) {
  if (typeHas(column, {"date", "timestamp"})) return true;
  // Files of SQLite often give times no type, or TEXT.
  return (column.type.empty() || typeHas(column, {"text", "char"})) &&
         nameHas(column, {"at", "date", "datetime", "timestamp"});
}

bool isBoolean(const SchemaColumn& column) { return typeHas(column, {"bool", "tinyint(1)"}); }

bool isNumeric(const SchemaColumn& column) {
  return !isBoolean(column) && !typeHas(column, {"interval", "point"}) &&
         typeHas(column, {"int", "real", "double", "float", "numeric", "decimal", "money", "serial",
                          "number"});
}

bool isText(const SchemaColumn& column) {
  return column.type.empty() || typeHas(column, {"text", "char", "clob", "enum", "string"});
}

bool isCents(const SchemaColumn& column) {
  return isNumeric(column) && nameHas(column, {"cents", "cent", "pence"});
}

bool isIdentifier(const SchemaColumn& column) {
  return column.primaryKey || nameHas(column, {"id", "uuid", "guid"});
}

}  // namespace mydba::ai::intent
