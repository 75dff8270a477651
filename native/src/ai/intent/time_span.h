#pragma once

// "last 7 days", "since March", "yesterday", "before 2024-01-01": from when to when.
//
// Spans are worked out to dates in UTC, so that the statement says what it means and is the same in
// every dialect. `last week` and `last month` are those of the calendar, weeks from Monday; `last 7
// days` begin seven days before today.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "ai/intent/sentence.h"

namespace mydba::ai::intent {

using Days = std::chrono::sys_days;

/// From `from` to before `before`; either may be open.
struct TimeSpan {
  std::optional<std::string> from;
  std::optional<std::string> before;
  std::size_t words = 0;  ///< that say it
};

/// The span that begins at the word `at`; nothing when none does. `now` is when the sentence is
/// read.
std::optional<TimeSpan> readTimeSpan(const Sentence& sentence, std::size_t at,
                                     std::chrono::sys_seconds now);

}  // namespace mydba::ai::intent
