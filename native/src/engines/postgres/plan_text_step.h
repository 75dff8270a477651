#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace mydba::postgres {

/// What the JSON format would have said of a plan in text, from which it is then read.
using PlanJson = nlohmann::ordered_json;

/// The first line of a step, without its arrow, as JSON would say it.
PlanJson readStepLine(std::string_view line);

/// Reads `(cost=… rows=… width=…)`, `(actual time=… rows=… loops=…)` and `(never executed)` at the
/// end of a line into `fields`; the rest of the line.
std::string_view takeNumbers(std::string_view line, PlanJson& fields);

/// `actual time=… rows=… loops=…`, as a parallel worker has it, without parentheses.
void readNumberGroup(std::string_view group, PlanJson& fields);

/// A number with or without a unit behind it: `12kB`, `0.5 ms`.
double leadingNumber(std::string_view text);
/// The same as JSON writes it: whole numbers without a fraction.
PlanJson numberOf(std::string_view text);

}  // namespace mydba::postgres
