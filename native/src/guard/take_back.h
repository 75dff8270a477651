#pragma once

// Which statements a rollback takes back, as far as their text can say.

#include <optional>
#include <string>

#include "guard/verdict.h"
#include "sql/statement.h"

namespace mydba::guard {

/// Why a rollback would not take back all of a statement, a sentence without a full stop; nothing
/// when it would where the engine's transactions hold what it does. A list of what is known to be
/// taken back: a function that is not proved, a file, another session are not on it.
std::optional<std::string> whyNotTakenBack(const sql::Statement& statement, const Verdict& verdict);

}  // namespace mydba::guard
