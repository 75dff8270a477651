#pragma once

// Time of the core and not of the clock on the wall: what else the machine does is not measured.

#include <ctime>

namespace mydba::bench {

/// Seconds that this process has used a core (clock_gettime(2), CLOCK_PROCESS_CPUTIME_ID).
inline double cpuSeconds() {
  std::timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

}  // namespace mydba::bench
