#pragma once

// Parts of an optimizer trace in words. A trace is hostile like everything from a server: members
// may be missing or of any kind, and texts may be long.

#include "engines/mysql/plan_json.h"

namespace mydba::mysql {

/// A member's elements, or none when there is no such array; at most 1000.
std::vector<const PlanJson*> elements(const PlanJson& object, const char* name);
/// A member that is an object; null when there is none.
const PlanJson* member(const PlanJson& object, const char* name);
bool isTrue(const PlanJson& object, const char* name);

/// How the statement calls a table: `o` of "`db`.`orders` `o`".
std::string aliasOf(std::string_view table);
/// `table` of a step, by its alias; nothing without one.
std::optional<std::string> aliasIn(const PlanJson& object);
/// At most some hundred bytes of a condition or a name.
std::string shortened(std::string_view text);
/// `1234`, `70.51`.
std::string figure(double value);
/// A cost; nothing for the largest number there is, which stands for "cannot be done".
std::optional<double> costOf(const PlanJson& object, const char* name = "cost");
/// The server's reason in a sentence without a full stop; nothing when it gives none.
std::optional<std::string> reasonOf(const PlanJson& object);

/// Puts the chosen one first, and at most sixty of them.
void arrange(std::vector<protocol::TraceOption>& options);

}  // namespace mydba::mysql
