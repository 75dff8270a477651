#include <map>

#include "cli/plan_report.h"
#include "cli/sarif.h"

namespace mydba::cli {
namespace {

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
                      {"level", sarifLevel(finding.severity)},
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
      rules.emplace(finding.id, sarifRule(finding.id, finding.citation));
      results.push_back(resultOf(finding, plan.tree, source));
    }
  return sarifDocument(rules, results);
}

}  // namespace mydba::cli
