#include <algorithm>

#include "base/fold_case.h"
#include "tools/schema_json.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

std::string foldCase(std::string_view text) {
  std::string folded;
  appendFolded(folded, text);
  return folded;
}

/// Whether `name` is the object's, bare or behind the end of its path: `orders`, `public.orders`.
bool isCalled(const protocol::TreeNode& node, const std::string& name) {
  const std::string wanted = foldCase(name);
  std::string called;
  for (auto part = node.path.rbegin(); part != node.path.rend(); ++part) {
    called = called.empty() ? foldCase(*part) : foldCase(*part) + "." + called;
    if (called == wanted) return true;
  }
  return foldCase(node.name) == wanted;
}

Result<Json> describe(Catalogue& catalogue, const std::string& name, const CancelToken& cancel) {
  const auto dot = name.rfind('.');
  const std::string last = dot == std::string::npos ? name : name.substr(dot + 1);
  auto found = catalogue.search(last, 100, cancel);
  if (!found) return found.error();
  auto& nodes = found->nodes;
  const auto object =
      std::ranges::find_if(nodes, [&](const auto& node) { return isCalled(node, name); });
  if (object == nodes.end()) {
    std::string near;
    for (std::size_t i = 0; i < nodes.size() && i < 5; ++i)
      near += (near.empty() ? "" : ", ") + nodes[i].name;
    return Error{.code = ErrorCode::invalidParams,
                 .message = "nothing is called " + name,
                 .hint = near.empty() ? "search_schema finds names" : "there are: " + near};
  }
  const auto facts = ai::readParts(catalogue, *object, cancel);
  if (!facts) return facts.error();
  Json json = schemaJson(*facts);
  json["kind"] = object->kind;
  if (!object->detail.empty()) json["detail"] = object->detail;
  return json;
}

Result<Json> run(const Arguments& arguments, Desk& desk) {
  const auto connection = arguments.text("connection");
  const auto name = arguments.text("name", 1000);
  if (auto complete = arguments.complete(); !complete) return complete.error();
  return desk.withConnection(connection, Access::read, [name](const Bench& bench) -> Result<Json> {
    const auto catalogue = catalogueOf(bench.connection);
    if (!catalogue) return catalogue.error();
    return describe(**catalogue, name, bench.cancel);
  });
}

}  // namespace

extern const Tool describeObject{
    .name = "describe_object",
    .title = "Describe an object",
    .description =
        "Columns with their types, indexes, keys and other parts of one table, view or "
        "other object, by its name, which may be qualified: public.orders.",
    .run = run};

}  // namespace mydba::tools
