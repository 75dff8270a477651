#include "base/utc_time.h"

#include <array>
#include <ctime>

namespace mydba {
namespace {

using std::chrono::system_clock;

/// Up to the seconds, without the Z.
std::string text(system_clock::time_point time) {
  const std::time_t seconds =
      system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 32> bytes{};
  return {bytes.data(), std::strftime(bytes.data(), bytes.size(), "%Y-%m-%dT%H:%M:%S", &parts)};
}

}  // namespace

std::string utcNow() { return text(system_clock::now()) + 'Z'; }

std::string utcWithMilliseconds(system_clock::time_point time) {
  const auto fraction = time - std::chrono::floor<std::chrono::seconds>(time);
  const auto count = std::chrono::duration_cast<std::chrono::milliseconds>(fraction).count();
  return text(time) + '.' + std::to_string(1000 + count).substr(1) + 'Z';
}

std::string utcNowWithMilliseconds() { return utcWithMilliseconds(system_clock::now()); }

}  // namespace mydba
