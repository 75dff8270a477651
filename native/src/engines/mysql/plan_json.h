#pragma once

// What the readers of JSON plans have in common.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "types.h"

namespace mydba::mysql {

/// Keeps the order of the members: it is the order of the steps.
using PlanJson = nlohmann::ordered_json;

/// Parses text that may be hostile: nesting is measured before the parser sees it, and nothing is
/// thrown. Real plans are nested some dozens deep. Errors call the text `what`.
Result<PlanJson> parsePlan(std::string_view text, std::string_view what = "plan");

/// A member that is a number, or a string that holds one, as MySQL writes its costs.
std::optional<double> number(const PlanJson& object, const char* name);
/// A member that is a string.
std::optional<std::string> text(const PlanJson& object, const char* name);
/// A scalar or an array of scalars for people; nothing for what holds objects.
std::optional<std::string> flat(const PlanJson& value);

/// A size as both servers write it: `360`, `87Kb` (MariaDB), `44M` (MySQL).
std::optional<double> bytes(const PlanJson& object, const char* name);

/// Adds a member to `extra`; objects are taken apart with a dot and lists of them with the position
/// in the list: `cost_info.read_cost`, `windows[0].name`.
void keep(protocol::PlanNode& node, const std::string& name, const PlanJson& value);

inline std::optional<double> times(std::optional<double> a, std::optional<double> b) {
  return a && b ? std::optional(*a * *b) : std::nullopt;
}

Error notAPlan(std::string_view why, std::string_view what = "plan");

}  // namespace mydba::mysql
