#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "types.h"

namespace mydba::postgres {

using PlanJson = nlohmann::ordered_json;

/// Parses text that may be hostile: nesting is measured before the parser sees it, nothing is
/// thrown.
Result<PlanJson> parsePlanJson(std::string_view text);

Error notAPlan(std::string_view why);

/// One JSON object of a plan, of which fields are taken; the rest becomes `extra`. Outlived by the
/// object.
class Fields {
 public:
  explicit Fields(const PlanJson& object) : object_(object) {}

  std::optional<std::string> text(const char* name);
  std::optional<double> number(const char* name);
  /// A number that EXPLAIN writes even when it counted nothing; zero is nothing.
  std::optional<double> counter(const char* name);
  bool truth(const char* name);
  /// The first of several fields that stand for the same.
  std::optional<std::string> firstText(std::initializer_list<const char*> names);
  const PlanJson* array(const char* name);
  const PlanJson* object(const char* name);
  /// A field that stays among the rest.
  std::optional<double> peek(const char* name) const;
  bool says(const char* name, std::string_view value) const;
  /// What was not taken. Counters of zero and what is false say nothing and are left out; lists
  /// are joined with commas.
  std::vector<protocol::NamedValue> rest() const;

 private:
  const PlanJson* find(const char* name) const;
  const PlanJson* take(const char* name, bool fits);

  const PlanJson& object_;
  std::vector<std::string_view> taken_;
};

/// Pages of a step, of planning or of serialization, and the time for them in the words of every
/// version: `I/O Read Time` until 16, `Shared I/O Read Time` since. Nothing when all is zero.
std::optional<protocol::PlanBuffers> readBuffers(Fields& fields);
std::optional<protocol::PlanWal> readWal(Fields& fields);

}  // namespace mydba::postgres
