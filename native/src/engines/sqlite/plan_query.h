#pragma once

#include <string_view>

#include "base/cancel.h"
#include "base/result.h"
#include "engines/sqlite/session.h"
#include "types.h"

namespace mydba::sqlite {

/// The plan of one statement by EXPLAIN QUERY PLAN, without running it; placeholders stay unbound.
/// Steps that name a table by its alias alone have both here, and a schema that is written is the
/// extra field `Schema`. Call it under a Session::Guard.
Result<protocol::PlanTree> queryPlan(Session& session, std::string_view sql,
                                     const CancelToken& cancel);

}  // namespace mydba::sqlite
