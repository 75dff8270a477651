#pragma once

#include <string>
#include <string_view>

#include "engines/postgres/session.h"
#include "sql/statement.h"

namespace mydba::postgres {

/// Values for `$1` to `$count` as literals between commas, from the statistics of the columns that
/// the statement compares them with (sql/plan_samples.sql). Empty when one of them is compared with
/// no column, or nothing is known of it. To be planned with, never to be run. Lane's thread.
Result<std::string> samplesFor(Session& session, std::string_view sql,
                               const sql::Statement& statement, std::size_t count,
                               const CancelToken& cancel);

}  // namespace mydba::postgres
