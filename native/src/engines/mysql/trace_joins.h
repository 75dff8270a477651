#pragma once

#include "engines/mysql/trace_words.h"

namespace mydba::mysql {

/// "In which order to join" from `considered_execution_plans`, with how each table of the best
/// order is reached. `best` is what the trace calls the best order, where it says so.
std::optional<protocol::TraceStep> joinStep(const PlanJson& step,
                                            const std::vector<std::string>& best);

/// `best_join_order` of a trace; empty without one.
std::vector<std::string> bestJoinOrder(const PlanJson& step);

}  // namespace mydba::mysql
