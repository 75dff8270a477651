#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "types.h"

namespace mydba::store {

/// Decides which entries are wanted. `couldMatch` looks at bodies as they are stored and is cheap;
/// what passes is read, and `matches` decides.
class AuditMatcher {
 public:
  explicit AuditMatcher(protocol::AuditFilter filter);

  /// False when `matches` of the entry cannot be true. `ending` is empty when there is none.
  bool couldMatch(std::string_view body, std::string_view ending) const;
  /// Of an entry with its ending in it.
  bool matches(const protocol::AuditEntry& entry) const;

 private:
  protocol::AuditFilter filter_;
  std::string text_;        // lower case
  std::string inBody_;      // the same as JSON has it
  std::string connection_;  // lower case
  std::string inConnection_;
};

/// Whether `text` holds `lower`, without the case of ASCII letters.
bool holds(std::string_view text, std::string_view lower);

}  // namespace mydba::store
