// Takes the guard out of the helper, for tests that prove what the servers refuse by themselves:
// the linker takes these instead of guard/judge.cpp, so nothing in the product can switch the guard
// off.

#include "guard/judge.h"

namespace mydba::guard {

Verdict judge(std::string_view, const sql::Dialect&, const Policy&) { return {}; }

Verdict judgeStatement(std::string_view, const sql::Dialect&, const Policy&) { return {}; }

}  // namespace mydba::guard
