#pragma once

#include <string_view>
#include <vector>

#include "plan/rule.h"
#include "types.h"

namespace mydba::plan {

/// All findings of a derived plan: worst first, then the costliest, then in the order of the plan.
/// Of several that say the same about a node only the most telling stays (Rule::covers).
std::vector<protocol::Finding> grade(const protocol::PlanTree& tree,
                                     const Thresholds& changed = {});

/// True of `<rule id>.<threshold>` of a rule that is built in.
bool isThreshold(std::string_view name);

/// The passage that explains a rule for an engine: rag-docs/<engine>/query-plans.md, the section
/// with the rule's id, whose page is the `Source:` under its heading, else that of the document.
protocol::Citation citation(std::string_view engine, std::string_view ruleId);

}  // namespace mydba::plan
