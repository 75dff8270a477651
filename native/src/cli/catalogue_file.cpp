#include "cli/catalogue_file.h"

#include "cli/json_lines.h"
#include "rpc/json.h"

namespace mydba::cli {
namespace {

using ai::intent::Schema;
using ai::intent::SchemaColumn;
using ai::intent::SchemaForeignKey;
using ai::intent::SchemaTable;
using rpc::Json;

/// Empty where it is missing or no text.
std::string textOf(const Json& object, const char* member) {
  if (!object.is_object() || !object.contains(member) || !object[member].is_string()) return {};
  return object[member].get<std::string>();
}

/// The elements of a list; none where it is missing.
const Json& listOf(const Json& object, const char* member) {
  static const Json none = Json::array();
  return object.is_object() && object.contains(member) && object[member].is_array() ? object[member]
                                                                                    : none;
}

std::vector<std::string> textsOf(const Json& object, const char* member) {
  std::vector<std::string> texts;
  for (const Json& text : listOf(object, member))
    if (text.is_string()) texts.push_back(text.get<std::string>());
  return texts;
}

SchemaTable tableOf(const Json& json) {
  SchemaTable table{.schema = textOf(json, "schema"),
                    .name = textOf(json, "name"),
                    .comment = textOf(json, "comment")};
  for (const Json& column : listOf(json, "columns"))
    table.columns.push_back({.name = textOf(column, "name"),
                             .type = textOf(column, "type"),
                             .comment = textOf(column, "comment"),
                             .primaryKey = column.is_object() && column.contains("primaryKey") &&
                                           column["primaryKey"].is_boolean() &&
                                           column["primaryKey"].get<bool>()});
  for (const Json& key : listOf(json, "foreignKeys"))
    table.foreignKeys.push_back({.columns = textsOf(key, "columns"),
                                 .table = textOf(key, "table"),
                                 .references = textsOf(key, "references")});
  return table;
}

Error wrong(const std::string& path, std::string why) {
  return {.code = ErrorCode::invalidParams,
          .message = path + ": " + std::move(why),
          .hint = "{\"tables\":[{\"name\":…,\"columns\":[{\"name\":…}]}]}"};
}

}  // namespace

Result<Schema> readCatalogueFile(const std::string& path) {
  const auto text = readFile(path);
  if (!text) return text.error();
  const auto json = rpc::parseJson(*text);
  if (!json) return wrong(path, json.error().message);
  if (!json->is_object() || !json->contains("tables") || !(*json)["tables"].is_array())
    return wrong(path, "tables: expected list");
  Schema schema;
  for (const Json& table : (*json)["tables"]) {
    schema.tables.push_back(tableOf(table));
    if (schema.tables.back().name.empty()) return wrong(path, "a table without a name");
    for (const auto& column : schema.tables.back().columns)
      if (column.name.empty()) return wrong(path, "a column without a name");
  }
  return schema;
}

}  // namespace mydba::cli
