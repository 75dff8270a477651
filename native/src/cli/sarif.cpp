#include "cli/sarif.h"

namespace mydba::cli {

const char* sarifLevel(protocol::Severity severity) {
  switch (severity) {
    case protocol::Severity::critical: return "error";
    case protocol::Severity::warning: return "warning";
    case protocol::Severity::info: return "note";
  }
  return "none";
}

rpc::Json sarifRule(const std::string& id, const protocol::Citation& citation) {
  return {{"id", id}, {"helpUri", citation.url}, {"help", {{"text", citation.title}}}};
}

rpc::Json sarifDocument(const std::map<std::string, rpc::Json>& rules, const rpc::Json& results) {
  rpc::Json known = rpc::Json::array();
  for (const auto& [id, rule] : rules) known.push_back(rule);
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs",
           rpc::Json::array(
               {{{"tool",
                  {{"driver", {{"name", "mydba"}, {"version", MYDBA_VERSION}, {"rules", known}}}}},
                 {"results", results}}})}};
}

}  // namespace mydba::cli
