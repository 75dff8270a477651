#pragma once

// The question that an editor asks before a statement runs, in plain words. Pure: what is known
// comes as values. (At a terminal the verdict's reasons are all that is shown.)

#include <string>
#include <vector>

#include "guard/impact.h"
#include "guard/verdict.h"
#include "sql/statement.h"
#include "types.h"

namespace mydba::guard {

/// Members of protocol::ConfirmParams that are words.
struct Question {
  std::string title;                ///< `Delete every row of orders?`
  std::vector<std::string> impact;  ///< sentences, the worst first
  std::vector<std::string> reasons;
  std::vector<protocol::ConfirmAlternative> alternatives;
};

/// Of one statement. Names in it stand on one line and are cut; they are still a server's words and
/// no markup.
Question questionOf(const sql::Statement& statement, const Verdict& verdict, const Impact& impact);

}  // namespace mydba::guard
