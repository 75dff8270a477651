#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "types.h"

namespace mydba::postgres {

/// Engine::plansIn: EXPLAIN's text and JSON, bare or as psql prints them, and the server's log with
/// what auto_explain wrote in either format. Not YAML and XML, which is an error, nor logs in CSV
/// or JSON.
Result<std::vector<protocol::PlanTree>> plansIn(std::string_view text);

}  // namespace mydba::postgres
