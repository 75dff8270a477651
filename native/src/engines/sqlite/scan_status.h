#pragma once

// What sqlite3_stmt_scanstatus_v2 tells of the loops of a statement that ran. Libraries have it
// from 3.42 on, when they were compiled with SQLITE_ENABLE_STMT_SCANSTATUS, which those of the
// distributions are not; so it is looked up while the program runs
// (sqlite.org/c3ref/stmt_scanstatus.html).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engines/sqlite/handle.h"
#include "types.h"

namespace mydba::sqlite {

/// A loop or another step of a plan; the numbers are over all its runs.
struct ScanStep {
  std::string detail;  ///< as EXPLAIN QUERY PLAN says it
  std::optional<std::int64_t> loops;
  std::optional<std::int64_t> visited;  ///< rows
  std::optional<std::int64_t> cycles;   ///< of the processor
};

struct ScanStatus {
  std::vector<ScanStep> steps;
  std::int64_t cycles = 0;  ///< of the whole run
};

bool hasScanStatus();
/// Of a statement that has been stepped. Empty without hasScanStatus.
ScanStatus scanStatus(sqlite3_stmt* statement);

/// Puts the numbers into a plan as queryPlan gives it, and returns a stage for each step that has a
/// share of `executionMs`. How long is measured, when is not: each starts at `startMs`.
std::vector<protocol::ProfileStage> addScanStatus(const ScanStatus& status,
                                                  protocol::PlanTree& tree, double startMs,
                                                  double executionMs);

}  // namespace mydba::sqlite
