#include "codec.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

Result<Json> run(const Arguments& arguments, Desk& desk) {
  if (auto complete = arguments.complete(); !complete) return complete.error();
  Json list = Json::array();
  for (const ConnectionFacts& facts : desk.connections())
    list.push_back({{"connection", facts.name},
                    {"engine", facts.engine},
                    {"environment", protocol::name(facts.environment)},
                    {"writable", facts.writable}});
  return Json{{"connections", std::move(list)}};
}

}  // namespace

extern const Tool listConnections{
    .name = "list_connections",
    .title = "List connections",
    .description =
        "Names of the database connections that the other tools take, with engine and "
        "environment. Call it first.",
    .run = run};

}  // namespace mydba::tools
