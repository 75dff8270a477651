#pragma once

#include <string>
#include <string_view>

#include "guard/gate.h"

namespace mydba::guard {

/// The friend that the gate's types know and only tests define: what a server does with a statement
/// is tested without the guard in front of it.
struct UncheckedStatement {
  static CheckedStatement make(std::string_view text) {
    return {{std::string(text), 0, Verdict{}}, std::nullopt};
  }
};

}  // namespace mydba::guard

namespace mydba {

inline guard::CheckedStatement unchecked(std::string_view text) {
  return guard::UncheckedStatement::make(text);
}

}  // namespace mydba
