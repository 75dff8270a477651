#pragma once

#include <atomic>
#include <string_view>

namespace mydba {

enum class LogLevel { error, warning, info, debug };

/// Writes one JSON object a line to stderr: {"time","level","message"}. Callers keep values, names
/// and statements out: params are logged through server/methods.h only, errors by their codes. Any
/// thread.
class Log {
 public:
  explicit Log(LogLevel level) : level_(level) {}

  bool enabled(LogLevel level) const { return level <= level_.load(std::memory_order_relaxed); }
  void write(LogLevel level, std::string_view message);

 private:
  std::atomic<LogLevel> level_;
};

}  // namespace mydba
