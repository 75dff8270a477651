#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "types.h"

namespace mydba::advise {

/// A number in bytes, in milliseconds, or as it is: `16384` counted in `8kB`, `128MB`, `10s`, `4`.
/// The unit may stand behind the number or apart; one that is neither of memory nor of time changes
/// nothing. Nothing for what is no number.
std::optional<double> quantity(std::string_view value, std::string_view unit = {});

/// A value for people: `128 MB` for 16384 of `8kB`, `10 s`, `2,000 pages`; what is no number as it
/// is.
std::string readable(std::string_view value, std::string_view unit);

}  // namespace mydba::advise
