#pragma once

// What clients and logs put around a plan.

#include <string>
#include <string_view>
#include <vector>

namespace mydba::mysql {

/// JSON objects in a text, outermost ones, as the server wrote them: the command-line client prints
/// `EXPLAIN: {…` with \G, a table with borders, or in batch mode one line with `\n` for line ends.
std::vector<std::string> jsonIn(std::string_view text);

/// Trees of FORMAT=TREE in a text, without borders, in the same forms.
std::vector<std::string> treesIn(std::string_view text);

/// A statement of a slow query log with the plan under it.
struct LoggedPlan {
  std::string explain;  ///< the lines of `# explain:`, a table with tabs
  std::string sql;
  double seconds = 0;
};

/// MariaDB's slow query log with `log_slow_verbosity=explain` ("EXPLAIN in the Slow Query Log").
/// MySQL's holds no plans.
std::vector<LoggedPlan> loggedPlans(std::string_view text);

}  // namespace mydba::mysql
