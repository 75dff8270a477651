#pragma once

// What the commands that show plans share: flags, output for people, JSON, SARIF, exit status.

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command.h"
#include "cli/flags.h"
#include "plan/rule.h"
#include "rpc/json.h"
#include "types.h"

namespace mydba::cli {

/// How plans are graded and shown.
struct PlanReport {
  std::optional<protocol::Severity> failOn;
  plan::Thresholds thresholds;
  bool json = false;
  bool sarif = false;
};

/// `--fail-on`, `--threshold RULE.NAME=NUMBER` (several with commas), `--sarif`.
inline constexpr Flag planFlags[] = {{"fail-on", true}, {"threshold", true}, {"sarif", false}};

Result<PlanReport> planReport(const ParsedArguments& parsed);

/// Writes the plans to stdout. `findings` when one reaches --fail-on.
Exit report(const PlanReport& options, std::vector<protocol::ExplainResult> plans,
            const std::string& source);

/// Findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), for tools that
/// show the findings of checkers. `source` is what was examined: a file or a connection.
rpc::Json sarif(const std::vector<protocol::ExplainResult>& plans, const std::string& source);

}  // namespace mydba::cli
