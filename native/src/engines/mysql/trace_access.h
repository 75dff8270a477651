#pragma once

#include "engines/mysql/trace_words.h"

namespace mydba::mysql {

/// "How to read T" from `range_analysis`: what the conditions of the table alone are worth.
/// `again` says that it was known before.
std::optional<protocol::TraceStep> readingStep(const PlanJson& step, bool again = false);

/// The ways to reach a table from those before it, `considered_access_paths` of a
/// `best_access_path`.
std::vector<protocol::TraceOption> accessOptions(const PlanJson& bestAccessPath);

/// The chosen one in a sentence: `By ref customer_id: 4 rows, cost 410.24.`; empty without one.
std::string outcome(const std::vector<protocol::TraceOption>& options);

}  // namespace mydba::mysql
