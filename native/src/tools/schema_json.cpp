#include "tools/schema_json.h"

#include "tools/tool.h"

namespace mydba::tools {

Json nodeJson(const protocol::TreeNode& node) {
  Json json = {{"name", node.name}, {"kind", node.kind}};
  if (!node.detail.empty()) json["detail"] = node.detail;
  json["path"] = node.path;
  return json;
}

Json schemaJson(const ai::SchemaFacts& facts) {
  Json sections = Json::array();
  std::size_t bytes = 0;
  for (const auto& section : facts.sections) {
    Json objects = Json::array();
    bool more = section.more;
    for (const auto& node : section.nodes) {
      Json object = nodeJson(node);
      bytes += object.dump().size();
      if (bytes > mostBytes) {
        more = true;
        break;
      }
      objects.push_back(std::move(object));
    }
    Json json = {{"title", section.title}, {"objects", std::move(objects)}};
    if (more) json["more"] = "there are more: search for one by its name";
    sections.push_back(std::move(json));
  }
  Json json;
  if (!facts.subject.empty()) json["subject"] = facts.subject;
  json["sections"] = std::move(sections);
  return json;
}

Result<Catalogue*> catalogueOf(Connection& connection) {
  if (Catalogue* catalogue = connection.catalogue()) return catalogue;
  return Error{.code = ErrorCode::unsupported,
               .message = connection.server().flavour + " has no object tree"};
}

}  // namespace mydba::tools
