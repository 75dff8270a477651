#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "types.h"

namespace mydba::plan {

/// What stands for a plan that the server does not give: a step for each of the statement's tables
/// with the rows that the catalogue expects in it. `why` there is no plan is its warning, in words.
/// How the tables are read is not known, so that no step is a scan to the rules.
protocol::PlanTree rowEstimates(const protocol::ServerInfo& server, std::string_view sql,
                                std::vector<protocol::PlanRelation> tables, const std::string& why);

}  // namespace mydba::plan
