#pragma once

#include <string_view>

namespace mydba {

/// Deepest nesting of brackets outside strings. Looks at bytes only, so it needs no stack: asked
/// before a JSON text is parsed, it keeps the recursion of whatever walks the value bounded.
int jsonNesting(std::string_view text);

}  // namespace mydba
