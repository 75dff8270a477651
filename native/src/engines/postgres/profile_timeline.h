#pragma once

#include <vector>

#include "types.h"

namespace mydba::postgres {

/// Planning, execution and its steps, reading and writing of pages, triggers, JIT and
/// serialization of a measured plan on one time line.
///
/// EXPLAIN says how long a step took in all its runs and when it had its first row, not when it
/// ran. A step begins with its parent, behind what must have ended before it (the hash table of a
/// join, the members of an Append before it); what ran interleaved, or more than once, is
/// approximate. No stage reaches out of the one above it. Ids as plan::derive gives them. Pure.
std::vector<protocol::ProfileStage> timelineOf(const protocol::PlanTree& derived);

}  // namespace mydba::postgres
