#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "base/mutex.h"
#include "base/wait.h"

namespace mydba {

/// Writes spans in Chrome's trace event format (chrome://tracing, Perfetto):
/// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU.
/// Names are method names and phases, never SQL or values. Any thread.
class Trace {
 public:
  /// Records to a file, or nothing when the path is empty. When the file cannot be opened, nothing
  /// is recorded and `ok` is false.
  explicit Trace(const std::string& path);
  ~Trace();

  bool ok() const { return file_ != nullptr; }
  void span(std::string_view name, std::string_view phase, Clock::time_point start,
            Clock::time_point end) MYDBA_EXCLUDES(mutex_);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const Clock::time_point origin_ = Clock::now();
  std::unique_ptr<std::FILE, Close> file_;
  Mutex mutex_;
  bool first_ MYDBA_GUARDED_BY(mutex_) = true;
};

}  // namespace mydba
