#pragma once

#include <optional>
#include <string_view>

#include "engines/mysql/plan_json.h"

namespace mydba::mysql {

/// The classic output of EXPLAIN, a row for each table, turned into the JSON that the same server
/// writes, so that one reader reads both.
struct ExplainTable {
  PlanJson json;
  bool mysql = false;  ///< it has the column `partitions`, which MariaDB shows only when asked
};

/// Of a text with borders, or with tabs between the columns; nothing when it is no such table.
std::optional<ExplainTable> explainTable(std::string_view text);

}  // namespace mydba::mysql
