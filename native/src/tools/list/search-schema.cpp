#include "tools/schema_json.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

Result<Json> find(Catalogue& catalogue, const std::string& text, int limit,
                  const CancelToken& cancel) {
  if (text.empty()) {
    const auto overview = ai::readSchema(catalogue, "", cancel);
    if (!overview) return overview.error();
    return schemaJson(*overview);
  }
  const auto found = catalogue.search(text, limit, cancel);
  if (!found) return found.error();
  Json objects = Json::array();
  for (const auto& node : found->nodes) objects.push_back(nodeJson(node));
  Json json = {{"objects", std::move(objects)}};
  if (found->cursor) json["more"] = "there are more: search for a longer text";
  return json;
}

Result<Json> run(const Arguments& arguments, Desk& desk) {
  const auto connection = arguments.text("connection");
  const auto text = arguments.optionalText("text", 200).value_or("");
  const auto limit = static_cast<int>(arguments.integer("limit", 50, 1, 200));
  if (auto complete = arguments.complete(); !complete) return complete.error();
  return desk.withConnection(connection, Access::read,
                             [text, limit](const Bench& bench) -> Result<Json> {
                               const auto catalogue = catalogueOf(bench.connection);
                               if (!catalogue) return catalogue.error();
                               return find(**catalogue, text, limit, bench.cancel);
                             });
}

}  // namespace

extern const Tool searchSchema{
    .name = "search_schema",
    .title = "Search the schema",
    .description =
        "Finds tables, views, columns, indexes and other objects by a part of their "
        "name; without a text, an overview of the database.",
    .run = run};

}  // namespace mydba::tools
