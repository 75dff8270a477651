#pragma once

// The guard's judgement of a text before any of it runs. Pure: no server, no clock, no state.

#include <string_view>

#include "guard/policy.h"
#include "guard/verdict.h"
#include "sql/dialect.h"

namespace mydba::guard {

/// Of any number of statements: the worst verdict of the parts, and how many there are. A
/// destructive statement behind another one is blocked in every environment, unless the policy says
/// that each is confirmed by itself. Where quotes end elsewhere under another mode of the server
/// (NO_BACKSLASH_ESCAPES, standard_conforming_strings), both readings count. Linear in the text;
/// never fails: what cannot be understood must be confirmed.
Verdict judge(std::string_view text, const sql::Dialect& dialect, const Policy& policy);

/// Of exactly one statement, as `sql::split` found it.
Verdict judgeStatement(std::string_view statement, const sql::Dialect& dialect,
                       const Policy& policy);

}  // namespace mydba::guard
