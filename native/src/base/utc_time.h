#pragma once

#include <chrono>
#include <string>

namespace mydba {

/// The time now, in ISO 8601: `2026-01-31T23:59:58Z`, or with milliseconds `…58.123Z`.
std::string utcNow();
std::string utcNowWithMilliseconds();
std::string utcWithMilliseconds(std::chrono::system_clock::time_point time);

}  // namespace mydba
