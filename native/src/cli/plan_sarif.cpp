#include <map>

#include "cli/plan_report.h"

namespace mydba::cli {
namespace {

const char* levelOf(protocol::Severity severity) {
  switch (severity) {
    case protocol::Severity::critical: return "error";
    case protocol::Severity::warning: return "warning";
    case protocol::Severity::info: return "note";
  }
  return "none";
}

rpc::Json ruleOf(const protocol::Finding& finding) {
  return {{"id", finding.id},
          {"helpUri", finding.citation.url},
          {"help", {{"text", finding.citation.title}}}};
}

/// The step's place in the plan, and the statement's part that names what it reads.
rpc::Json locationOf(const protocol::Finding& finding, const protocol::PlanTree& tree,
                     const std::string& source) {
  rpc::Json location = {{"physicalLocation", {{"artifactLocation", {{"uri", source}}}}}};
  if (finding.nodeId)
    location["logicalLocations"] = rpc::Json::array(
        {{{"fullyQualifiedName", tree.engine + " plan, step " + std::to_string(*finding.nodeId)},
          {"kind", "member"}}});
  return location;
}

rpc::Json resultOf(const protocol::Finding& finding, const protocol::PlanTree& tree,
                   const std::string& source) {
  rpc::Json result = {{"ruleId", finding.id},
                      {"level", levelOf(finding.severity)},
                      {"message", {{"text", finding.message + ". " + finding.advice}}},
                      {"locations", rpc::Json::array({locationOf(finding, tree, source)})}};
  for (const auto& [name, value] : finding.evidence) result["properties"][name] = value;
  return result;
}

}  // namespace

rpc::Json sarif(const std::vector<protocol::ExplainResult>& plans, const std::string& source) {
  std::map<std::string, rpc::Json> rules;
  rpc::Json results = rpc::Json::array();
  for (const auto& plan : plans)
    for (const auto& finding : plan.findings) {
      rules.emplace(finding.id, ruleOf(finding));
      results.push_back(resultOf(finding, plan.tree, source));
    }
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
