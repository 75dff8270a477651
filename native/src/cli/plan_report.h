#pragma once

// What the commands that show plans share: flags, the way to the statement, output for people,
// JSON, SARIF, exit status.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/command.h"
#include "cli/flags.h"
#include "cli/open_connection.h"
#include "engines/engine.h"
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

/// What a command does with a statement; it reports its errors itself.
using StatementWork =
    std::function<Exit(const OpenConnection&, const guard::CheckedStatement&, const CancelToken&)>;
/// Connects to the first argument, lets the second through the gate and does the work, for which
/// there is `--timeout` or else `limit` of time.
Exit withStatement(std::string_view command, const ParsedArguments& parsed, bool analyze,
                   std::string_view limit, const StatementWork& work);

/// `findings` when one of them reaches --fail-on.
Exit exitOf(const PlanReport& options, const std::vector<protocol::Finding>& findings);
/// Writes the plans to stdout. `findings` when one reaches --fail-on.
Exit report(const PlanReport& options, std::vector<protocol::ExplainResult> plans,
            const std::string& source);

/// Findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), for tools that
/// show the findings of checkers. `source` is what was examined: a file or a connection.
rpc::Json sarif(const std::vector<protocol::ExplainResult>& plans, const std::string& source);

}  // namespace mydba::cli
