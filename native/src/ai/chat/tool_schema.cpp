#include "ai/chat/tool_schema.h"

#include "ai/json_text.h"

namespace mydba::ai {
namespace {

constexpr const char* argument = "connection";

}  // namespace

bool takesConnection(const tools::Tool& tool) {
  const auto schema = parseJson(tool.inputSchema());
  if (!schema) return false;
  const Json* properties = member(*schema, "properties");
  return properties && properties->contains(argument);
}

std::string schemaWithoutConnection(const tools::Tool& tool) {
  auto schema = parseJson(tool.inputSchema());
  if (!schema) return std::string(tool.inputSchema());
  if (schema->contains("properties")) (*schema)["properties"].erase(argument);
  if (schema->contains("required")) {
    Json required = Json::array();
    for (const Json& name : (*schema)["required"])
      if (name != argument) required.push_back(name);
    (*schema)["required"] = std::move(required);
  }
  return jsonText(*schema);
}

}  // namespace mydba::ai
