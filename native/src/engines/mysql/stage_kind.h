#pragma once

#include <string_view>

#include "types.h"

namespace mydba::mysql {

/// What a stage is about, by the name that the server gives it: `stage/sql/optimizing` in the
/// performance schema, `Optimizing` in SHOW PROFILE. Names of MySQL 9 and MariaDB 11
/// (sql/mysqld.cc, all_server_stages).
protocol::ProfileStageKind stageKind(std::string_view name);

}  // namespace mydba::mysql
