#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "types.h"

namespace mydba::mysql {

/// Engine::plansIn for MySQL: JSON of both versions, and the text tree.
Result<std::vector<protocol::PlanTree>> mysqlPlansIn(std::string_view text);
/// Engine::plansIn for MariaDB: the JSON of EXPLAIN and ANALYZE.
Result<std::vector<protocol::PlanTree>> mariadbPlansIn(std::string_view text);

}  // namespace mydba::mysql
