#pragma once

#include <string_view>

namespace mydba::postgres {

/// True for a statement that can be ended early without undoing something its user wanted done: a
/// query in whose text no word of a data change or row lock stands. A wrong `false` costs time
/// only; functions with side effects cannot be seen.
bool onlyReads(std::string_view sql);

}  // namespace mydba::postgres
