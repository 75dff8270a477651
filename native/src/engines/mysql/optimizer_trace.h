#pragma once

#include "engines/mysql/held_back.h"
#include "engines/mysql/session.h"

namespace mydba::mysql {

/// What the optimizer weighs when it plans a statement, which is not run. Settings of the session
/// are as before afterwards.
Result<protocol::OptimizerTrace> traceOf(Session& session, std::string_view sql, HeldBack how,
                                         const CancelToken& cancel);

/// The trace as steps in words. The text comes from a server and may be anything; of what is not
/// understood nothing is told.
Result<std::vector<protocol::TraceStep>> storyOf(std::string_view trace);

}  // namespace mydba::mysql
