#pragma once

// Numbers and names as people read them, in the guard's sentences.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "types.h"

namespace mydba::guard {

/// `development`, `production`.
std::string_view inWords(protocol::Environment environment);
/// `1,234,567`.
std::string grouped(std::int64_t number);
/// `980 bytes`, `1.2 GB`: units of 1000.
std::string humanSize(std::int64_t bytes);
/// `1 row`, `5,000 rows`, `2 indexes`, `3 policies`.
std::string counted(std::int64_t count, std::string_view noun);
std::string plural(std::string_view noun);
/// A name as it may stand in a dialog: on one line, without characters that turn the direction of
/// text, at most 80 bytes.
std::string shown(std::string_view name);
/// `a, b and 3 more`, of the `count` things whose first are `names`; at most five are named.
std::string listed(std::span<const std::string> names, std::int64_t count);

}  // namespace mydba::guard
